"""Runs the relay of the outbox."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from engine.core.heartbeat import beat
from engine.messages.relay import BATCH, Away, Pace, hand_out


class Command(BaseCommand):
    """`manage.py relay`: beside the workers; several may run, none takes what another has."""

    help = "Hand the due messages of the outbox to the workers, until stopped. Several may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One round, and how many at a time."""
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument("--batch", type=int, default=BATCH, help="how many messages a round takes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Round after round until a signal to stop."""
        if options["once"]:
            self._once(options["batch"])
            return
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        self.stdout.write("The relay is ready.")  # what a supervisor waits for
        pace, pause = Pace(), 0.0
        while not stop.wait(pause):
            beat()
            close_old_connections()  # one that broke while the database was away
            try:
                pause = pace.after(hand_out(options["batch"]), options["batch"])
            except Away as away:
                pause = pace.after_away(away)

    def _once(self, batch: int) -> None:
        try:
            self.stdout.write(f"{hand_out(batch)} messages handed out.")
        except Away as away:
            raise CommandError(f"The {away} cannot be reached; nothing is lost.") from None
