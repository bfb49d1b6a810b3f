"""Why a site is read only."""

from __future__ import annotations

import time

import pytest
from django.db import InternalError, OperationalError, connection
from psycopg.errors import ReadOnlySqlTransaction

from engine.site import mode
from engine.site.mode import Why, is_read_only, was_refused, why_read_only
from engine.site.models import Switch


@pytest.mark.django_db
def test_the_setting_is_stronger_than_the_switch_and_asks_nothing(settings, django_assert_num_queries):
    mode.forget()
    assert not is_read_only()
    settings.SITE_MODE = "read-only"
    mode.forget()
    with django_assert_num_queries(0):
        assert why_read_only() is Why.SETTING


@pytest.mark.django_db
def test_a_switch_that_somebody_else_turned_is_seen_within_two_seconds(django_assert_num_queries):
    mode.forget()
    assert not is_read_only()
    Switch.objects.create(is_read_only=True)
    with django_assert_num_queries(0):  # known a moment ago
        assert not is_read_only()
    mode._known.until = time.monotonic() + mode.LOOK_EVERY_S - 2.0
    with django_assert_num_queries(1):
        assert why_read_only() is Why.SWITCH


@pytest.mark.django_db
def test_a_database_that_stands_by_is_recognised_without_any_switch(monkeypatch):
    monkeypatch.setattr(mode, "_LOOK", "SELECT true, false")
    mode.forget()
    assert why_read_only() is Why.STANDBY


@pytest.mark.django_db
def test_a_database_that_does_not_answer_changes_nothing(monkeypatch):
    def away() -> None:
        raise OperationalError("gone")

    mode._known.why = Why.SWITCH
    mode.forget()
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        assert why_read_only() is Why.SWITCH


def test_a_refused_write_is_recognised_behind_other_problems_and_lets_us_look_again():
    refused = InternalError("cannot execute INSERT in a read-only transaction")
    refused.__cause__ = ReadOnlySqlTransaction("25006")
    outer = RuntimeError("while saving")
    outer.__context__ = refused
    assert mode._known.until > 0
    assert was_refused(outer)
    assert mode._known.until == 0
    assert not was_refused(InternalError("something else"))
    assert not was_refused(None)
