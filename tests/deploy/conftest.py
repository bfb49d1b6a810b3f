"""What several tests of the deployment begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.deploy.releasing import Releases


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    if not shutil.which("git") or not shutil.which("kubectl"):
        pytest.skip("git and kubectl are needed to commit a release and to render it")
    return Releases(tmp_path)
