"""The steps of the set-up (setup.sh), and what ./run says of itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def bash(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    source = f"set -euo pipefail; source '{ROOT}/deploy/embedded/setup.sh'; {script}"
    return subprocess.run(["bash", "-c", source], cwd=folder, capture_output=True, text=True, check=False)


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "run"), *words], capture_output=True, text=True, check=False, env=more or None, cwd="/"
    )


def test_a_step_runs_again_only_when_its_key_changed(tmp_path: Path) -> None:
    count = "work() { echo worked >>count; }; "
    assert bash(tmp_path, count + "step 'a step' one work; step 'a step' one work").returncode == 0
    assert bash(tmp_path, count + "step 'a step' one work; step 'a step' two work").returncode == 0
    assert (tmp_path / "count").read_text() == "worked\nworked\n"


def test_a_failed_step_is_named_and_tried_again(tmp_path: Path) -> None:
    first = bash(tmp_path, "step 'a step' one false")
    assert first.returncode == 1
    assert "a step: failed." in first.stderr
    assert "a step ..." in bash(tmp_path, "step 'a step' one true").stdout


def test_a_quiet_command_shows_its_lines_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / ".tools").mkdir()
    assert bash(tmp_path, "quietly echo all is well").stdout == ""
    failed = bash(tmp_path, "quietly bash -c 'echo the reason; exit 1'")
    assert failed.returncode == 1
    assert failed.stderr == "the reason\n"


def test_without_checkov_the_set_up_goes_on_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "checkov.txt").write_text("")
    twice = bash(tmp_path, "UV=false PYTHON=/usr/bin/python3; find_checkov; find_checkov")
    assert twice.returncode == 0, twice.stderr
    assert twice.stdout.count("its test will skip, and the next start tries again") == 2


def test_a_python_that_cannot_start_is_passed_over(tmp_path: Path) -> None:
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    found = bash(tmp_path, f"CASEWAY_PYTHON='{shim} /usr/bin/python3 python3'; find_python")
    assert found.returncode == 0
    assert Path(found.stdout.strip()).exists()


def test_no_python_is_said_in_one_sentence(tmp_path: Path) -> None:
    none = bash(tmp_path, "CASEWAY_PYTHON=/nowhere/python; PYTHON=$(find_python)")
    assert none.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in none.stderr


def test_missing_packages_are_named_to_a_normal_user(tmp_path: Path) -> None:
    told = bash(tmp_path, "id() { echo 1000; }; install_packages chromium poppler-utils")
    assert told.returncode == 1
    assert "sudo apt-get install --no-install-recommends chromium poppler-utils" in told.stderr


def test_a_second_index_is_not_handed_to_uv(tmp_path: Path) -> None:
    settings = (
        "PYTHON=false; export UV_EXTRA_INDEX_URL=x UV_FIND_LINKS=y PIP_INDEX_URL=z; uv_settings; "
        'echo "${UV_EXTRA_INDEX_URL-none} ${UV_FIND_LINKS-none} $UV_DEFAULT_INDEX"'
    )
    assert bash(tmp_path, settings).stdout == "none none z\n"


def test_help_names_every_verb_and_sets_nothing_up() -> None:
    told = run("--help")
    assert told.returncode == 0
    for verb in ("demo", "test", "check", "fmt", "bench", "manage", "setup", "lock"):
        assert f"\n  {verb} " in told.stdout
    assert "==" not in told.stdout


def test_help_is_there_without_any_environment() -> None:
    assert run("help", NOTHING="1").returncode == 0


def test_an_unknown_verb_is_refused() -> None:
    told = run("dmeo")
    assert told.returncode == 1
    assert "There is no verb 'dmeo'" in told.stderr
