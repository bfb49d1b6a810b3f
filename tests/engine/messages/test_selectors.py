"""Who sees which letters."""

import pytest

from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.messages.letters import send_letter
from engine.messages.selectors import letters_of_case, letters_to


@pytest.fixture
def letter(citizen: User, licensing: Department) -> None:
    send_letter(
        recipient=citizen,
        department=licensing,
        kind="received",
        subject="We have your application",
        body_paragraphs=["Thank you."],
        key="k",
        case_reference="STL-2026-000012",
    )


def test_people_see_their_own_letters(letter: None, citizen: User, other_citizen: User) -> None:
    assert [found.subject for found in letters_to(citizen)] == ["We have your application"]
    assert not letters_to(other_citizen).exists()


def test_staff_of_the_department_see_which_letters_a_case_had(
    letter: None, clerk: User, auditor: User, licensing: Department
) -> None:
    for user in (clerk, auditor):
        found = letters_of_case(user, licensing.pk, "STL-2026-000012")
        assert [(one.kind, one.sent_at) for one in found] == [("received", None)]


def test_staff_of_another_department_are_refused(
    letter: None, foreign_clerk: User, citizen: User, licensing: Department, registry: Department
) -> None:
    for user in (foreign_clerk, citizen):
        with pytest.raises(AccessRefused):
            letters_of_case(user, licensing.pk, "STL-2026-000012")
    assert letters_of_case(foreign_clerk, registry.pk, "STL-2026-000012") == []
