"""Blue-green: the code before the newest migration on the new schema, and the new code on the old schema."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.house import ROOT

JOURNEY = Path(__file__).with_name("journey.py")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tree of the last commit before the newest migration, with what is built and not committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("needs the history of the sources")
    if git("rev-parse", "--is-shallow-repository") == "true":
        pytest.skip("the history is shallow: fetch it whole to compare two releases")
    newest = git("log", "--diff-filter=A", "--format=%H", "-1", "--", "*/migrations/0*.py")
    tree = tmp_path_factory.mktemp("before") / "tree"
    git("worktree", "add", "--detach", "--force", str(tree), f"{newest}^")
    catalogues = [sys.executable, "-m", "deploy.embedded.catalogues", "."]
    subprocess.run(catalogues, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, check=True)
    yield tree
    git("worktree", "remove", "--force", str(tree))


@pytest.fixture
def database(transactional_db: None) -> Iterator[str]:
    """An empty database beside that of the tests; gives its address."""
    server = connection.settings_dict
    where = f"host={server['HOST']} port={server['PORT'] or 5432} user={server['USER']} dbname=postgres"
    name = f"releases_{os.getpid()}"
    with psycopg.connect(where, password=server["PASSWORD"] or None, autocommit=True) as own:
        own.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        own.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        own.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(tree: Path, database: str, *words: str) -> str:
    own = {"DATABASE_URL": database, "PYTHONPATH": str(tree), "STAFF_SECOND_FACTOR": "false"}
    env = {**os.environ, **own, "LOG_LEVEL": "ERROR"}
    done = subprocess.run([sys.executable, *words], cwd=tree, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"{tree}: {words}\n{done.stdout[-1500:]}{done.stderr[-3000:]}"
    return done.stdout


def migrate(tree: Path, database: str) -> None:
    run(tree, database, "manage.py", "migrate", "--noinput", "-v0")


def test_old_pods_go_on_while_the_schema_is_new_already(before: Path, database: str) -> None:
    migrate(ROOT, database)
    run(ROOT, database, str(JOURNEY))  # which makes departments and services, as a site has them
    run(before, database, str(JOURNEY))


def test_new_pods_take_no_request_before_their_schema_is_there(before: Path, database: str) -> None:
    migrate(before, database)
    run(before, database, str(JOURNEY))
    assert "503" in run(ROOT, database, str(JOURNEY), "ready")
    migrate(ROOT, database)
    assert "200" in run(ROOT, database, str(JOURNEY), "ready")
    run(ROOT, database, str(JOURNEY))  # with the rows that the old code has written
