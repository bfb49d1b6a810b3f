"""`./run loadtest`: the whole product on servers of its own, a crowd before it, nothing left behind."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from deploy.embedded import environment, product
from deploy.embedded.program import Failed, Program, command, say
from deploy.embedded.servers import ROOT, account_for, start_servers
from deploy.embedded.supervisor import Supervisor, run_supervised
from deploy.embedded.testing import DATA, in_front, sweep

MOST_PEOPLE, MOST_MINUTES = 5_000, 60


def options(words: Sequence[str]) -> argparse.Namespace:
    """How many, how long; with limits, so that it always ends by itself."""
    parser = argparse.ArgumentParser(prog="./run loadtest")
    parser.add_argument("--citizens", type=int, default=900, help="so many apply (900)")
    parser.add_argument("--clerks", type=int, default=100, help="so many decide (100)")
    parser.add_argument("--think", type=float, default=5.0, help="seconds before each press (5)")
    parser.add_argument("--minutes", type=float, default=4.0, help="how long it is measured (4)")
    parser.add_argument("--web", type=int, default=2, help="processes of the web server (2)")
    parser.add_argument("--json", metavar="FILE", help="also write what was measured there")
    found = parser.parse_args(words)
    if not 0 < found.citizens + found.clerks <= MOST_PEOPLE:
        parser.error(f"between 1 and {MOST_PEOPLE} people take part")
    if not 0 < found.minutes <= MOST_MINUTES:
        parser.error(f"it is measured for at most {MOST_MINUTES} minutes")
    return found


def loadtest(words: Sequence[str]) -> int:
    """Set up, measure, print, take everything down; gives the exit code."""
    asked = options(words)
    sweep(DATA)
    data = DATA / f"test-{os.getpid()}"
    supervisor = Supervisor(ROOT, data / "log")
    try:
        return run_supervised(supervisor, lambda: _run(supervisor, data, asked), when_stopped=130)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _run(supervisor: Supervisor, data: Path, asked: argparse.Namespace) -> int:
    account = account_for(data)
    listener = product.listen(8400)
    if listener is None:
        raise Failed("No port for the web server is free.")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    servers = start_servers(supervisor, data, account, durable=True)
    env = {**servers, **environment.product_environment(data, account), "PUBLIC_ADDRESS": address}
    env |= {"STATIC_UNHASHED": "1", "LOG_LEVEL": "WARNING", "LOAD_FOLDER": str(data)}
    signing = account.private_folder(data / "signing")

    def prepare(title: str, *words: str) -> None:
        supervisor.do(command(title, product.manage_command(account, *words), env))

    prepare("signing key", "make_signing_key", "--folder", str(signing))
    env |= environment.signing_files(signing)
    prepare("tables", "migrate", "--noinput", "--verbosity", "0")
    prepare("departments and services", "load_demonstration", "--without-cases")
    prepare("pages", "publish_pages")
    programs = [product.web(account, env, listener, asked.web), *product.background(account, env, data)]
    supervisor.start(*programs)
    say(f"{asked.citizens} citizens and {asked.clerks} clerks for {asked.minutes:g} minutes on {address}")
    env |= {"LOAD_PROGRAMS": json.dumps(pids(supervisor.programs)), "LOAD_ADDRESS": address}
    return in_front(supervisor, ["-m", "deploy.loadtest", json.dumps(vars(asked))], env)


def pids(programs: Sequence[Program]) -> dict[str, int]:
    """The process of each program that runs."""
    return {program.name: program.pid for program in programs if program.is_alive}
