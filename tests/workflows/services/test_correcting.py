"""Correcting what a clerk asked about, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.departments.models import User
from forms_library.answers import PageResult
from workflows.models import Case, CaseState, Draft, Submission, WorkItem
from workflows.services import (
    AnswersRefused,
    NotOpen,
    answer_correction,
    decide,
    discard_draft,
    save_page,
    start_correction,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db
BETTER = {"line_1": "5 Mill Lane", "town": "Old Harbour", "postcode": "40213"}


@pytest.fixture
def asked(licence_case: Case, item_at: Callable[[Case, str], int], clerk: User) -> Case:
    """The clerk asks for the premises and the plan."""
    decide(
        item_id=item_at(licence_case, "check"),
        by=clerk,
        outcome="return",
        return_fields=["premises", "plan"],
        note="The house number is missing.",
    )
    licence_case.refresh_from_db()
    return licence_case


def answered(draft: Draft, **answers: Any) -> Draft:
    return save_page(draft, "premises", PageResult(answers, {}, []), revision=draft.revision)


def test_the_clock_stands_still_while_the_applicant_is_asked(asked: Case) -> None:
    assert asked.state == CaseState.WAITING_FOR_YOU
    assert asked.paused_at is not None


def test_only_the_named_answers_change(asked: Case, citizen: User) -> None:
    draft = answered(
        start_correction(asked.reference, by=citizen), premises=BETTER, business_name="Other Ltd"
    )
    case = answer_correction(draft, by=citizen, revision=draft.revision)
    assert case.answers["premises"] == BETTER
    assert case.answers["business_name"] == "Green Basket Ltd"
    assert (case.state, case.paused_at) == (CaseState.BEING_CHECKED, None)
    assert Submission.objects.get(case=case, number=2).changed == ["premises"]
    assert WorkItem.objects.filter(process=case, node_key="check", finished=None).count() == 1


def test_sending_again_gives_the_same_case(asked: Case, citizen: User) -> None:
    draft = answered(start_correction(asked.reference, by=citizen), premises=BETTER)
    first = submit(draft, by=citizen, revision=draft.revision)
    assert submit(draft, by=citizen, revision=draft.revision).pk == first.pk
    assert Submission.objects.filter(case=first).count() == 2


def test_a_correction_must_be_complete(asked: Case, citizen: User) -> None:
    draft = answered(start_correction(asked.reference, by=citizen), premises=None)
    with pytest.raises(AnswersRefused) as refused:
        answer_correction(draft, by=citizen)
    assert list(refused.value.errors) == ["premises"]


def test_opening_the_correction_twice_gives_one_draft_that_cannot_be_given_up(
    asked: Case, citizen: User
) -> None:
    draft = start_correction(asked.reference, by=citizen)
    assert start_correction(asked.reference, by=citizen).pk == draft.pk
    with pytest.raises(NotOpen):
        discard_draft(draft, by=citizen)


def test_nobody_else_corrects(asked: Case, other_citizen: User, clerk: User) -> None:
    for user in (other_citizen, clerk):
        with pytest.raises(Case.DoesNotExist):
            start_correction(asked.reference, by=user)


def test_nothing_is_corrected_when_nothing_was_asked(licence_case: Case, citizen: User) -> None:
    with pytest.raises(NotOpen):
        start_correction(licence_case.reference, by=citizen)


def test_a_withdrawn_case_takes_no_answer(asked: Case, citizen: User) -> None:
    draft = answered(start_correction(asked.reference, by=citizen), premises=BETTER)
    withdraw(reference=asked.reference, by=citizen)
    with pytest.raises(NotOpen):
        answer_correction(draft, by=citizen)
