"""A draft whose service published another version."""

import copy
from typing import Any

import pytest

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from forms_library.answers import PageResult
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Draft, Service
from workflows.services import DraftMoved, is_outdated, rebase_draft, rebased, save_page
from workflows.services.drafts import BEFORE, SAVED_AT

pytestmark = pytest.mark.django_db


def published(package: dict[str, Any], department: Department, by: User) -> Service:
    report = services.import_package(source=package, department=department, by=by)
    services.publish(service=report.service, by=by)
    return Service.objects.get(pk=report.service.pk)


@pytest.fixture
def package() -> dict[str, Any]:
    """A package to be changed freely."""
    return copy.deepcopy(PACKAGE)


@pytest.fixture
def draft(licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft with two pages answered under the first version."""
    stall = published(PACKAGE, licensing, administrator)
    draft = services.start_draft(citizen, stall, "en")
    good = PageResult({"owner": "Leila", "phone": "555"}, {}, [])
    draft = save_page(draft, "about_you", good, revision=0)
    return save_page(draft, "trade", PageResult({"trade": "goods", "fuel": None}, {}, []), revision=1)


def pages(package: dict[str, Any]) -> Any:
    return package["forms"]["application"]["pages"]


def fresh(draft: Draft) -> Draft:
    return Draft.objects.select_related("service_version__service").get(pk=draft.pk)


def test_a_draft_of_the_current_version_is_left_alone(draft: Draft, citizen: User) -> None:
    assert not is_outdated(fresh(draft))
    same = rebase_draft(draft, by=citizen, revision=0, language="en")
    assert same.revision == draft.revision


def test_a_safe_change_keeps_answers_and_finished_pages(
    draft: Draft, package: dict[str, Any], licensing: Department, administrator: User, citizen: User
) -> None:
    pages(package)[0]["fields"][0]["label"] = "Your full name"
    stall = published(package, licensing, administrator)
    assert is_outdated(fresh(draft))
    assert rebased(fresh(draft), "en").is_safe
    moved = rebase_draft(draft, by=citizen, revision=draft.revision, language="en")
    assert moved.service_version_id == stall.current_id
    assert fresh(draft).answers["owner"] == "Leila"
    assert set(fresh(draft).raw[SAVED_AT]) == {"about_you", "trade"}
    assert not is_outdated(fresh(draft))


def test_an_answer_that_does_not_fit_is_asked_again_and_shown_until_then(
    draft: Draft, package: dict[str, Any], licensing: Department, administrator: User, citizen: User
) -> None:
    pages(package)[1]["fields"][0]["options"]["choices"][1]["key"] = "things"
    published(package, licensing, administrator)
    moved = rebase_draft(draft, by=citizen, revision=draft.revision, language="en")
    assert "trade" not in moved.answers
    assert moved.raw[BEFORE] == {"trade": [{"label": "What will you sell?", "text": "Goods"}]}
    assert set(moved.raw[SAVED_AT]) == {"about_you"}
    answered = PageResult({"trade": "things", "fuel": None}, {}, [])
    moved = save_page(moved, "trade", answered, revision=moved.revision)
    assert moved.raw[BEFORE] == {}


def test_what_changed_since_it_was_shown_is_not_moved(
    draft: Draft, package: dict[str, Any], licensing: Department, administrator: User, citizen: User
) -> None:
    pages(package)[0]["title"] = "You"
    published(package, licensing, administrator)
    with pytest.raises(DraftMoved):
        rebase_draft(draft, by=citizen, revision=draft.revision - 1, language="en")


def test_a_draft_belongs_to_its_owner_and_the_record_holds_no_answer(
    draft: Draft,
    package: dict[str, Any],
    licensing: Department,
    administrator: User,
    citizen: User,
    other_citizen: User,
) -> None:
    pages(package)[0]["fields"].pop()
    published(package, licensing, administrator)
    with pytest.raises(Draft.DoesNotExist):
        rebase_draft(draft, by=other_citizen, revision=draft.revision, language="en")
    rebase_draft(draft, by=citizen, revision=draft.revision, language="en")
    entry = AuditEntry.objects.get(verb="draft.rebased")
    assert "555" not in str(entry.details)
    assert "phone" in str(entry.details)


def test_an_archived_service_and_a_sent_application_stay_with_their_version(
    draft: Draft, package: dict[str, Any], licensing: Department, administrator: User
) -> None:
    pages(package)[0]["title"] = "You"
    stall = published(package, licensing, administrator)
    Service.objects.filter(pk=stall.pk).update(archived_at=stall.current.published_at)
    assert not is_outdated(fresh(draft))
