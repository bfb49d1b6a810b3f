"""Files that a page carries for a clerk until its form is whole."""

from __future__ import annotations

import time

import pytest
from django.core import signing
from django.test import RequestFactory

from engine.departments.models import User
from portal.clerk.staff_form import HOURS_KEPT, KEPT, kept_files, sealed
from workflows.models import Case

FILES = {"plan": ["7"]}


@pytest.fixture
def case() -> Case:
    return Case(pk=12)


@pytest.fixture
def clerk() -> User:
    return User(pk=3)


def carried(seal: str, case: Case, by: User) -> dict[str, object]:
    return kept_files(RequestFactory().post("/", {KEPT: seal}), case, by)


def test_a_seal_opens_for_the_clerk_and_the_case_that_it_was_made_for(case: Case, clerk: User) -> None:
    seal = sealed(FILES, case, clerk)
    assert carried(seal, case, clerk) == FILES
    assert carried(seal, case, User(pk=4)) == {}  # another department's clerk, too
    assert carried(seal, Case(pk=13), clerk) == {}
    for nonsense in ("", "x", seal[:-1], "\x00" * 2000):
        assert carried(nonsense, case, clerk) == {}


def test_a_seal_expires(case: Case, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    seal, now = sealed(FILES, case, clerk), time.time()
    for hours, found in ((HOURS_KEPT - 0.1, FILES), (HOURS_KEPT + 0.1, {})):
        with monkeypatch.context() as patch:
            patch.setattr(signing.time, "time", lambda moment=now + hours * 3600: moment)
            assert carried(seal, case, clerk) == found
