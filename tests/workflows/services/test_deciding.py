"""Deciding: reasons, staff forms, returns, and who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engine.audit.selectors import history
from engine.departments.models import User
from workflows.models import Case, CaseState, Service, WorkItem
from workflows.services import (
    AlreadyDecided,
    AnswersRefused,
    FieldsMissing,
    NotYours,
    OwnApplication,
    ReasonMissing,
    SamePerson,
    UnknownOutcome,
    claim,
    decide,
)

pytestmark = pytest.mark.django_db
At = Callable[[Case, str], int]


def test_accepting_brings_the_case_to_the_next_step(licence_case: Case, item_at: At, clerk: User) -> None:
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    assert item_at(licence_case, "approve")
    assert history(licence_case.chain).last().verb == "work.decided"


def test_a_refusal_needs_a_reason(licence_case: Case, item_at: At, clerk: User) -> None:
    item = item_at(licence_case, "check")
    for reason in ("", "  \n", "\x00"):
        with pytest.raises(ReasonMissing):
            decide(item_id=item, by=clerk, outcome="refuse", reason=reason)
    decide(item_id=item, by=clerk, outcome="refuse", reason="The plan is of another house.")
    licence_case.refresh_from_db()
    assert licence_case.state == CaseState.REFUSED


def test_an_outcome_that_the_step_does_not_have_is_refused(
    licence_case: Case, item_at: At, clerk: User
) -> None:
    with pytest.raises(UnknownOutcome):
        decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="approve")


def test_an_item_of_a_colleague_is_not_decided(
    licence_case: Case, item_at: At, clerk: User, second_clerk: User
) -> None:
    item = item_at(licence_case, "check")
    claim(item_id=item, by=clerk)
    with pytest.raises(NotYours):
        decide(item_id=item, by=second_clerk, outcome="accept")


def test_deciding_twice_names_who_was_first(
    licence_case: Case, item_at: At, clerk: User, second_clerk: User
) -> None:
    item = item_at(licence_case, "check")
    decide(item_id=item, by=clerk, outcome="accept")
    with pytest.raises(AlreadyDecided) as refused:
        decide(item_id=item, by=second_clerk, outcome="accept")
    assert refused.value.by_name == "Noor Amari"


def test_the_form_of_a_step_is_judged_on_the_server(
    apply: Callable[..., Case],
    citizen: User,
    licence: Service,
    licence_answers: dict[str, Any],
    item_at: At,
    clerk: User,
) -> None:
    case = apply(citizen, licence, {**licence_answers, "trade": "repairs"})
    decide(item_id=item_at(case, "check"), by=clerk, outcome="accept")
    item = item_at(case, "inspect")
    bad: list[dict[str, Any]] = [
        {},
        {"visited_on": "2026-02-31", "result": "suitable"},
        {"visited_on": "2026-03-02", "result": "perhaps"},
        {"visited_on": "2026-03-02", "result": "unsuitable"},
        {"visited_on": ["x"], "result": {"a": 1}},
    ]
    for answers in bad:
        with pytest.raises(AnswersRefused):
            decide(item_id=item, by=clerk, outcome="done", answers=answers)
    good = {"visited_on": "2026-03-02", "result": "suitable", "unknown": "dropped"}
    decide(item_id=item, by=clerk, outcome="done", answers=good)
    case.refresh_from_db()
    assert case.work["inspect"] == {"visited_on": "2026-03-02", "result": "suitable", "outcome": "done"}


def test_two_approvals_by_two_people_who_did_not_check(
    licence_case: Case,
    item_at: At,
    clerk: User,
    supervisor: User,
    second_supervisor: User,
    administrator: User,
) -> None:
    decide(item_id=item_at(licence_case, "check"), by=supervisor, outcome="accept")
    with pytest.raises(SamePerson):
        decide(item_id=item_at(licence_case, "approve"), by=supervisor, outcome="approve")
    decide(item_id=item_at(licence_case, "approve"), by=second_supervisor, outcome="approve")
    decide(item_id=item_at(licence_case, "approve_head"), by=administrator, outcome="approve")
    assert WorkItem.objects.get(process=licence_case, node_key="licence").status == "SCHEDULED"


def test_a_return_names_answers_and_says_why(licence_case: Case, item_at: At, clerk: User) -> None:
    item = item_at(licence_case, "check")
    refused: list[dict[str, Any]] = [
        {"return_fields": [], "note": "Look again"},
        {"return_fields": ["plan"], "note": " "},
        {"return_fields": ["plan", "no_such_field"], "note": "Look again"},
        {"return_fields": ["cooking_with"], "note": "That question was not asked"},
    ]
    for asked in refused:
        with pytest.raises(FieldsMissing):
            decide(item_id=item, by=clerk, outcome="return", **asked)
    decide(
        item_id=item, by=clerk, outcome="return", return_fields=["plan"], note="No doors are shown.", days=3
    )
    asked_item = WorkItem.objects.get(pk=item_at(licence_case, "correct"))
    assert asked_item.data["fields"] == ["plan"]
    assert asked_item.data["note"] == "No doors are shown."
    deadline = asked_item.deadlines.get()
    assert deadline.due_at == asked_item.due_at
    assert (asked_item.due_at - asked_item.created).days <= 6


def test_a_large_purchase_needs_the_administrator_too(
    apply: Callable[..., Case], person: Callable[..., User], purchase: Service, works: Any, item_at: At
) -> None:
    from engine.departments.roles import Role

    asker, checker = person("Jonas Weber", Role.CLERK, works), person("Lucie Garnier", Role.CLERK, works)
    boss, head = (
        person("Helena Brandt", Role.SUPERVISOR, works),
        person("Daniel Costa", Role.ADMINISTRATOR, works),
    )
    common = {"item": "Bench", "supplier": "Parkline", "cost_centre": "parks", "reason": "It is broken."}
    small = apply(asker, purchase, {**common, "amount": "900.00"})
    with pytest.raises(OwnApplication):
        decide(item_id=item_at(small, "review"), by=asker, outcome="approve")
    decide(item_id=item_at(small, "review"), by=checker, outcome="approve")
    decide(item_id=item_at(small, "confirm"), by=boss, outcome="approve")
    small.refresh_from_db()
    assert small.state == CaseState.APPROVED
    offer = {
        "document": "0198c0de-0000-7000-8000-000000000001",
        "name": "a.pdf",
        "size": 1,
        "type": "application/pdf",
    }
    large = apply(asker, purchase, {**common, "amount": "5000.01", "offer": offer})
    decide(item_id=item_at(large, "review"), by=checker, outcome="approve")
    decide(item_id=item_at(large, "confirm"), by=boss, outcome="approve")
    decide(item_id=item_at(large, "confirm_head"), by=head, outcome="approve")
    large.refresh_from_db()
    assert large.outcome == "approved"


def test_a_decision_costs_few_statements(
    apply: Callable[..., Case],
    citizen: User,
    licence: Service,
    licence_answers: dict[str, Any],
    item_at: At,
    clerk: User,
) -> None:
    """P1: the lock, the work, and one flush; deadlines of the step cost no more statements."""
    warm, case = apply(citizen, licence, licence_answers), apply(citizen, licence, licence_answers)
    for each in (warm, case):
        claim(item_id=item_at(each, "check"), by=clerk)
    decide(item_id=item_at(warm, "check"), by=clerk, outcome="accept")
    item = item_at(case, "check")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        decide(item_id=item, by=clerk, outcome="accept")
    sent = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sent) <= 4, sent
