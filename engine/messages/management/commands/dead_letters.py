"""Shows messages that were given up, and tries them again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from engine.messages.dead_letters import dead, try_again


class Command(BaseCommand):
    """`manage.py dead_letters`: the same as the page in the admin, for the whole installation."""

    help = "List the messages that were given up; with --again put them back in line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which to try again."""
        parser.add_argument("--again", nargs="*", type=int, metavar="ID", help="try again; all without ID")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or try again."""
        given_up = dead(None)
        if options["again"] is not None:
            chosen = options["again"] or list(given_up.values_list("pk", flat=True))
            self.stdout.write(f"{try_again(chosen, by=None)} messages are in line again.")
            return
        for message in given_up:
            place = message.department.key if message.department else "installation"
            self.stdout.write(f"{message.pk}\t{place}\t{message.topic}\t{message.last_error}")
        self.stdout.write(f"{given_up.count()} messages were given up.")
