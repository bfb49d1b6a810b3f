"""The tables of a test database are read again only while they fit the migrations."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deploy.embedded.servers import ROOT, account_for, start_servers
from deploy.embedded.supervisor import Supervisor, run_supervised
from deploy.embedded.tables import fingerprint, make_tables
from deploy.embedded.testing import test_environment as environment_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (
        "engine/audit/migrations/0001_initial.py",
        "engine/audit/models.py",
        "requirements/product.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first")
    return tmp_path


def test_a_changed_migration_and_a_new_release_of_a_library_change_the_fingerprint(root: Path) -> None:
    seen = {fingerprint(root)}
    for name in ("engine/audit/migrations/0001_initial.py", "requirements/product.txt"):
        (root / name).write_text("second")
        seen.add(fingerprint(root))
    (root / "engine/audit/migrations/0002_more.py").write_text("")
    assert len(seen | {fingerprint(root)}) == 4


def test_other_files_do_not(root: Path) -> None:
    before = fingerprint(root)
    (root / "engine/audit/models.py").write_text("second")
    assert fingerprint(root) == before


@pytest.mark.slow
def test_tables_that_are_read_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    """Twice with servers of its own: the first run keeps what the second reads; the dumps are the same."""
    kept = [_made(tmp_path, name) for name in ("first", "second")]
    assert kept[0] == kept[1]


def _made(folder: Path, name: str) -> str:
    data = folder / name
    supervisor = Supervisor(ROOT, data / "log", quiet=True)

    def begin() -> int:
        given = {key: os.environ.pop(key) for key in ("DATABASE_URL", "REDIS_URL") if key in os.environ}
        try:
            servers = start_servers(supervisor, data, account_for(data), durable=False)
            env = {**servers, **environment_of(data)}
            make_tables(supervisor, folder, env)
        finally:
            os.environ.update(given)
        return 0

    assert run_supervised(supervisor, begin, when_stopped=130) == 0
    return next(folder.glob("tables-*.sql")).read_text()
