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


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": 1}', '{"a": {"position": "x", "hash": ""}}'])
def test_a_file_that_holds_no_heads_is_refused(db: None, tmp_path: Path, content: str) -> None:
    path = tmp_path / "heads.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="holds no saved heads"):
        verify("--heads", str(path))
