"""What must not be in the image is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deploy.drills.builder import AWAY
from deploy.drills.image_start import PRIVATE, _looked_through
from deploy.drills.outcome import NotAsItShould

SAID: dict[str, Any] = {"User": "10001:10001", "Env": ["PATH=/usr/bin"]}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("usr/bin/gcc", b""),
        ("opt/caseway/bin/pip3", b""),
        ("usr/lib/gcc/x86_64-linux-gnu/12/cc1", b""),
        ("usr/lib/python3/dist-packages/pip/main.py", b""),
        ("app/key.pem", b"-----BEGIN " + PRIVATE),
    ],
)
def test_compilers_package_managers_and_keys_are_found(tmp_path: Path, path: str, content: bytes) -> None:
    harmless = tmp_path / "etc" / "ssl" / "ca.pem"
    harmless.parent.mkdir(parents=True)
    harmless.write_bytes(b"-----BEGIN CERTIFICATE-----")
    assert _looked_through(SAID, tmp_path) == 1
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(content)
    with pytest.raises(NotAsItShould, match=Path(path).parent.name):
        _looked_through(SAID, tmp_path)


@pytest.mark.parametrize("wrong", [{"User": ""}, {"User": "0"}, {"Env": ["SECRET_KEY=build"]}])
def test_root_and_settings_in_the_image_are_found(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotAsItShould):
        _looked_through({**SAID, **wrong}, tmp_path)


def test_only_what_cannot_be_fetched_is_a_reason_to_skip() -> None:
    assert AWAY.search("W: Failed to fetch  Temporary failure resolving 'deb.debian.org'")
    assert not AWAY.search("SyntaxError: invalid syntax")
