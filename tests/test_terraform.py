"""The cloud as code: format, every module with its invariants against a provider that only pretends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TERRAFORM = ROOT / "terraform"
MODULES = sorted(path.name for path in (TERRAFORM / "modules").iterdir() if path.is_dir())
HOLD_DATA = ("documents", "rds")
PROVIDER = "registry.terraform.io/hashicorp/aws"
PROGRAM = shutil.which("terraform")
needs_terraform = pytest.mark.skipif(not PROGRAM, reason="terraform is not on this machine")


def mirror() -> Path | None:
    """A folder that holds the provider, as `terraform providers mirror` makes it; TF_MIRROR names another."""
    usual = [Path("/opt"), Path("/usr/share/terraform"), Path("/usr/local/share/terraform")]
    own = [Path(os.environ["TF_MIRROR"])] if "TF_MIRROR" in os.environ else []
    for place in [*own, *usual, Path.home() / ".terraform.d"]:
        for found in (place, *(place.iterdir() if place.is_dir() and os.access(place, os.R_OK) else ())):
            if (found / PROVIDER).is_dir():
                return found
    return None


def run(folder: Path, *words: str, timeout: int = 280) -> subprocess.CompletedProcess[str]:
    assert PROGRAM
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "CHECKPOINT_DISABLE": "1",
        "AWS_EC2_METADATA_DISABLED": "1",
    }
    return subprocess.run(
        [PROGRAM, *words], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=timeout
    )


def tried(tmp_path: Path, folder: str, *only: str) -> str:
    """Runs the tests of one folder in a copy and returns what they said; they must pass."""
    providers = mirror()
    if providers is None:
        pytest.skip("no folder on this machine holds the AWS provider (TF_MIRROR names one)")
    copy = tmp_path / "terraform"
    shutil.copytree(TERRAFORM, copy, ignore=shutil.ignore_patterns(".terraform*"))
    place = copy / folder
    begun = run(place, "init", "-backend=false", "-input=false", "-no-color", f"-plugin-dir={providers}")
    assert begun.returncode == 0, begun.stderr[-3000:]
    if folder.startswith("live/"):  # and with a site every module; alone, one with two providers cannot be
        valid = run(place, "validate", "-no-color")
        assert valid.returncode == 0, valid.stderr[-3000:]
    done = run(place, "test", "-no-color", *(f"-filter=tests/{name}.tftest.hcl" for name in only))
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


@needs_terraform
def test_everything_is_formatted() -> None:
    done = run(TERRAFORM, "fmt", "-check", "-recursive", "-no-color")
    assert (done.returncode, done.stdout) == (0, "")


# each costs about five seconds of a processor: the every-day run tries those that hold the data, --slow all
@needs_terraform
@pytest.mark.parametrize(
    "module", [name if name in HOLD_DATA else pytest.param(name, marks=pytest.mark.slow) for name in MODULES]
)
def test_every_module_keeps_its_promises(module: str, tmp_path: Path) -> None:
    assert re.search(r"Success! [1-9]\d* passed, 0 failed", tried(tmp_path, f"modules/{module}"))


@needs_terraform
@pytest.mark.slow
def test_the_region_that_stands_ready_follows_the_primary(tmp_path: Path) -> None:
    assert "2 passed, 0 failed" in tried(tmp_path, "live/dr")


@needs_terraform
@pytest.mark.slow
def test_data_stay_in_the_allowed_regions(tmp_path: Path) -> None:
    assert "2 passed, 0 failed" in tried(tmp_path, "live/primary", "residency")


@needs_terraform
@pytest.mark.slow
def test_the_primary_stands_whole(tmp_path: Path) -> None:
    assert "2 passed, 0 failed" in tried(tmp_path, "live/primary", "primary")


@needs_terraform
def test_a_broken_promise_is_found(tmp_path: Path) -> None:
    providers = mirror()
    if providers is None:
        pytest.skip("no folder on this machine holds the AWS provider (TF_MIRROR names one)")
    place = tmp_path / "cache"
    shutil.copytree(TERRAFORM / "modules" / "cache", place)
    source = place / "main.tf"
    source.write_text(re.sub(r"multi_az_enabled\s+= .*", "multi_az_enabled = false", source.read_text()))
    run(place, "init", "-input=false", f"-plugin-dir={providers}")
    done = run(place, "test", "-no-color")
    assert done.returncode == 1
    assert "several zones and automatic failover" in done.stdout + done.stderr


# --- what needs no program
@pytest.mark.parametrize("site", ["primary", "dr"])
def test_the_state_lies_far_away_encrypted_and_locked(site: str) -> None:
    text = (TERRAFORM / "live" / site / "providers.tf").read_text()
    backend = text[text.index('backend "s3"') : text.index('provider "aws"')]
    assert re.search(r"encrypt\s+= true", backend)
    assert re.search(r"use_lockfile\s+= true", backend)
    home = re.search(
        r'variable "region" \{[^}]*?default = "([\w-]+)"',
        (TERRAFORM / "live" / site / "variables.tf").read_text(),
    )
    assert home
    assert home[1] not in backend


def test_every_module_is_our_own_and_is_tested() -> None:
    sources = [
        source
        for path in TERRAFORM.glob("live/*/*.tf")
        for source in re.findall(r'^\s*source\s+= "([^"]+)"', path.read_text(), re.M)
    ]
    own = [source for source in sources if source not in ("hashicorp/aws", "*")]
    assert {source.removeprefix("../../modules/") for source in own} == set(MODULES)
    for module in MODULES:
        assert list((TERRAFORM / "modules" / module / "tests").glob("*.tftest.hcl")), module


def test_every_role_that_a_module_makes_stays_inside_the_boundary() -> None:
    for path in TERRAFORM.glob("modules/*/*.tf"):
        for role in re.findall(r'^resource "aws_iam_role" "\w+" \{\n(.*?)^\}', path.read_text(), re.M | re.S):
            assert re.search(r"^  permissions_boundary\s+= .*boundary", role, re.M), f"{path}: {role[:80]}"


@pytest.mark.parametrize("site", ["primary", "dr"])
def test_the_provider_is_the_one_whose_hash_is_written_down(site: str) -> None:
    ignored = (TERRAFORM / ".gitignore").read_text().split()
    assert ".terraform.lock.hcl" not in ignored
    lock = (TERRAFORM / "live" / site / ".terraform.lock.hcl").read_text()
    [version] = re.findall(r'^  version\s+= "([\d.]+)"', lock, re.M)
    assert f'version = "{version}"' in (TERRAFORM / "live" / site / "providers.tf").read_text()
    assert re.search(r'"h1:[\w+/=]{44}"', lock)


def test_no_secret_value_is_written_or_kept_in_the_state() -> None:
    for path in TERRAFORM.glob("**/*.tf"):
        text = path.read_text()
        assert "aws_secretsmanager_secret_version" not in text, path
        assert not re.search(r"^\s*(password|auth_token|secret_string)\s*=", text, re.M), path
