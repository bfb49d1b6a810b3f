"""`./run test` and `./run bench`: throw-away servers, and pytest in front of them."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from deploy.embedded.checks import Stage, check_stages, summarise, timed
from deploy.embedded.environment import field_key
from deploy.embedded.program import command
from deploy.embedded.servers import DATABASE, ROOT, account_for, start_servers
from deploy.embedded.supervisor import Supervisor, run_supervised

DATA = ROOT / ".data"
STOPPED = 130  # the exit code of what was asked to end
PATIENCE_S = 15  # for pytest to write its report after a Ctrl-C
PYTEST, BENCHMARKS = ("-m", "pytest"), ("-m", "tests.benchmarks")


def test(slow: bool, selection: Sequence[str]) -> int:
    """All stages, the checks beside the tests; with a selection only the selected tests."""
    checks = None if selection else beside(check_stages)
    arguments = pytest_arguments(slow, selection)
    tests = timed("tests", lambda: with_servers([*PYTEST, *arguments]))
    if checks is None or tests.code == STOPPED:
        return summarise([tests])
    return summarise([*checks.result(), tests])


def beside(work: Callable[[], list[Stage]]) -> Future[list[Stage]]:
    """Does something while the caller goes on; it ends with the program at the latest."""
    found = Future[list[Stage]]()

    def do() -> None:
        try:
            found.set_result(work())
        except BaseException as problem:
            found.set_exception(problem)

    threading.Thread(target=do, daemon=True).start()
    return found


def bench(selection: Sequence[str]) -> int:
    """The benchmarks with their table."""
    return with_servers([*BENCHMARKS, *selection])


def pytest_arguments(slow: bool, selection: Sequence[str]) -> list[str]:
    """What is selected by default, unless the caller selects it otherwise."""
    arguments = list(selection)
    if not any(word == "-m" or word.startswith("-m=") for word in selection):
        arguments += ["-m", "" if slow else "not slow"]
    own_processes = any(re.match(r"-n\d*$|--numprocesses|--pdb|-s$", word) for word in selection)
    one_file = len(selection) == 1 and ".py" in selection[0]
    if not own_processes and not one_file:
        # One more than the two cores that we count on: much of the time a browser or a server is waited for.
        # In the order of the files: sorted by number of tests, the slow files with few tests came last.
        arguments += ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
    return arguments


def with_servers(arguments: Sequence[str]) -> int:
    """Runs Python with servers of its own behind it, and leaves nothing behind."""
    sweep(DATA)
    data = DATA / f"test-{os.getpid()}"
    account = account_for(data)
    supervisor = Supervisor(ROOT, data / "log", quiet=True)

    def begin() -> int:
        env = {**start_servers(supervisor, data, account, durable=False), **test_environment(data)}
        return in_front(supervisor, arguments, {**env, **_template(supervisor, env)})

    try:
        return run_supervised(supervisor, begin, when_stopped=STOPPED)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def test_environment(data: Path) -> dict[str, str]:
    """The product's settings for tests."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": field_key("test"),
        "STATIC_UNHASHED": "1",
        "NAS_FOLDER": str(data / "documents"),
        "MEDIA_ROOT": str(data / "media"),
        "EMAIL_FOLDER": str(data / "mail"),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs in the thread of the test
    }


def _template(supervisor: Supervisor, env: dict[str, str]) -> dict[str, str]:
    """All tables made once; each worker's database is a copy of them."""
    if "DATABASE_URL" in os.environ:
        return {}  # not ours: its tables are left alone
    migrate = (sys.executable, str(ROOT / "manage.py"), "migrate", "--noinput", "-v0")
    supervisor.do(command("tables", ["setpriv", "--pdeathsig=TERM", *migrate], env))
    return {"TEST_TEMPLATE": DATABASE}


def sweep(data: Path) -> None:
    """Removes what test runs left that were killed."""
    for folder in data.glob("test-*"):
        number = folder.name.removeprefix("test-")
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def in_front(supervisor: Supervisor, arguments: Sequence[str], env: dict[str, str]) -> int:
    """Runs Python: it owns the terminal (colours, pdb) while the servers behind them stay watched."""
    command = ["setpriv", "--pdeathsig=TERM", sys.executable, *arguments]
    tests = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        while tests.poll() is None:
            supervisor.turn(0.2)
    finally:
        _end(tests)
    return tests.returncode


def _end(tests: subprocess.Popen[bytes]) -> None:
    if tests.poll() is not None:
        return
    # a Ctrl-C in the terminal has reached pytest as well; a second one would cut its report
    if not sys.stdin.isatty():
        tests.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        tests.wait(PATIENCE_S)
    if tests.poll() is None:
        tests.kill()
        tests.wait()
