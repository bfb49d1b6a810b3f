"""The embedded PostgreSQL: a real server below a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.embedded.account import Account
from deploy.embedded.postgres import LONGEST_SOCKET_PATH, Postgres, programs_folder
from deploy.embedded.program import Failed, Program


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own, which is closed to the account of the servers."""
    path = Path(tempfile.mkdtemp(prefix="caseway-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def server(folder: Path) -> Postgres:
    return Postgres(folder / "postgres", Account(folder / "any", programs_folder()), durable=False)


def wait_until_ready(program: Program) -> None:
    until = time.monotonic() + 30
    while not program.look_whether_ready():
        assert program.is_alive, list(program.last_lines)
        assert time.monotonic() < until
        time.sleep(0.05)


def start_until_ready(postgres: Postgres, program: Program) -> None:
    """As the supervisor does it: what the killed server had started still holds its memory for a moment."""
    until, logs = time.monotonic() + 30, postgres.data.parent / "log"
    program.spawn(postgres.data.parent, logs)
    while not program.look_whether_ready():
        assert time.monotonic() < until, list(program.last_lines)
        time.sleep(0.05)
        if not program.is_alive:
            program.spawn(postgres.data.parent, logs)


@pytest.fixture
def running(folder: Path) -> Iterator[tuple[Postgres, Program]]:
    postgres = server(folder)
    program = postgres.program()
    program.spawn(folder, folder / "log")
    wait_until_ready(program)
    yield postgres, program
    program.kill()


def test_it_serves_a_database_over_a_socket_only(running: tuple[Postgres, Program]) -> None:
    postgres, _ = running
    postgres.ensure_database("caseway")
    postgres.ensure_database("caseway")
    with psycopg.connect(postgres.url("caseway")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT current_user").fetchone() == ("caseway",)


def test_the_data_are_there_after_a_hard_end_with_a_mark_left_behind(
    running: tuple[Postgres, Program],
) -> None:
    postgres, program = running
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("CHECKPOINT")
    program.kill()
    assert (postgres.data / "postmaster.pid").exists()
    start_until_ready(postgres, program)
    with psycopg.connect(postgres.url("postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_mark_whose_number_another_program_got_is_removed(folder: Path) -> None:
    postgres = server(folder)
    postgres.prepare()
    mark = postgres.data / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{postgres.data}\n")
    postgres.prepare()
    assert not mark.exists()


@pytest.mark.slow
def test_a_living_elder_is_waited_for_and_then_named(running: tuple[Postgres, Program]) -> None:
    postgres, _ = running
    with pytest.raises(Failed, match="Another PostgreSQL"):
        postgres.wait_for_the_elder(patience_s=0.3)
    assert (postgres.data / "postmaster.pid").exists()


def test_an_interrupted_first_start_leaves_nothing_half_made(folder: Path) -> None:
    half_made = folder / "postgres.new"
    half_made.mkdir()
    (half_made / "rubbish").write_text("")
    postgres = server(folder)
    postgres.prepare()
    assert (postgres.data / "PG_VERSION").exists()
    assert not half_made.exists()


def test_a_socket_path_that_is_too_long_moves_to_the_temporary_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("with spaces and Capitals " * 5)
    postgres = Postgres(deep / "postgres", Account(), durable=False)
    assert len(os.fsencode(postgres.sockets / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH
    assert postgres.sockets.parent == Path(tempfile.gettempdir())


def test_a_failing_tool_is_told_with_its_own_words(folder: Path) -> None:
    postgres = server(folder)
    with pytest.raises(Failed) as failure:
        postgres.ensure_database("caseway")  # nothing runs
    assert "psql failed" in str(failure.value)
    assert failure.value.last_lines


def test_the_launcher_imports_nothing_of_the_product() -> None:
    root = Path(__file__).resolve().parents[3]
    code = (
        "import sys, deploy.embedded.__main__\n"
        "floors = {'engine', 'forms_library', 'workflows', 'portal', 'django'}\n"
        "print(sorted(floors & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
