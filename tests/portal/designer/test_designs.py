"""Who may publish and who asked are told by letter what becomes of a publication."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.messages.models import Letter, OutboxMessage
from portal.designer import designs
from portal.designer.designs import (
    NotComplete,
    ask_for_publication,
    open_design,
    publish_design,
    publish_unpublished,
    save_design,
)
from portal.designer.starting_points import create_service
from tests.conftest import Person
from workflows.models import Service
from workflows.services.publications import require_approvals

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleagues(person: Person, licensing: Department, works: Department) -> list[User]:
    """Three who publish, each with a language of their own; there is one in another department too."""
    person("Stan Stranger", Role.PUBLISHER, works)
    given = {"Ida One": "en", "Bo Two": "fr", "Cy Three": "ar"}
    return [person(name, Role.PUBLISHER, licensing, language=given[name]) for name in given]


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made from nothing, and is complete."""
    made = create_service(
        department=licensing, by=designer, key="dogs", title="Dogs", languages=["en"], template="check"
    )
    save(made, designer, summary="For dogs")
    return made


def save(service: Service, by: User, **changes: object) -> None:
    """The design is saved with something else in it."""
    design = open_design(service=service, by=by)
    document = {**design.document, **changes}
    save_design(service=service, by=by, base=str(design.latest_revision_id), document=document)


def letters(what: str) -> dict[str, str]:
    """The letters of a kind: to whom, and their subject."""
    found = Letter.objects.filter(kind=f"publication.{what}").select_related("recipient")
    keys = set(OutboxMessage.objects.filter(topic="letter").values_list("payload__letter", flat=True))
    assert {str(letter.pk) for letter in found} <= keys
    return {letter.recipient.name: letter.subject for letter in found if letter.recipient is not None}


def vote(service: Service, by: User, approved: bool, reason: str = "") -> None:
    """One word on the design as it is now."""
    design = open_design(service=service, by=by)
    revision = str(design.latest_revision_id)
    designs.vote(service=service, by=by, revision=revision, approved=approved, reason=reason)


def test_approvers_are_written_to_and_who_asked_learns_what_came_of_it(
    service: Service, designer: User, colleagues: list[User], administrator: User, licensing: Department
) -> None:
    require_approvals(department=licensing, people=2, by=administrator)
    ida, bo, cy = colleagues
    for _ in range(2):  # asking again for the same writes to nobody twice
        ask_for_publication(service=service, by=designer, note="Leila wants it")
    assert letters("waits_for_approval") == {
        administrator.name: "Please approve or refuse: “Dogs”",
        "Ida One": "Please approve or refuse: “Dogs”",
        "Bo Two": "Merci d’approuver ou de refuser : « Dogs »",
        "Cy Three": "يرجى الموافقة أو الرفض: «Dogs»",
    }
    asked = Letter.objects.get(recipient=bo)
    assert asked.language == "fr"
    assert "/manage/licensing/dogs/design/" in asked.text
    assert "Leila" not in asked.text
    vote(service, ida, False, "The fee is wrong.")
    assert letters("refused") == {designer.name: "“Dogs” was not approved"}
    assert "The fee is wrong." in Letter.objects.get(kind="publication.refused").text
    ask_for_publication(service=service, by=designer, note="")
    assert Letter.objects.filter(kind="publication.waits_for_approval").count() == 8
    vote(service, ida, True)
    assert letters("approved") == {}
    vote(service, bo, True)
    assert letters("approved") == {designer.name: "“Dogs” is approved"}
    publish_design(service=service, by=cy, note="")
    assert letters("published") == {designer.name: "“Dogs” is published"}
    assert "version 1" in Letter.objects.get(kind="publication.published").text


def test_who_asked_learns_it_too_when_it_is_published_from_the_page_of_the_service(
    service: Service, designer: User, colleagues: list[User]
) -> None:
    ask_for_publication(service=service, by=designer, note="")
    stranger = User.objects.get(name="Stan Stranger")  # publishes for another department
    with pytest.raises(PermissionDenied):
        publish_unpublished(service=service, by=stranger, note="")
    assert letters("published") == {}
    publish_unpublished(service=service, by=colleagues[0], note="")
    assert letters("published") == {designer.name: "“Dogs” is published"}
    assert open_design(service=service, by=designer).asked_by is None


def test_publishers_are_written_to_also_where_nobody_has_to_approve(
    service: Service, designer: User, colleagues: list[User]
) -> None:
    ask_for_publication(service=service, by=designer, note="")
    assert letters("waits").keys() == {"Ida One", "Bo Two", "Cy Three"}


def test_who_asks_for_what_is_not_complete_writes_to_nobody(
    service: Service, designer: User, colleagues: list[User]
) -> None:
    design = open_design(service=service, by=designer)
    broken = {**design.document, "workflow": {}}
    designs.save_design(service=service, by=designer, base=str(design.latest_revision_id), document=broken)
    with pytest.raises(NotComplete):
        ask_for_publication(service=service, by=designer, note="")
    assert not Letter.objects.exists()


def test_a_translation_that_is_written_anew_in_the_editor_is_not_stale_any_more(
    designer: User, licensing: Department
) -> None:
    service = create_service(
        department=licensing, by=designer, key="cats", title="Cats", languages=["en", "fr"], template="check"
    )

    def save(**texts: str) -> dict[str, Any]:
        design = open_design(service=service, by=designer)
        title = {**design.document["title"], **texts}
        document = {**design.document, "title": title}
        base = str(design.latest_revision_id)
        return save_design(service=service, by=designer, base=base, document=document).design.document

    save(fr="Chats")
    marked = save(en="All cats")["translations"]
    assert list(marked["title"]) == ["fr"]
    assert save(en="All the cats")["translations"] == marked  # still older than its source
    assert "title" not in save(fr="Tous les chats").get("translations", {})
