"""Runs the programs of the operator, each with a bound; or only says what it would run."""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASKED_S = 60.0  # what only looks answers within this
LEAST_S = 30.0  # no command is cut off earlier, whatever the patience


class Refused(Exception):
    """A program ended with an error, or not in time."""


class Stopped(Exception):
    """The switch cannot go on; the sentence says why and what to do."""


class Terminal:
    """Looks at the world, and changes it."""

    def __init__(self, say: Callable[[str], None], patience: float, every_s: float) -> None:
        """Bounds are multiplied by the patience; waits look again after so many seconds."""
        self.say, self.patience, self.every_s = say, patience, every_s

    @property
    def plans(self) -> bool:
        """Whether nothing is run, and every question is answered as if all were well."""
        return False

    def look(self, words: Sequence[str], planned: str = "") -> str:
        """What a program answers that changes nothing; `planned` is what a plan reckons with."""
        del planned
        return self._run(words, ASKED_S, None)

    def do(
        self, words: Sequence[str], *, bound_s: float = 120.0, planned: str = "", given: str | None = None
    ) -> str:
        """Run what changes the world, and say so before."""
        del planned
        self.say(f"  $ {shlex.join(words)}")
        return self._run(words, max(bound_s * self.patience, LEAST_S), given)

    def rest(self, seconds: float) -> None:
        """Let a moment pass."""
        time.sleep(seconds)

    def until(self, is_so: Callable[[], bool], bound_s: float) -> None:
        """Look again and again until it is so; a look that fails is not the end of the wait."""
        ends, last = time.monotonic() + bound_s * self.patience, "it is not so yet"
        while True:
            try:
                if is_so():
                    return
            except Refused as error:
                last = str(error)
            if time.monotonic() >= ends:
                raise Stopped(
                    f"Not so within {bound_s / 60:.0f} minutes ({last}). Look there, then start again."
                )
            time.sleep(self.every_s)

    def _run(self, words: Sequence[str], bound_s: float, given: str | None) -> str:
        try:
            done = subprocess.run(
                words, cwd=ROOT, input=given, capture_output=True, text=True, check=False, timeout=bound_s
            )
        except subprocess.TimeoutExpired:
            raise Refused(f"{shlex.join(words)} did not end within {bound_s:.0f} s") from None
        except OSError as error:
            raise Refused(f"{words[0]}: {error.strerror}") from None
        if done.returncode:
            told = (done.stderr.strip() or done.stdout.strip() or "it says nothing").splitlines()[-1]
            raise Refused(f"{shlex.join(words)} ended with {done.returncode}: {told}")
        return done.stdout.strip()


class Plan(Terminal):
    """Says every command in its order and runs none."""

    @property
    def plans(self) -> bool:
        """Nothing is run."""
        return True

    def look(self, words: Sequence[str], planned: str = "") -> str:
        """Say what is asked."""
        self.say(f"  ? {shlex.join(words)}")
        return planned

    def do(
        self, words: Sequence[str], *, bound_s: float = 120.0, planned: str = "", given: str | None = None
    ) -> str:
        """Say what is run, and for how long at most."""
        del given
        self.say(f"  $ {shlex.join(words)}   # {bound_s / 60:.0f} minutes at most")
        return planned

    def rest(self, seconds: float) -> None:
        """Say that a moment passes."""
        self.say(f"  (waits {seconds:.0f} s)")

    def until(self, is_so: Callable[[], bool], bound_s: float) -> None:
        """Say what would be looked at."""
        self.say(f"  (until, {bound_s / 60:.0f} minutes at most:)")
        is_so()
