"""The pipelines: their schema, what a linter of security finds, and that both do the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))
JENKINS = (ROOT / "Jenkinsfile").read_text()
STAGE = ROOT / "deploy" / "pipelines" / "stage"
OVERLAYS = ["onprem", "eks", "eks-dr"]


def run(name: str, *words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    program = shutil.which(name, path=str(ROOT / ".venv" / "bin")) or shutil.which(name)
    if not program:
        pytest.skip(f"{name} has no wheel for this machine")
    return subprocess.run([program, *words], cwd=cwd, capture_output=True, text=True, check=False)


def stages(text: str) -> list[str]:
    return re.findall(r"deploy/pipelines/stage ([\w-]+(?: (?:onprem|eks-dr|eks))?)", text)


def test_zizmor_finds_nothing() -> None:
    found = run("zizmor", "--offline", "--no-progress", "--pedantic", *map(str, WORKFLOWS))
    assert found.returncode == 0, found.stdout


def test_zizmor_would_find_an_injection(tmp_path: Path) -> None:
    text = (
        WORKFLOWS[0]
        .read_text()
        .replace("run: deploy/pipelines/stage check", "run: echo ${{ github.head_ref }}")
    )
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text(text)
    found = run("zizmor", "--offline", "--no-progress", str(folder / "bad.yaml"))
    assert "template-injection" in found.stdout


def test_workflows_follow_their_schema() -> None:
    found = run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_job_may_only_what_it_names_and_uses_nothing_of_others(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 90, name
        for step in job["steps"]:
            used = step.get("uses", "")
            assert not used or re.search(r"@[0-9a-f]{40}$", used), f"{name}: {used}"


def test_jenkins_and_github_run_the_same_stages_in_the_same_order() -> None:
    release = (ROOT / ".github" / "workflows" / "release.yaml").read_text()
    assert stages(release) == stages(JENKINS)
    assert [name for name in stages(JENKINS) if name.startswith("gitops")] == [
        f"gitops {site}" for site in OVERLAYS
    ]


def test_nothing_is_signed_or_released_before_it_was_scanned() -> None:
    order = stages(JENKINS)
    assert order.index("check") < order.index("image") < order.index("trivy") < order.index("sign")
    assert order.index("sign") < order.index("gitops onprem")


def test_every_stage_that_is_named_is_one_of_the_script() -> None:
    known = set(
        re.search(r"there are ([^\"]*)\.\"", STAGE.read_text())[1].replace(" <overlay>", "").split(", ")
    )  # type: ignore[index]
    assert {name.split()[0] for name in stages(JENKINS)} <= known


@pytest.mark.parametrize(("words", "code", "said"), [((), 64, "There is no stage"), (("trivy",), 1, "")])
def test_a_stage_that_cannot_begin_says_why(
    words: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    place = tmp_path / "deploy" / "pipelines"
    place.mkdir(parents=True)
    shutil.copy(STAGE, place / "stage")
    env = {"PATH": "/usr/bin:/bin", "IMAGE": "registry.example/caseway", "COMMIT": "abc"}
    done = subprocess.run([place / "stage", *words], env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert said in done.stderr


def test_an_unknown_overlay_is_refused_with_those_there_are() -> None:
    env = {"PATH": "/usr/bin:/bin", "IMAGE": "registry.example/caseway", "COMMIT": "abc"}
    done = subprocess.run([STAGE, "gitops", "moon"], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr == "There is no overlay 'moon', only eks eks-dr onprem.\n"


def test_only_a_digest_is_released(tmp_path: Path) -> None:
    place = tmp_path / "deploy" / "pipelines"
    place.mkdir(parents=True)
    shutil.copy(STAGE, place / "stage")
    kept = tmp_path / ".data" / "pipeline"
    kept.mkdir(parents=True)
    (kept / "digest").write_text("latest")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "trivy").write_text('#!/bin/sh\necho "asked for $*"\n')
    (programs / "trivy").chmod(0o755)
    env = {"PATH": f"{programs}:/usr/bin:/bin", "IMAGE": "registry.example/caseway", "COMMIT": "abc"}
    done = subprocess.run([place / "stage", "trivy"], env=env, capture_output=True, text=True, check=False)
    assert "There is no digest" in done.stderr
    assert done.returncode != 0
    assert done.stdout == ""
    (kept / "digest").write_text("sha256:" + "a" * 64)
    done = subprocess.run([place / "stage", "trivy"], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("registry.example/caseway@sha256:" + "a" * 64)
