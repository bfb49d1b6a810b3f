"""Looking through the cases of one's departments."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engine.departments.models import User
from workflows.models import Case, Service
from workflows.selectors.case_list import CasePlace, case_list, references_like

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def cases(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> list[Case]:
    """Five cases, the oldest first; two were sent in the same instant."""
    found = [apply(citizen, licence, licence_answers) for _ in range(5)]
    for number, case in enumerate(found):
        at = START + timedelta(hours=min(number, 3))
        Case.objects.filter(pk=case.pk).update(submitted_at=at, state="approved" if number % 2 else "sent")
    return found


def references(page: Any) -> list[str]:
    return [line.reference for line in page.lines]


def test_pages_follow_each_other_newest_first_in_both_directions(cases: list[Case], clerk: User) -> None:
    newest = [case.reference for case in reversed(cases)]
    first = case_list(clerk, limit=2)
    second = case_list(clerk, limit=2, after=first.next_place)
    third = case_list(clerk, limit=2, after=second.next_place)
    assert references(first) + references(second) + references(third) == newest
    assert (first.previous_place, third.next_place) == (None, None)
    assert references(case_list(clerk, limit=2, before=third.previous_place)) == newest[2:4]
    assert references(case_list(clerk, limit=2, before=second.previous_place)) == newest[:2]


@pytest.mark.parametrize(("language", "word"), [("en", "Goods"), ("fr", "Marchandises"), ("de", "Goods")])
def test_the_line_of_a_case_is_in_the_language_of_its_reader(
    cases: list[Case], clerk: User, language: str, word: str
) -> None:
    assert case_list(clerk, language=language).lines[0].summary == f"Green Basket Ltd, {word}"


def test_one_state_alone(cases: list[Case], clerk: User) -> None:
    assert references(case_list(clerk, state="approved")) == [cases[3].reference, cases[1].reference]
    assert references(case_list(clerk, state="nonsense")) == references(case_list(clerk))


def test_a_clerk_of_another_department_sees_none(
    cases: list[Case], foreign_clerk: User, citizen: User
) -> None:
    assert references(case_list(foreign_clerk)) == []
    assert references(case_list(citizen)) == []
    assert references_like(foreign_clerk, cases[0].reference) == []


def test_an_auditor_reads_no_names(cases: list[Case], auditor: User) -> None:
    assert {line.applicant for line in case_list(auditor).lines} == {""}


def test_a_page_costs_the_same_whatever_it_holds(cases: list[Case], clerk: User) -> None:
    case_list(clerk)
    with CaptureQueriesContext(connection) as queries:
        case_list(clerk)
    assert len(queries) <= 3


def test_a_reference_is_found_by_its_number_alone(cases: list[Case], clerk: User) -> None:
    number = cases[1].reference.rpartition("-")[2]
    assert references_like(clerk, f" {int(number)} ") == [cases[1].reference]
    assert references_like(clerk, cases[1].reference.lower()) == [cases[1].reference]
    assert references_like(clerk, "TRL-") == []


@pytest.mark.parametrize("text", ["", None, "x", "1", "1.", "9" * 18 + ".1", "1.2.3", "-.1"])
def test_a_place_that_is_none_is_the_first_page(text: str | None) -> None:
    assert CasePlace.read(text) is None


def test_a_place_survives_its_text() -> None:
    place = CasePlace(datetime(2026, 11, 2, 9, 0, 0, 123456, tzinfo=UTC), 7)
    assert CasePlace.read(str(place)) == place
