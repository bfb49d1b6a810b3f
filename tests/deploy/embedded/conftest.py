"""What the tests of the launcher share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.embedded.launching import Launcher


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Callable[[str], Launcher]]:
    launchers: list[Launcher] = []

    def start(body: str) -> Launcher:
        launchers.append(Launcher(tmp_path, body))
        return launchers[-1]

    yield start
    for launcher in launchers:
        launcher.process.kill()
        launcher.process.wait()
