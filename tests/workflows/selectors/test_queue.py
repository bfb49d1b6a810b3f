"""The queue: whose departments, in which order, page by page, with a constant number of statements."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engine.departments.access import forget, grant_role
from engine.departments.models import User
from engine.departments.roles import Role
from workflows.models import Case, Service, WorkItem
from workflows.selectors.queue import queue
from workflows.selectors.queue_filters import VIEWS, Place, QueueFilters
from workflows.services import claim, decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> list[Case]:
    """Seven cases, due day after day; two are late, one has no due time."""
    made = [apply(citizen, licence, licence_answers) for _ in range(7)]
    for number, case in enumerate(made):
        due_at = timezone.now() + timedelta(days=number - 2, minutes=5) if number < 6 else None
        WorkItem.objects.filter(process=case, node_key="check").update(due_at=due_at)
    return made


def references(page: Any) -> list[str]:
    return [row.reference for row in page.rows]


def test_the_most_urgent_come_first_and_undated_last(cases: list[Case], clerk: User) -> None:
    page = queue(clerk)
    assert references(page) == [case.reference for case in cases]
    assert [row.due.kind for row in page.rows][:2] == ["late", "late"]
    assert page.rows[-1].due.kind == "none"
    assert page.rows[0].applicant == "Leila Haddad"
    assert page.rows[0].step.title == "Check documents"
    assert page.rows[0].summary == "Green Basket Ltd, Goods"
    assert page.counts == {"mine": 0, "team": 7, "late": 2, "waiting": 0}


@pytest.mark.parametrize(("language", "word"), [("en", "Goods"), ("fr", "Marchandises"), ("de", "Goods")])
def test_the_line_of_a_case_is_in_the_language_of_its_reader(
    cases: list[Case], clerk: User, language: str, word: str
) -> None:
    assert queue(clerk, limit=1, language=language).rows[0].summary == f"Green Basket Ltd, {word}"


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 25])
def test_pages_follow_each_other_forwards_and_backwards(cases: list[Case], clerk: User, limit: int) -> None:
    everything = [case.reference for case in cases]
    seen: list[str] = []
    page = queue(clerk, limit=limit)
    assert page.previous_place is None
    pages = [references(page)]
    while page.next_place is not None:
        page = queue(clerk, limit=limit, after=Place.read(str(page.next_place)))
        pages.append(references(page))
    assert [reference for part in pages for reference in part] == everything
    for part in reversed(pages[:-1]):
        assert page.previous_place is not None
        page = queue(clerk, limit=limit, before=Place.read(str(page.previous_place)))
        assert references(page) == part
        seen += part
    assert page.previous_place is None


@pytest.mark.parametrize(
    "text", ["", "x", "1", "1.", ".1", "-.", "1.1.1", "9" * 30 + ".1", "1." + "9" * 30, "-5.2", "\x00"]
)
def test_a_place_that_is_none_shows_the_first_page(text: str) -> None:
    assert Place.read(text) is None


def test_views_and_filters_narrow_the_list(
    cases: list[Case], clerk: User, second_clerk: User, item_at: Callable[[Case, str], int]
) -> None:
    claim(item_id=item_at(cases[3], "check"), by=clerk)
    claim(item_id=item_at(cases[4], "check"), by=second_clerk)
    decide(
        item_id=item_at(cases[5], "check"),
        by=clerk,
        outcome="return",
        return_fields=["plan"],
        note="Again, please",
    )
    assert references(queue(clerk, view="mine")) == [cases[3].reference]
    assert references(queue(clerk, view="late")) == [cases[0].reference, cases[1].reference]
    waiting = queue(clerk, view="waiting")
    assert [(row.reference, row.due.kind, row.may_take) for row in waiting.rows] == [
        (cases[5].reference, "paused", False)
    ]
    assert queue(clerk).counts == {"mine": 1, "team": 6, "late": 2, "waiting": 1}
    wanted = {
        QueueFilters(assigned="nobody"): [0, 1, 2, 6],
        QueueFilters(assigned="me"): [3],
        QueueFilters(assigned=str(second_clerk.public_id)): [4],
        QueueFilters(due="none"): [6],
        QueueFilters(due="late"): [0, 1],
        QueueFilters(reference=cases[2].reference): [2],
        QueueFilters(steps=("approve",)): [],
        QueueFilters(services=(cases[0].service_id,)): [0, 1, 2, 3, 4, 6],
        QueueFilters(services=(0,)): [],
        QueueFilters(reference="%"): [],
    }
    for filters, numbers in wanted.items():
        assert references(queue(clerk, filters=filters)) == [cases[number].reference for number in numbers]


def test_filters_are_read_from_whatever_an_address_says() -> None:
    odd = {
        "service": ["x", "9" * 40, "٣", "7"],
        "due": ["soon"],
        "step": ["\x00"],
        "reference": [" trl-2026 "],
    }
    assert QueueFilters.read(odd) == QueueFilters(services=(7,), reference="TRL-2026")


def test_staff_see_their_own_departments_only(
    cases: list[Case], extract_case: Case, clerk: User, foreign_clerk: User, designer: User, citizen: User
) -> None:
    assert len(queue(clerk).rows) == 7
    assert references(queue(foreign_clerk)) == [extract_case.reference]
    chosen = QueueFilters(departments=(cases[0].department_id,))
    for view in VIEWS:
        assert queue(foreign_clerk, view=view, filters=chosen).rows == []
        assert queue(designer, view=view).rows == []
        assert queue(citizen, view=view).rows == []


def test_an_auditor_sees_cases_without_names(cases: list[Case], auditor: User) -> None:
    assert {row.applicant for row in queue(auditor).rows} == {""}


def test_a_longer_page_costs_no_more_statements(
    cases: list[Case], apply: Callable[..., Case], citizen: User, extract: Service, clerk: User
) -> None:
    queue(clerk)
    counted = []
    for limit in (1, 7):
        forget(clerk)
        with CaptureQueriesContext(connection) as queries:
            queue(clerk, limit=limit)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 5


def test_a_person_in_two_departments_gets_one_list(
    cases: list[Case], extract_case: Case, clerk: User, registry: Any
) -> None:
    grant_role(clerk, Role.CLERK, registry)
    assert len(queue(clerk).rows) == 8
