"""Says whether the site may be written to, and turns the switch."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.site import mode
from engine.site.mode import LOOK_EVERY_S, READ_ONLY, Why
from engine.site.switching import set_read_only


class Command(BaseCommand):
    """``manage.py site_mode read-only``: every process knows within two seconds, none is started again."""

    help = "Lets the whole site be read only, or normal again; without a word it says what it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The mode that is wanted."""
        parser.add_argument("mode", nargs="?", choices=[READ_ONLY, "normal"], help="what the site is to be")

    def handle(self, *args: Any, **options: Any) -> None:
        """Turn the switch, unless something stronger holds it."""
        mode.forget()
        why = mode.why_read_only()
        if options["mode"] is None:
            self.stdout.write(f"read-only, because of {why}" if why else "normal")
            return
        if why is Why.STANDBY:
            raise CommandError("The database stands by: the site is read-only until it is promoted.")
        changed = set_read_only(options["mode"] == READ_ONLY)
        if why is Why.SETTING and options["mode"] != READ_ONLY:
            raise CommandError("The setting SITE_MODE still holds the site read-only.")
        told = f"every process knows within {LOOK_EVERY_S:.0f} seconds" if changed else "it was so already"
        self.stdout.write(f"{options['mode']}: {told}.")
