"""Changes the key of sensitive answers."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.core.sealing import NoKeys, new_key
from workflows.sealed_fields import ring
from workflows.services.resealing import AT_ONCE, reseal_answers, sealed_by_key


class Command(BaseCommand):
    """``manage.py reseal_answers``: seals all sensitive answers under the first key of FIELD_KEYS."""

    help = (
        "Seals every stored sensitive answer under the first key of FIELD_KEYS. To change the key: write a "
        "new one (--new-key) in front of the old, restart, run this, and when --check counts nothing under "
        "the old key, take the old key away. Stop it whenever you like; it goes on where it was."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What to do instead, and how much at a time."""
        parser.add_argument("--check", action="store_true", help="only count what each key holds")
        parser.add_argument("--new-key", metavar="NAME", help="only print a fresh key with this name")
        parser.add_argument("--batch", type=int, default=AT_ONCE, help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and count what each key holds afterwards."""
        if options["new_key"]:
            self.stdout.write(new_key(options["new_key"]))
            return
        failed = [] if options["check"] else self._resealed(max(1, options["batch"]))
        for key, tables in sorted(sealed_by_key().items()):
            note = "" if key in ring().keys else " (NOT IN FIELD_KEYS)"
            note = " (current)" if key == ring().current else note
            listed = ", ".join(f"{number} in {table}" for table, number in sorted(tables.items()))
            self.stdout.write(f'key "{key}"{note}: {listed}')
        if failed:
            raise CommandError(f"{len(failed)} values could not be opened and stay as they are.")

    def _resealed(self, at_once: int) -> list[str]:
        try:
            done = reseal_answers(at_once=at_once, said=self.stdout.write)
        except NoKeys as error:
            raise CommandError(str(error)) from None
        for sentence in done.failed:
            self.stderr.write(sentence)
        self.stdout.write(f"{done.values.total()} values sealed anew.")
        return done.failed
