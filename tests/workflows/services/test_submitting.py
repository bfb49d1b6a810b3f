"""Sending an application: once, whatever happens."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from engine.audit.selectors import history
from engine.departments.access import AccessRefused, revoke_role
from engine.departments.models import User
from engine.departments.roles import Role
from engine.messages.models import Letter, OutboxMessage
from workflows.models import Case, CaseState, Draft, Service, Submission
from workflows.services import AnswersRefused, DraftMoved, submit

pytestmark = pytest.mark.django_db


def test_a_complete_draft_becomes_a_case(licence_case: Case, citizen: User) -> None:
    assert licence_case.reference.startswith("TRL-")
    assert licence_case.reference.endswith("-000001")
    assert licence_case.state == CaseState.SENT
    assert licence_case.summary == "Green Basket Ltd, Goods"
    assert licence_case.summaries == {
        "fr": "Green Basket Ltd, Marchandises",
        "ar": "Green Basket Ltd, بضائع",
    }
    assert Submission.objects.get(case=licence_case).answers["business_name"] == "Green Basket Ltd"
    assert [entry.verb for entry in history(licence_case.chain)] == ["case.sent"]
    assert Letter.objects.get(case_reference=licence_case.reference).recipient == citizen
    assert OutboxMessage.objects.filter(topic="letter").count() == 1


def test_a_second_press_gives_the_same_case(
    fill: Callable[..., Draft], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    draft = fill(citizen, licence, licence_answers)
    first = submit(draft, by=citizen, revision=draft.revision)
    again = submit(draft, by=citizen, revision=0)
    assert first.pk == again.pk
    assert Case.objects.count() == 1


def test_the_answers_of_a_sent_draft_live_in_the_case_only(licence_case: Case) -> None:
    assert Draft.objects.get(submitted_case=licence_case).answers == {}


def test_an_incomplete_draft_is_refused_with_every_page(
    fill: Callable[..., Draft], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    del licence_answers["plan"], licence_answers["business_name"]
    with pytest.raises(AnswersRefused) as refused:
        submit(fill(citizen, licence, licence_answers), by=citizen)
    assert list(refused.value.errors) == ["your_business", "documents"]
    assert Case.objects.count() == 0


def test_answers_that_are_hidden_are_not_kept(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    case = apply(citizen, licence, {**licence_answers, "cooking_with": ["gas"], "sells_alcohol": True})
    assert "cooking_with" not in case.answers
    assert "sells_alcohol" not in case.answers


def test_answers_that_changed_since_they_were_looked_at_are_not_sent(
    fill: Callable[..., Draft], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    draft = fill(citizen, licence, licence_answers)
    with pytest.raises(DraftMoved):
        submit(draft, by=citizen, revision=draft.revision - 1)


def test_a_draft_of_somebody_else_does_not_exist(
    fill: Callable[..., Draft], citizen: User, other_citizen: User, licence: Service
) -> None:
    with pytest.raises(Draft.DoesNotExist):
        submit(fill(citizen, licence, {}), by=other_citizen)


def test_who_left_the_department_cannot_send_to_its_staff_service(
    person: Callable[..., User], fill: Callable[..., Draft], works: Any, purchase: Service
) -> None:
    clerk = person("Jonas Weber", Role.CLERK, works)
    draft = fill(clerk, purchase, {})
    revoke_role(clerk, Role.CLERK, works)
    with pytest.raises(AccessRefused):
        submit(draft, by=clerk)


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_make_one_case(
    fill: Callable[..., Draft], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    draft = fill(citizen, licence, licence_answers)
    references: list[str] = []
    start = threading.Barrier(8)

    def press() -> None:
        start.wait()
        try:
            references.append(submit(Draft.objects.get(pk=draft.pk), by=citizen).reference)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(references) == 8
    assert len(set(references)) == 1
    assert Case.objects.count() == 1
    assert Letter.objects.count() == 1
