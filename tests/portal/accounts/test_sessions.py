"""Sessions are read from the database alone, by one statement."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    store = SessionStore()
    store["kept"] = {"page": "one"}
    store.save()
    assert store.session_key
    return store.session_key


def test_what_was_kept_is_read_once(key: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = SessionStore(key)
    with django_assert_num_queries(1):
        assert found["kept"] == {"page": "one"}
        assert found.get("other") is None
    assert found.session_key == key


def test_a_session_that_has_ended_or_is_unknown_or_was_tampered_with_holds_nothing(key: str) -> None:
    Session.objects.filter(pk=key).update(session_data="forged")
    assert SessionStore(key).get("kept") is None
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    for known in (key, "unknownunknownunknown"):
        found = SessionStore(known)
        assert found.get("kept") is None
        found["new"] = 1
        found.save()
        assert found.session_key not in (None, known)  # nobody chooses the key of a session
