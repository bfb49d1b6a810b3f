"""Starts the servers that the environment does not name already."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from deploy.embedded import redis
from deploy.embedded.account import Account
from deploy.embedded.postgres import Postgres, programs_folder
from deploy.embedded.program import Program
from deploy.embedded.redis import Redis
from deploy.embedded.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "caseway"


def account_for(data: Path) -> Account:
    """One account for servers and product, which share sockets and files."""
    data.mkdir(parents=True, exist_ok=True)
    reached = (data / "any", ROOT / "any", programs_folder(), redis.program_path(ROOT), Path(sys.executable))
    return Account(*reached)


def start_servers(
    supervisor: Supervisor, data: Path, account: Account, *others: Program, durable: bool
) -> dict[str, str]:
    """Starts them beside others; returns the environment with both addresses, given or made here."""
    env: dict[str, str] = {}
    programs = list(others)
    postgres = Postgres(data / "postgres", account, durable=durable)
    if "DATABASE_URL" not in os.environ:
        env["DATABASE_URL"] = postgres.url(DATABASE)
        programs.append(postgres.program())
    if "REDIS_URL" not in os.environ:
        server = Redis(ROOT, data / "redis", account, durable=durable)
        env["REDIS_URL"] = server.url()
        programs.append(server.program())
    supervisor.start(*programs)
    if "DATABASE_URL" in env:
        postgres.ensure_database(DATABASE)
    return {**os.environ, **env}
