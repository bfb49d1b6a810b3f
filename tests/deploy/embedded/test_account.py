"""Who the servers run as."""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from deploy.embedded.account import Account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="root's ways")


def printed(argv: list[str]) -> str:
    return subprocess.run(argv, capture_output=True, text=True, check=True, cwd="/").stdout.strip()


@as_root
def test_root_becomes_nobody_where_folders_are_open() -> None:
    account = Account(Path(tempfile.gettempdir()) / "any")
    assert account.is_other_user
    assert printed(account.command("id", "-un")) == "nobody"


@as_root
def test_root_looks_like_nobody_below_a_closed_folder_and_no_mode_changes(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    account = Account(closed / "data")
    assert not account.is_other_user
    assert printed(account.command("id", "-un")) == "nobody"
    (closed / "inside").write_text("read")
    assert printed(account.command("cat", str(closed / "inside"))) == "read"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_normal_user_stays_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1)  # daemon has a name on every Debian
    assert Account(Path("/home/any")).command("true") == ["setpriv", "--pdeathsig=TERM", "true"]


def test_a_number_without_a_name_looks_like_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 987_654)
    assert printed(Account(Path("/tmp/any")).command("id", "-un")) == "nobody"


def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    account = Account(tmp_path / "any")
    folder = account.private_folder(tmp_path / "folder")
    path = account.private_file(folder / "secret", "a")
    account.private_file(folder / "secret", "b")
    assert path.read_text() == "b"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [each.name for each in folder.iterdir()] == ["secret"]
