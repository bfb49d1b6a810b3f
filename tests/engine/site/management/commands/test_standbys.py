"""Asking whether the standbys have everything. A real standby is asked by the drill `site-switch`."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from engine.site import standbys

pytestmark = pytest.mark.django_db


def test_a_database_without_a_standby_says_so():
    with pytest.raises(CommandError, match=r"^No standby follows"):
        call_command("standbys")


def test_standbys_that_have_everything_are_counted_with_the_place(monkeypatch, capsys):
    monkeypatch.setattr(
        standbys, "_MISSING", "SELECT 'dr', pg_wal_lsn_diff(%s, pg_current_wal_lsn())::bigint"
    )
    call_command("standbys")
    assert capsys.readouterr().out.startswith("1 of 1 standbys have everything up to ")


def test_each_standby_that_lacks_something_is_named_with_what_it_lacks(monkeypatch, capsys):
    monkeypatch.setattr(
        standbys, "_MISSING", "SELECT 'a', 0::bigint WHERE %s <> '' UNION ALL SELECT 'dr', 4096::bigint"
    )
    with pytest.raises(CommandError, match="1 of 2 standbys"):
        call_command("standbys")
    assert capsys.readouterr().err == "dr has 4096 bytes to go.\n"


def test_a_standby_that_may_not_be_seen_is_not_taken_for_one_that_has_everything(monkeypatch, capsys):
    monkeypatch.setattr(standbys, "_MISSING", "SELECT '', NULL::bigint WHERE %s <> ''")
    with pytest.raises(CommandError):
        call_command("standbys")
    assert "pg_read_all_stats" in capsys.readouterr().err


def test_one_that_follows_meanwhile_is_waited_for(monkeypatch, capsys):
    answers = iter([[], [standbys.Standby("dr", 9)], [standbys.Standby("dr", 0)]])
    monkeypatch.setattr(standbys, "standbys", lambda _place: next(answers))
    monkeypatch.setattr(standbys, "BETWEEN_LOOKS_S", 0.0)
    call_command("standbys", wait=60.0)
    assert capsys.readouterr().out.startswith("1 of 1 standbys")


def test_a_database_that_stands_by_is_not_asked_for_its_own(monkeypatch):
    monkeypatch.setattr(standbys, "_STANDS_BY", "SELECT true")
    with pytest.raises(CommandError, match="ask the one that it follows"):
        call_command("standbys")
