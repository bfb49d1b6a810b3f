"""`./run demo`: servers, data and programs of the demonstration, until Ctrl-C."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.embedded import environment, product
from deploy.embedded.account import Account
from deploy.embedded.environment import DEMO, STATIC
from deploy.embedded.postgres import Postgres
from deploy.embedded.program import Failed, Program, command, say
from deploy.embedded.s3 import ObjectStore
from deploy.embedded.servers import ROOT, account_for, start_servers
from deploy.embedded.supervisor import Supervisor, run_supervised

LOGS = ROOT / ".data" / "log"
LOAD = "load_demonstration"


class Demonstration:
    """One start of the demonstration."""

    def __init__(self, supervisor: Supervisor, account: Account, listener: socket.socket) -> None:
        """Takes what is held for the whole time."""
        self.supervisor, self.account, self.listener = supervisor, account, listener
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.env: dict[str, str] = {}

    def run(self) -> int:
        """Starts everything, tells where it is, and stays."""
        self._start_servers()
        self._prepare()
        environment.save(DEMO, self.env)
        programs = [product.web(self.account, self.env, self.listener)]
        self.supervisor.start(*programs, *product.background(self.account, self.env, DEMO))
        self._welcome()
        self.supervisor.run()
        return 0

    def _start_servers(self) -> None:
        others, settings = [], {"PUBLIC_ADDRESS": self.address}
        if "S3_ENDPOINT" not in os.environ:
            store = ObjectStore(DEMO / "s3", self.account)
            others, settings = [store.program()], {**settings, **store.environment()}
        servers = start_servers(self.supervisor, DEMO, self.account, *others, durable=True)
        self.env = {**servers, **environment.product_environment(DEMO, self.account), **settings}

    def _prepare(self) -> None:
        """Brings key, tables, static files and data to what the sources say."""
        signing = self.account.private_folder(DEMO / "signing")
        if not environment.signing_files(signing):
            self._run("signing key", "make_signing_key", "--folder", str(signing))
        self.env |= environment.signing_files(signing)
        tables = self._command("tables", "migrate", "--noinput", "--verbosity", "0")
        with self._once(STATIC / ".made-from", product.static_files_digest()) as wanted:
            self.account.private_folder(STATIC)
            collect = ("collectstatic", "--noinput", "--clear", "--verbosity", "0")
            self.supervisor.do(tables, *([self._command("static files", *collect)] if wanted else []))
        if product.has_command(LOAD):
            with self._once(DEMO / "loaded", "") as wanted:
                if wanted:
                    self._run("demonstration data", LOAD, show=True)
                    self._run("pages", "publish_pages")

    @contextmanager
    def _once(self, stamp: Path, key: str) -> Iterator[bool]:
        """Whether the work is to be done; remembered when it went through."""
        wanted = not stamp.exists() or stamp.read_text() != key
        yield wanted
        if wanted:
            stamp.write_text(key)

    def _run(self, title: str, name: str, *words: str, show: bool = False) -> None:
        """Runs a command of the product, where the product has it."""
        if product.has_command(name):
            self.supervisor.do(self._command(title, name, *words, show=show))

    def _command(self, title: str, *words: str, show: bool = False) -> Program:
        env = {**self.env, "LOG_LEVEL": "WARNING"}  # its answer is shown, not its log
        return command(title, product.manage_command(self.account, *words), env, show=show)

    def _welcome(self) -> None:
        self._run("people", "demonstration_people", show=True)
        say(f"Lines of the programs: {LOGS.relative_to(ROOT)}, letters: {DEMO.relative_to(ROOT)}/mail")
        say(f"Open {self.address}/   (Ctrl-C stops everything)")


def demo(*, fresh: bool, port: int) -> int:
    """Runs the demonstration and returns the exit code."""
    account = account_for(DEMO)
    supervisor = Supervisor(ROOT, LOGS)

    def begin() -> int:
        if fresh:
            _forget(account)
        environment.as_saved(DEMO).unlink(missing_ok=True)
        listener = product.listen(port)
        if listener is None:
            raise Failed(f"No port between {port} and {port + 49} is free.")
        if listener.getsockname()[1] != port:
            say(f"Port {port} is taken; the next free one is {listener.getsockname()[1]}.")
        return Demonstration(supervisor, account, listener).run()

    return run_supervised(supervisor, begin)


def _forget(account: Account) -> None:
    if "DATABASE_URL" in os.environ:
        raise Failed("--fresh empties only the demonstration's own database, and DATABASE_URL names another.")
    Postgres(DEMO / "postgres", account, durable=True).wait_for_the_elder()
    shutil.rmtree(DEMO)
    DEMO.mkdir()
    say("All data of the demonstration is forgotten.")
