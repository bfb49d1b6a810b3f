"""The supervisor with small programs that sleep, die or do not listen."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from tests.deploy.embedded.launching import Launcher, gone

Launch = Callable[[str], Launcher]

TWO_SLEEPERS = """
def begin():
    supervisor.start(program("first", SLEEPS), program("second", SLEEPS, floor=1))
    print("both run", flush=True)
    supervisor.run()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_within_seconds(launch: Launch, number: signal.Signals) -> None:
    launcher = launch(TWO_SLEEPERS)
    launcher.wait_for("both run")
    children = launcher.children()
    launcher.signal(number)
    assert launcher.end() == 0
    assert len(children) == 2
    assert gone(children, within_s=0.5)
    assert launcher.said.rstrip().endswith("everything is stopped")


def test_the_children_of_a_killed_launcher_end_too(launch: Launch) -> None:
    launcher = launch(TWO_SLEEPERS)
    launcher.wait_for("both run")
    children = launcher.children()
    launcher.signal(signal.SIGKILL)
    launcher.end()
    assert len(children) == 2
    assert gone(children)


def test_a_request_to_stop_is_heard_while_starting(launch: Launch) -> None:
    launcher = launch("""
def begin():
    slow = "import time; print('not yet'); time.sleep(600)"
    supervisor.start(program("first", SLEEPS), program("slow", slow))
""")
    launcher.wait_for("first is ready")
    launcher.signal(signal.SIGINT)
    assert launcher.end() == 0
    assert "slow is ready" not in launcher.said


def test_what_dies_is_started_again(launch: Launch) -> None:
    launcher = launch("""
def begin():
    supervisor.start(program("mortal", SLEEPS))
    supervisor.programs[0].kill()
    supervisor.run()
""")
    launcher.wait_for("mortal was killed by SIGKILL; starting it again in 1 s")
    until = time.monotonic() + 10
    while launcher.said.count("mortal is ready") < 2:
        assert time.monotonic() < until, launcher.said
        time.sleep(0.05)
    launcher.signal(signal.SIGTERM)
    assert launcher.end() == 0


@pytest.mark.slow
def test_what_always_dies_ends_the_launcher_with_its_last_lines(launch: Launch) -> None:
    launcher = launch("""
def begin():
    supervisor.start(program("first", SLEEPS))
    crash = "import time; print('ready'); time.sleep(0.3); print('ouch'); raise SystemExit(3)"
    supervisor.start(program("crashing", crash))
    supervisor.run()
""")
    assert launcher.end(40) == 1
    assert "STOPPED: crashing ended with exit code 3, 4 times within 60 s" in launcher.said
    assert "    ouch" in launcher.said
    assert gone(launcher.children())


def test_a_death_while_starting_is_told_at_once(launch: Launch) -> None:
    launcher = launch("""
def begin():
    supervisor.start(program("broken", "print('no such module'); raise SystemExit(1)"))
""")
    assert launcher.end() == 1
    assert "STOPPED: broken ended with exit code 1 while starting" in launcher.said
    assert "    no such module" in launcher.said


def test_a_program_that_never_becomes_ready_is_given_up(launch: Launch) -> None:
    launcher = launch("""
def begin():
    supervisor.start(program("deaf", SLEEPS, ready=lambda: False, ready_within_s=0.5))
""")
    assert launcher.end() == 1
    assert "deaf was not ready after 0 s" in launcher.said or "deaf was not ready after 1 s" in launcher.said


def test_a_program_that_does_not_stop_is_killed(launch: Launch) -> None:
    launcher = launch("""
def begin():
    supervisor.start(program("stubborn", DEAF, stop_within_s=0.5))
    supervisor.run()
""")
    launcher.wait_for("stubborn is ready")
    children = launcher.children()
    launcher.signal(signal.SIGTERM)
    assert launcher.end(5) == 0
    assert "stubborn does not stop; it is killed" in launcher.said
    assert gone(children, 0.5)


def test_a_second_request_kills_without_patience(launch: Launch) -> None:
    launcher = launch("""
def begin():
    supervisor.start(program("stubborn", DEAF, stop_within_s=60))
    supervisor.run()
""")
    launcher.wait_for("stubborn is ready")
    launcher.signal(signal.SIGINT)
    launcher.wait_for("stopping")
    time.sleep(0.3)
    launcher.signal(signal.SIGINT)
    assert launcher.end(5) == 0


def test_higher_floors_stop_first(launch: Launch) -> None:
    launcher = launch("""
TELLS = "import signal, sys, time; end = lambda *_: (open('order', 'a').write('{0}'), sys.exit()); "
TELLS += "signal.signal(signal.SIGTERM, end); print('ready'); time.sleep(600)"
def begin():
    supervisor.start(program("server", TELLS.format("s")), program("web", TELLS.format("w"), floor=1))
    print("both run", flush=True)
    supervisor.run()
""")
    launcher.wait_for("both run")
    launcher.signal(signal.SIGTERM)
    launcher.end()
    assert (launcher.log.parent / "order").read_text() == "ws"


def test_lines_lie_in_a_log_file_also_the_last_without_an_end(launch: Launch) -> None:
    launcher = launch("""
def begin():
    code = "print('one'); print('two', end='')"
    supervisor.do(command("Say it", [sys.executable, "-c", code], dict(os.environ), show=True))
""")
    assert launcher.end() == 0
    assert (launcher.log / "say-it.log").read_text() == "one\ntwo\n"
    assert "  two" in launcher.said


def test_a_failed_command_shows_its_last_lines(launch: Launch) -> None:
    launcher = launch("""
def begin():
    code = "print('no such table'); raise SystemExit(2)"
    supervisor.do(command("tables", [sys.executable, "-c", code], dict(os.environ)))
""")
    assert launcher.end() == 1
    assert "STOPPED: tables ended with exit code 2" in launcher.said
    assert "    no such table" in launcher.said


def test_what_a_dead_program_left_running_is_ended(launch: Launch) -> None:
    launcher = launch("""
CHILD = "import time; time.sleep(600)"
PARENT = "import subprocess, sys; "
PARENT += f"child = subprocess.Popen([sys.executable, '-c', {CHILD!r}]); print('child', child.pid)"
def begin():
    supervisor.do(command("parent", [sys.executable, "-u", "-c", PARENT], dict(os.environ), show=True))
""")
    assert launcher.end() == 0
    pid = int(launcher.said.split("child ")[1].split()[0])
    assert gone([pid], 1)
