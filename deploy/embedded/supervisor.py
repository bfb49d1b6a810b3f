"""Starts programs, keeps their lines in log files, starts again what dies, and stops everything.

There is one thread: lines, deaths and signals arrive through one selector, so no fork ever meets a held lock.
"""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections.abc import Callable
from pathlib import Path

from deploy.embedded.program import Failed, Program, Stopped, say

__all__ = ["Supervisor", "run_supervised"]

DEATHS_FORGIVEN, WINDOW_S = 3, 60.0


class Supervisor:
    """Watches the programs of one launcher."""

    def __init__(self, root: Path, logs: Path, *, quiet: bool = False) -> None:
        """Takes over the signals of this process."""
        self.root, self.logs, self.quiet = root, logs, quiet
        self.programs: list[Program] = []
        self.asked_to_stop = 0
        self.stopping = False
        self._selector = selectors.DefaultSelector()
        self._wakeup = _wakeup_pipe()
        self._selector.register(self._wakeup, selectors.EVENT_READ, None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake the selector

    def _ask(self, number: int, frame: object) -> None:
        self.asked_to_stop += 1

    # --- starting
    def start(self, *programs: Program) -> None:
        """Starts these programs side by side and returns when each is ready."""
        for program in programs:
            self.programs.append(program)
            self._spawn(program)
        while not all(program.is_ready for program in programs):
            self.turn(0.05)

    def _spawn(self, program: Program) -> None:
        output = program.spawn(self.root, self.logs)
        self._selector.register(output, selectors.EVENT_READ, program)

    def do(self, *commands: Program) -> None:
        """Runs commands side by side to their ends while the programs go on."""
        try:
            for command in commands:
                self._spawn(command)
            while any(command.is_alive for command in commands):
                self.turn(0.2)
        finally:
            for command in commands:
                self._drain(command)
        for command in commands:
            if command.exit_code:
                raise Failed(f"{command.name} {command.how_it_ended}", command.last_lines)
            self.tell(f"{command.name}: done ({command.age:.1f} s)")

    # --- running
    def run(self) -> None:
        """Keeps the programs going until somebody asks for the end."""
        while True:
            self.turn(1.0)

    def turn(self, wait_s: float) -> None:
        """Reads what was written, notices what died or became ready, starts again what is due."""
        for key, _ in self._selector.select(wait_s):
            if key.data is None:
                os.read(self._wakeup, 512)
            elif not key.data.read_output():
                self._close(key.data)
        if self.stopping:
            return
        if self.asked_to_stop:
            raise Stopped
        for program in self.programs:
            self._look_at(program)

    def _look_at(self, program: Program) -> None:
        if program.restart_at is not None:
            if time.monotonic() >= program.restart_at:
                self._spawn(program)
        elif not program.is_alive:
            self._bury(program)
        elif not program.is_ready:
            self._look_whether_ready(program)

    def _look_whether_ready(self, program: Program) -> None:
        if program.look_whether_ready():
            self.tell(f"{program.name} is ready ({program.age:.1f} s)")

    def tell(self, line: str) -> None:
        """Says what is of no interest when all goes well and nobody waits for it."""
        if not self.quiet:
            say(line)

    def _bury(self, program: Program) -> None:
        """Clears up after a death and plans the next start, later each time."""
        self._drain(program)
        deaths = program.count_death(WINDOW_S)
        if program.first_start:
            raise Failed(f"{program.name} {program.how_it_ended} while starting", program.last_lines)
        if deaths > DEATHS_FORGIVEN:
            times = f"{deaths} times within {WINDOW_S:.0f} s"
            raise Failed(f"{program.name} {program.how_it_ended}, {times}", program.last_lines)
        pause_s = 2.0 ** (deaths - 1)
        say(f"{program.name} {program.how_it_ended}; starting it again in {pause_s:.0f} s")
        program.restart_at = time.monotonic() + pause_s

    def _drain(self, program: Program) -> None:
        """Ends what a dead program left in its process group, and reads its last lines."""
        program.kill()
        if program.output is not None and not program.output.closed:
            program.read_output()
            self._close(program)

    def _close(self, program: Program) -> None:
        assert program.output is not None
        self._selector.unregister(program.output)
        program.output.close()

    # --- stopping
    def stop(self) -> None:
        """Stops everything, the highest floor first; a second request kills what has not ended."""
        self.stopping = True
        for floor in sorted({program.floor for program in self.programs}, reverse=True):
            self._stop_together([program for program in self.programs if program.floor == floor])
        self.programs.clear()

    def _stop_together(self, programs: list[Program]) -> None:
        asked, began = self.asked_to_stop, time.monotonic()
        for program in programs:
            program.ask_to_stop()
        while living := [program for program in programs if program.is_alive]:
            waited_s = time.monotonic() - began
            impatient = self.asked_to_stop > asked
            for program in living:
                if impatient or waited_s > program.stop_within_s:
                    say(f"{program.name} does not stop; it is killed")
                    program.kill()
            self.turn(0.1)
        for program in programs:
            self._drain(program)


def _wakeup_pipe() -> int:
    reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    return reader


def run_supervised(supervisor: Supervisor, begin: Callable[[], int], when_stopped: int = 0) -> int:
    """Runs `begin`, stops everything whatever happens, and returns the exit code."""
    try:
        return begin()
    except Stopped:
        say("stopping ...")
        return when_stopped
    except Failed as failure:
        say(f"STOPPED: {failure}")
        for line in failure.last_lines:
            say(f"    {line}")
        return 1
    finally:
        supervisor.stop()
        supervisor.tell("everything is stopped")
