"""The row of a draft: read for its owner in one statement, and written only as long as nobody changed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import User
from forms_library.answers import PageResult
from tests.workflows.published import *  # noqa: F403  fixtures of the published services
from workflows.draft_rows import read_draft, write_if_unchanged
from workflows.models import Draft, Service
from workflows.services import DraftMoved, save_page, start_draft

pytestmark = pytest.mark.django_db
NAME = PageResult({"business_name": "Green Basket"}, {}, [])
OTHER = PageResult({"business_name": "Blue Basket"}, {}, [])


@pytest.fixture
def draft(citizen: User, licence: Service) -> Draft:
    started = start_draft(citizen, licence, "en")
    found = read_draft(started.pk, citizen)
    assert found is not None
    return found


def test_it_is_what_the_models_say_and_only_for_its_owner(
    draft: Draft, citizen: User, clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plain = Draft.objects.select_related("department", "service_version__service").get(pk=draft.pk)
    with django_assert_num_queries(1):
        found = read_draft(draft.pk, citizen)
        assert found is not None
        assert (found, found.owner) == (plain, citizen)
        for name in (each.attname for each in Draft._meta.concrete_fields):
            assert getattr(found, name) == getattr(plain, name)
        assert found.department.title == plain.department.title
        assert found.service_version.service.current_id == plain.service_version.service.current_id
    assert found.department.week == plain.department.week  # read when it is asked for
    assert read_draft(draft.pk, clerk) is None


def test_a_page_is_saved_by_one_statement(
    draft: Draft, citizen: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = draft.expires_at
    with django_assert_num_queries(1):
        save_page(draft, "your_business", NAME, revision=0, by=citizen)
    found = Draft.objects.get(pk=draft.pk)
    assert (found.answers, found.revision, found.last_page) == (NAME.answers, 1, "your_business")
    assert found.expires_at > before
    assert draft.answers == {}  # the caller's own copy is as it was read


def rename(draft: Draft) -> None:
    """A change without a new revision."""
    Draft.objects.filter(pk=draft.pk).update(language="fr")


def save_another_page(draft: Draft) -> None:
    """What another window saved."""
    save_page(Draft.objects.get(pk=draft.pk), "documents", PageResult({"plan": None}, {}, []), revision=0)


@pytest.mark.parametrize("change", [rename, save_another_page])
def test_what_changed_in_between_is_kept(
    draft: Draft, citizen: User, change: Callable[[Draft], None]
) -> None:
    change(draft)
    now = Draft.objects.get(pk=draft.pk)
    saved = save_page(draft, "your_business", NAME, revision=0, by=citizen)
    found = Draft.objects.get(pk=draft.pk)
    assert found.answers == {**now.answers, **NAME.answers}
    assert found.language == now.language
    assert (found.revision, saved.revision) == (now.revision + 1,) * 2


def test_a_row_that_was_changed_sent_deleted_or_written_once_is_not_written(
    draft: Draft, citizen: User
) -> None:
    rename(draft)
    draft.last_page = "your_business"
    assert not write_if_unchanged(draft)
    again = read_draft(draft.pk, citizen)
    assert again is not None
    assert write_if_unchanged(again)
    assert not write_if_unchanged(again)
    gone = read_draft(draft.pk, citizen)
    assert gone is not None
    Draft.objects.filter(pk=draft.pk).delete()
    assert not write_if_unchanged(gone)
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_two_windows_do_not_overwrite_each_other(draft: Draft, citizen: User) -> None:
    other = read_draft(draft.pk, citizen)
    assert other is not None
    save_page(draft, "your_business", NAME, revision=0, by=citizen)
    with pytest.raises(DraftMoved):
        save_page(other, "your_business", OTHER, revision=0, by=citizen)
    assert Draft.objects.get(pk=draft.pk).answers == NAME.answers


def test_nobody_saves_the_draft_of_somebody_else(draft: Draft, clerk: User) -> None:
    with pytest.raises(Draft.DoesNotExist):
        save_page(draft, "your_business", NAME, revision=0, by=clerk)
    assert Draft.objects.get(pk=draft.pk).revision == 0
