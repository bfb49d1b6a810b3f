"""Says whether the standbys of the database have everything."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.site.standbys import NotAPrimary, Standby, wait_for, written_to


class Command(BaseCommand):
    """``manage.py standbys --wait 600``: ends with 0 when every standby has replayed what is written now."""

    help = (
        "Says how far each standby of the database is; ends with 1 where one lacks something or none follows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long to wait for them."""
        parser.add_argument("--wait", type=float, default=0.0, help="wait for so many seconds at most")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the place of now, wait until all have it, and name those that do not."""
        try:
            place = written_to()
        except NotAPrimary:
            raise CommandError("The database stands by itself: ask the one that it follows.") from None
        found = wait_for(place, options["wait"])
        if not found:
            raise CommandError("No standby follows the database.")
        lacking = [each for each in found if not each.has_everything]
        for each in lacking:
            self.stderr.write(_sentence(each))
        if lacking:
            raise CommandError(f"{len(lacking)} of {len(found)} standbys do not have everything.")
        self.stdout.write(f"{len(found)} of {len(found)} standbys have everything up to {place}.")


def _sentence(standby: Standby) -> str:
    if standby.missing_bytes is None:
        return "A standby may not be seen: GRANT pg_read_all_stats TO the role of the product."
    return f"{standby.name} has {standby.missing_bytes} bytes to go."
