"""What ./run test hands to pytest, and what it cleans up."""

from __future__ import annotations

import os
from pathlib import Path

from deploy.embedded.testing import pytest_arguments, sweep

TWO = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def test_slow_tests_are_left_out_unless_asked_for() -> None:
    assert pytest_arguments(False, []) == ["-m", "not slow", *TWO]
    assert pytest_arguments(True, []) == ["-m", "", *TWO]


def test_a_selection_by_mark_is_the_callers() -> None:
    assert pytest_arguments(False, ["-m", "browser"]) == ["-m", "browser", *TWO]


def test_one_file_runs_in_one_process() -> None:
    assert pytest_arguments(False, ["tests/test_house.py"]) == ["tests/test_house.py", "-m", "not slow"]
    assert pytest_arguments(False, ["--pdb", "tests"]) == ["--pdb", "tests", "-m", "not slow"]


def test_folders_of_killed_runs_are_swept(tmp_path: Path) -> None:
    dead, living, other = (tmp_path / name for name in ("test-999999999", f"test-{os.getpid()}", "test-data"))
    for folder in (dead, living, other):
        (folder / "inside").mkdir(parents=True)
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([living, other])
