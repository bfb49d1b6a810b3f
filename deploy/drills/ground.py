"""What every drill stands on: a folder, servers, and programs of the product that run inside them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from deploy.drills.outcome import NotAsItShould
from deploy.embedded.account import Account
from deploy.embedded.postgres import Postgres
from deploy.embedded.program import Failed, Program, command, say
from deploy.embedded.redis import Redis
from deploy.embedded.servers import DATABASE, ROOT
from deploy.embedded.supervisor import Supervisor
from deploy.embedded.testing import test_environment

PATIENCE_S = 240.0  # a busy small machine imports for minutes
FILES = "django.core.mail.backends.filebased.EmailBackend"
SOURCES = ("engine", "forms_library", "workflows", "portal", "deploy")
# nothing of whoever starts a drill may lead it to other servers
FOREIGN = (
    "DATABASE_URL",
    "REDIS_URL",
    "S3_",
    "REPLICA_S3_",
    "NAS_",
    "SITE_MODE",
    "TEST_TEMPLATE",
    "DOCUMENTS_",
)


class Ground:
    """One folder that is removed at the end, one Redis, and a database that is filled once."""

    def __init__(self, supervisor: Supervisor, folder: Path, account: Account) -> None:
        """Starts nothing yet."""
        self.supervisor, self.folder, self.account = supervisor, folder, account
        self.env: dict[str, str] = {}
        self.begun: list[Program] = []
        self.beside: dict[str, Program] = {}

    def prepare(self) -> None:
        """Tables, departments, people and services, once for all drills."""
        redis = Redis(ROOT, self.folder / "redis", self.account, durable=False)
        own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        names = ("NAS_FOLDER", "MEDIA_ROOT", "EMAIL_FOLDER")
        self.env = {**own, **test_environment(self.folder), "REDIS_URL": redis.url(), "LOG_LEVEL": "ERROR"}
        self.env |= {name: str(self.own_folder(name.lower())) for name in names}
        more = {"EMAIL_BACKEND": FILES, "PYTHONUNBUFFERED": "1", "STAFF_SECOND_FACTOR": "false"}
        self.env |= more
        # the account of the servers cannot write beside the sources, and each process would compile them anew
        subprocess.run([sys.executable, "-m", "compileall", "-q", *SOURCES], cwd=ROOT, check=True)
        server = Postgres(self.folder / "prepared" / "postgres", self.account, durable=False)
        programs = (redis.program(), server.program())
        self.supervisor.start(*programs)
        server.ensure_database(DATABASE)
        self.inside(("prepare", str(self.own_folder("signing"))), DATABASE_URL=server.url(DATABASE))
        self.end(programs[1])

    def own_folder(self, name: str) -> Path:
        """A folder of this run that the servers' account may write."""
        return self.account.private_folder(self.folder / name)

    def copy_of_the_prepared(self, target: Path) -> None:
        """A data folder for one server."""
        self.account.private_folder(target.parent)
        source = str(self.folder / "prepared" / "postgres")
        shutil.copytree(source, target)
        self.account.private_folder(target)

    # --- programs of the product
    def inside(self, *steps: Sequence[str], **settings: str) -> list[Any]:
        """Let one process of the product do these steps of deploy/drills/inside; gives what each answered."""
        title, answer = steps[0][0], self.own_folder("answers") / f"{time.monotonic_ns()}.json"
        self.supervisor.do(command(title, self._argv(steps), self._env(settings, answer)))
        found: list[Any] = json.loads(answer.read_text())
        return found

    def begin(self, *step: str, **settings: str) -> Program:
        """Start a step that goes on until it is ended."""
        answer = self.own_folder("answers") / f"{step[0]}.json"
        program = Program(step[0], self._argv([step]), self._env(settings, answer), lambda: True, floor=1)
        self.supervisor.start(program)
        self.begun.append(program)
        return program

    def go_on_beside(self, name: str, program: Program) -> None:
        """Start a long work that ends by itself; whoever started it looks how."""
        self.supervisor.start(program)
        self._forget(program)
        self.beside[name] = program

    def _argv(self, steps: Sequence[Sequence[str]]) -> list[str]:
        return self.account.command(sys.executable, "-m", "deploy.drills.inside", json.dumps(steps))

    def _env(self, settings: Mapping[str, str], answer: Path) -> dict[str, str]:
        return {**self.env, **settings, "DRILL_ANSWER": str(answer)}

    # --- ends and waits
    def end(self, program: Program, *, patience_s: float = PATIENCE_S) -> None:
        """Ask it to stop and wait until it has; nothing starts it again."""
        self._forget(program)
        program.ask_to_stop()
        self.until(lambda: not program.is_alive, f"{program.name} ends", patience_s)
        self.supervisor.turn(0)

    def finish(self, program: Program) -> Any:
        """End a step that was begun; gives what it answered."""
        self.end(program)
        return json.loads((self.own_folder("answers") / f"{program.name}.json").read_text())[0]

    def kill(self, program: Program) -> float:
        """Kill it as a loss of power would; gives the moment."""
        self._forget(program)
        program.kill()
        return time.time()

    def _forget(self, program: Program) -> None:
        if program in self.begun:
            self.begun.remove(program)
        if program in self.supervisor.programs:
            self.supervisor.programs.remove(program)

    def until(self, holds: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
        """Wait, while every server's lines are read."""
        end = time.monotonic() + patience_s
        while not holds():
            if time.monotonic() > end:
                raise NotAsItShould(f"not within {patience_s:.0f} s: {what}")
            for program in self.begun:
                if not program.is_alive:
                    raise Failed(f"{program.name} {program.how_it_ended}", program.last_lines)
            self.supervisor.turn(0.1)

    def tell(self, line: str) -> None:
        """Says what happens now."""
        say(line)
