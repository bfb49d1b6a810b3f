"""The command that checks the record."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from engine.audit import log


def verify(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("verify_audit", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_is_content_with_what_was_written(db: None, tmp_path: Path) -> None:
    assert verify()[0] == "0 entries in 0 chains: nothing was changed.\n"
    log.append(log.row("v", chain=chain) for chain in ("a", "b", "a"))
    heads = str(tmp_path / "heads.json")
    assert verify("--save-heads", heads)[0] == "3 entries in 2 chains: nothing was changed.\n"
    log.record("v", chain="a")
    assert verify("--heads", heads)[0] == "4 entries in 2 chains: nothing was changed.\n"


def test_it_names_the_entry_and_fails(db: None) -> None:
    log.append(log.row("v", chain="case:X-1") for _ in range(3))
    err = StringIO()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET verb = 'w' WHERE position = 2")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="1 broken places in 1 chains"):
        call_command("verify_audit", "--chain", "case:X-1", stderr=err)
    assert err.getvalue() == "case:X-1, entry 2: The entry was altered.\n"


def remove(chain: str) -> None:
    """What somebody with all rights on the database can do: take a whole chain away, and its head."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_entry WHERE chain = %s", [chain])
        cursor.execute("DELETE FROM audit_chain WHERE chain = %s", [chain])
        cursor.execute("SET session_replication_role = DEFAULT")


def test_heads_that_are_kept_every_night_find_a_chain_that_was_removed(db: None, tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    log.append(log.row("v", chain=chain) for chain in ("a", "b"))
    with pytest.raises(CommandError, match="holds no saved heads"):  # a file that went away is no first time
        verify("--keep", str(path))
    verify("--keep", str(path), "--first")
    log.record("v", chain="a")
    assert verify("--keep", str(path))[0] == "3 entries in 2 chains: nothing was changed.\n"
    kept = path.read_text()
    remove("b")
    assert verify()[0] == "2 entries in 1 chains: nothing was changed.\n"  # the database alone shows nothing
    with pytest.raises(CommandError, match="1 broken places"):
        verify("--keep", str(path))
    assert path.read_text() == kept
    assert [each.name for each in tmp_path.iterdir()] == ["heads.json"]


def test_kept_heads_are_of_all_chains_and_are_not_forgotten_by_mistake(db: None, tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    with pytest.raises(CommandError, match="leave --chain out"):
        verify("--keep", str(path), "--chain", "a")
    verify("--keep", str(path), "--first")
    with pytest.raises(CommandError, match="is there already"):
        verify("--keep", str(path), "--first")


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": 1}', '{"a": {"position": "x", "hash": ""}}'])
def test_a_file_that_holds_no_heads_is_refused(db: None, tmp_path: Path, content: str) -> None:
    path = tmp_path / "heads.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="holds no saved heads"):
        verify("--heads", str(path))
