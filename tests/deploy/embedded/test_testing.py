"""What ./run test hands to pytest, and what it cleans up."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path

import pytest

from deploy.embedded import testing
from deploy.embedded.checks import Stage
from deploy.embedded.testing import pytest_arguments, sweep

THREE = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]


def test_slow_tests_are_left_out_unless_asked_for() -> None:
    assert pytest_arguments(False, []) == ["-m", "not slow", *THREE]
    assert pytest_arguments(True, []) == ["-m", "", *THREE]


def test_a_selection_by_mark_is_the_callers() -> None:
    assert pytest_arguments(False, ["-m", "browser"]) == ["-m", "browser", *THREE]


def test_one_file_runs_in_one_process() -> None:
    assert pytest_arguments(False, ["tests/test_house.py"]) == ["tests/test_house.py", "-m", "not slow"]
    assert pytest_arguments(False, ["--pdb", "tests"]) == ["--pdb", "tests", "-m", "not slow"]


def test_folders_of_killed_runs_are_swept(tmp_path: Path) -> None:
    dead, living, other = (tmp_path / name for name in ("test-999999999", f"test-{os.getpid()}", "test-data"))
    for folder in (dead, living, other):
        (folder / "inside").mkdir(parents=True)
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([living, other])


def test_the_checks_run_beside_the_tests_and_a_failure_of_either_fails_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    together = threading.Barrier(2, timeout=20)

    def stages(code: int) -> list[Stage]:
        together.wait()
        return [Stage("types", code, 0.1)]

    def tests(_: list[str]) -> int:
        together.wait()
        return 0

    monkeypatch.setattr(testing, "with_servers", tests)
    for code in (0, 1):
        monkeypatch.setattr(testing, "check_stages", partial(stages, code))
        assert testing.test(False, []) == code


def test_what_stops_the_checks_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_ruff() -> list[Stage]:
        raise FileNotFoundError("ruff")

    monkeypatch.setattr(testing, "with_servers", lambda _: 0)
    monkeypatch.setattr(testing, "check_stages", without_ruff)
    with pytest.raises(FileNotFoundError):
        testing.test(False, [])
