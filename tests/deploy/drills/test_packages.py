"""What a drill needs of the system is brought or named."""

from __future__ import annotations

import os

import pytest

from deploy.drills.packages import lacking


def test_what_is_missing_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert lacking({"sh": "dash"}) == ""
    assert lacking({"sh": "dash", "no-such-program": "its-package"}) == (
        "not on this machine: sudo apt-get install -y --no-install-recommends its-package"
    )
