"""The recipe of the image: its linter, its base, and what must not be in what runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IMAGE = ROOT / "deploy" / "image"
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
RECIPE = (IMAGE / "Dockerfile").read_text()


def base() -> dict[str, str]:
    lines = [line for line in (IMAGE / "base.env").read_text().splitlines() if "=" in line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)


def instructions_of_what_runs() -> list[str]:
    last = RECIPE.split("FROM python AS runtime")[1]
    return re.split(r"(?<!\\)\n(?=[A-Z]+ )", last)


def test_hadolint_finds_nothing() -> None:
    program = shutil.which("hadolint", path=str(ROOT / ".venv" / "bin")) or shutil.which("hadolint")
    if not program:
        pytest.skip("hadolint has no wheel for this machine")
    command = [program, "--config", str(IMAGE / ".hadolint.yaml"), str(IMAGE / "Dockerfile")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_base_is_an_argument_without_a_default_so_nobody_builds_on_a_moving_tag() -> None:
    assert re.findall(r"^ARG BASE.*$", RECIPE, re.M) == ["ARG BASE"]
    froms = re.findall(r"^FROM (\S+)(?: AS (\S+))?", RECIPE, re.M)
    stages = {name for _, name in froms}
    assert all(source == "${BASE}" or source in stages for source, _ in froms)


def test_the_digest_of_the_base_is_a_digest_or_still_to_be_pinned() -> None:
    digest = base()["BASE_DIGEST"]
    if not digest:
        pytest.skip(
            "BASE_DIGEST is not pinned yet: deploy/image/pin needs the registry; no image can be built"
        )
    assert DIGEST.fullmatch(digest)


@pytest.mark.parametrize("reference", ["debian:bookworm", "debian@sha256:123", "docker.io/x/y:1@", ""])
def test_building_on_a_base_without_digest_is_refused_in_one_line(reference: str) -> None:
    env = {"PATH": "/usr/bin:/bin", "BASE": reference or "debian@", "BUILDER": "/bin/false"}
    done = subprocess.run([IMAGE / "build", "x"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "not pinned by digest" in done.stderr


def test_a_pinned_base_reaches_the_builder() -> None:
    reference = "registry.example/debian@sha256:" + "a" * 64
    env = {"PATH": "/usr/bin:/bin", "BASE": reference, "BUILDER": "/bin/echo"}
    done = subprocess.run([IMAGE / "build", "x"], env=env, capture_output=True, text=True, check=True)
    assert f"--build-arg BASE={reference}" in done.stdout


def test_what_runs_has_no_node_no_pip_and_no_compiler() -> None:
    copied = [line for line in instructions_of_what_runs() if line.startswith("COPY")]
    assert copied
    assert all(re.match(r"COPY --from=(packages|product) /(opt/caseway|app) ", line) for line in copied)
    first = RECIPE.split("FROM ${BASE} AS python")[1].split("\n\n")[0]
    assert not re.search(r"python3-pip|nodejs|npm|gcc|build-essential", first)


def test_it_runs_as_a_numbered_user_who_is_not_root() -> None:
    users = re.findall(r"^USER (\S+)$", RECIPE, re.M)
    assert users == ["10001:10001"]


def test_no_secret_is_given_to_the_build() -> None:
    arguments = re.findall(r"^ARG (\w+)", RECIPE, re.M)
    assert set(arguments) == {"BASE", "REVISION"}
    assert "SECRET_KEY" not in "".join(instructions_of_what_runs())


def test_only_what_is_named_reaches_the_builder() -> None:
    lines = [line for line in (IMAGE / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert lines[0] == "*"
    assert not any(word in line for line in lines for word in ("!.git", "!.data", "!tests", "!.venv"))
