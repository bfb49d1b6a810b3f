"""The tables of a test database: made by the migrations once, kept as SQL, and read while that fits."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.embedded.postgres import programs_folder
from deploy.embedded.program import command
from deploy.embedded.servers import ROOT
from deploy.embedded.supervisor import Supervisor

FLOORS = ("engine", "forms_library", "workflows", "portal")


def make_tables(supervisor: Supervisor, kept: Path, env: Mapping[str, str]) -> None:
    """All tables in the database of `env`; `kept` is the folder of what an earlier run kept.

    The migrations run in any case: after reading they find nothing to do but rights and content types.
    """
    file = kept / f"tables-{fingerprint(ROOT)}.sql"
    fresh = not file.exists()
    if not fresh:
        reading = ("-qX1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(file))
        _run(supervisor, env, _program("psql"), *reading, env["DATABASE_URL"])
    _run(supervisor, env, sys.executable, str(ROOT / "manage.py"), "migrate", "--noinput", "-v0")
    if fresh:
        _keep(supervisor, file, env)


def fingerprint(root: Path) -> str:
    """Changes with every migration of ours and every release of a library that has some."""
    found = hashlib.sha256()
    files = [path for floor in FLOORS for path in (root / floor).glob("**/migrations/*.py")]
    for path in [*sorted(files), *sorted((root / "requirements").glob("*.txt"))]:
        found.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _keep(supervisor: Supervisor, file: Path, env: Mapping[str, str]) -> None:
    """Written beside and renamed, so that a run that is interrupted keeps nothing half."""
    half = file.with_suffix(f".{os.getpid()}")
    _run(supervisor, env, _program("pg_dump"), "--no-owner", "-f", str(half), env["DATABASE_URL"])
    for old in file.parent.glob("tables-*.sql"):
        old.unlink(missing_ok=True)
    half.rename(file)


def _program(name: str) -> str:
    return str(programs_folder() / name)


def _run(supervisor: Supervisor, env: Mapping[str, str], *words: str) -> None:
    supervisor.do(command("tables", ["setpriv", "--pdeathsig=TERM", *words], dict(env)))
