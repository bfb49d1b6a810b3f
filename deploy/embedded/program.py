"""One program under the supervisor: its process, its lines, whether it is ready."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

KEPT_LINES = 15
LOG_LIMIT_BYTES = 20 * 1024 * 1024


class Stopped(Exception):
    """Somebody asked for the end."""


class Failed(Exception):
    """Something could not be started or would not stay up."""

    def __init__(self, sentence: str, last_lines: Iterable[str] = ()) -> None:
        """Takes the sentence to show, and the last lines of what failed."""
        super().__init__(sentence)
        self.last_lines = list(last_lines)


def say(line: str) -> None:
    """Tells the person at the terminal."""
    with contextlib.suppress(OSError):  # a closed terminal must not hinder the clean end
        print(f"== {line}", flush=True)


@dataclass
class Program:
    """What to run, how to see that it is ready, how to end it."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    ready: Callable[[], bool] | re.Pattern[str]  # a question, or a line that the program writes
    ready_within_s: float = 60.0
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within_s: float = 10.0
    floor: int = 0  # higher floors stop first, one floor stops together
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None  # once it is ready, after every start
    show: bool = False
    pass_fds: tuple[int, ...] = ()

    is_ready: bool = False
    first_start: bool = True
    restart_at: float | None = None
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    _child: subprocess.Popen[bytes] | None = None
    _log: IO[bytes] | None = None
    _log_path: Path | None = None
    _deaths: deque[float] = field(default_factory=deque)
    _partial: bytes = b""
    _saw_ready_line: bool = False
    _began: float = 0.0
    _ended: float = 0.0

    # --- its process
    def spawn(self, root: Path, logs: Path) -> IO[bytes]:
        """Starts the process in a session of its own, which a Ctrl-C in the terminal does not reach."""
        self.before()
        self._open_log(logs)
        self.restart_at, self.is_ready, self._saw_ready_line, self._partial = None, False, False, b""
        self._began, self._ended = time.monotonic(), 0.0
        self._child = subprocess.Popen(
            self.argv,
            env=dict(self.env),
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self.pass_fds,
        )
        assert self._child.stdout is not None
        os.set_blocking(self._child.stdout.fileno(), False)
        return self._child.stdout

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._child is not None
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._child is not None and self._child.poll() is None

    @property
    def age(self) -> float:
        """Seconds since the last start, until the end."""
        return (self._ended or time.monotonic()) - self._began

    @property
    def exit_code(self) -> int | None:
        """How the process ended, None while it runs."""
        return self._child.poll() if self._child else None

    @property
    def how_it_ended(self) -> str:
        """The end in words."""
        code = self.exit_code or 0
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def count_death(self, window_s: float) -> int:
        """Remembers a death and says how many there were within the window."""
        now = time.monotonic()
        self._deaths.append(now)
        while now - self._deaths[0] > window_s:
            self._deaths.popleft()
        return len(self._deaths)

    def look_whether_ready(self) -> bool:
        """Whether it became ready just now; a program that stays deaf is killed, which counts as a death."""
        answered = self._saw_ready_line if isinstance(self.ready, re.Pattern) else self.ready()
        if answered:
            self.after()
            self.is_ready, self.first_start = True, False
        elif self.age > self.ready_within_s:
            self.last_lines.append(f"({self.name} was not ready after {self.ready_within_s:.0f} s)")
            self.kill()
        return bool(answered)

    def ask_to_stop(self) -> None:
        """Sends the polite signal."""
        if self._child is not None and self.is_alive:
            self._child.send_signal(self.stop_signal)

    def kill(self) -> None:
        """Kills the process group: the program and what it started."""
        if self._child is None:
            return
        self._ended = self._ended or time.monotonic()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()

    # --- its lines
    @property
    def output(self) -> IO[bytes] | None:
        """The pipe that carries the lines."""
        return self._child.stdout if self._child else None

    def read_output(self) -> bool:
        """Takes all lines that are there; False at the end of the pipe."""
        while data := self._read_chunk():
            self._take(data)
        if data == b"" and self._partial:
            self._take(b"\n")
        return data is None

    def _read_chunk(self) -> bytes | None:
        assert self.output is not None
        try:
            return os.read(self.output.fileno(), 65536)
        except BlockingIOError:
            return None

    def _take(self, data: bytes) -> None:
        self._write_log(data)
        *lines, self._partial = (self._partial + data).split(b"\n")
        for raw in lines:
            line = raw.decode(errors="replace").rstrip()
            self.last_lines.append(line)
            if isinstance(self.ready, re.Pattern) and self.ready.search(line):
                self._saw_ready_line = True
            if self.show:
                print(f"   {line}", flush=True)

    def _open_log(self, logs: Path) -> None:
        """Appends to the log of earlier starts."""
        logs.mkdir(parents=True, exist_ok=True)
        self._log_path = logs / f"{re.sub(r'[^a-z0-9]+', '-', self.name.lower())}.log"
        if self._log is None:
            self._log = self._log_path.open("ab", buffering=0)

    def _write_log(self, data: bytes) -> None:
        """One full file is kept beside the one that is written."""
        if self._log is None or self._log_path is None:
            return
        self._log.write(data)
        if self._log.tell() > LOG_LIMIT_BYTES:
            self._log.close()
            self._log_path.replace(self._log_path.with_suffix(".old.log"))
            self._log = self._log_path.open("ab", buffering=0)


def command(title: str, argv: Sequence[str], env: Mapping[str, str], *, show: bool = False) -> Program:
    """A program that is run to its end."""
    return Program(title, argv, env, ready=lambda: True, show=show)
