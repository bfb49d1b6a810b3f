"""Why a question of a case was asked or not: for staff of the department, recorded where answers are told."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from tests.workflows.published import text_of
from workflows.models import Case
from workflows.services import NothingToExplain, explain, import_package, publish, questions_of

pytestmark = pytest.mark.django_db
PUBLIC = "data_class: public\n          - key: cooking_with"


@pytest.fixture
def private_case(
    licensing: Department,
    founder: User,
    citizen: User,
    apply: Callable[..., Case],
    licence_answers: dict[str, Any],
) -> Case:
    """An application for a trade licence that counts the trade as personal."""
    text = text_of("licensing/trade-licence.yaml").replace(PUBLIC, PUBLIC.replace("public", "personal"))
    service = import_package(source=text, department=licensing, by=founder).service
    publish(service=service, by=founder)
    service.refresh_from_db()
    return apply(citizen, service, licence_answers)


def test_a_hidden_question_is_explained_by_the_answers_that_hide_it(licence_case: Case, clerk: User) -> None:
    found = explain(reference=licence_case.reference, name="cooking_with", by=clerk)
    assert "is hidden" in found.label
    assert [line.text for line in found.reasons.lines[1:]] == [
        "“What will you mainly sell?” (Goods) is “Hot food or drinks”: no"
    ]


def test_reading_public_answers_leaves_no_record(licence_case: Case, clerk: User) -> None:
    before = history(licence_case.chain).count()
    assert explain(reference=licence_case.reference, name="cooking_with", by=clerk).reasons.told == {"trade"}
    assert history(licence_case.chain).count() == before


def test_telling_personal_answers_is_recorded_without_the_answers(private_case: Case, clerk: User) -> None:
    before = history(private_case.chain).count()
    questions_of(reference=private_case.reference, by=clerk)
    assert history(private_case.chain).count() == before
    explain(reference=private_case.reference, name="cooking_with", by=clerk)
    entry = history(private_case.chain).last()
    assert entry is not None
    assert (entry.verb, entry.actor) == ("personal_data.read", clerk)
    assert json.loads(entry.details) == {"fields": ["trade"]}
    assert history(private_case.chain).count() == before + 1


def test_who_may_not_read_answers_is_told_the_rules_without_them(private_case: Case, auditor: User) -> None:
    before = history(private_case.chain).count()
    found = explain(reference=private_case.reference, name="cooking_with", by=auditor)
    assert any("not to be seen" in line.text for line in found.reasons.lines)
    assert not any("(Goods)" in line.text for line in found.reasons.lines)
    assert not found.reasons.told
    assert history(private_case.chain).count() == before


def test_a_clerk_of_another_department_is_refused(licence_case: Case, foreign_clerk: User) -> None:
    before = history(licence_case.chain).count()
    with pytest.raises(AccessRefused):
        explain(reference=licence_case.reference, name="cooking_with", by=foreign_clerk)
    with pytest.raises(AccessRefused):
        questions_of(reference=licence_case.reference, by=foreign_clerk)
    assert history(licence_case.chain).count() == before


def test_an_applicant_finds_no_reasons(licence_case: Case, citizen: User) -> None:
    with pytest.raises(Case.DoesNotExist):
        explain(reference=licence_case.reference, name="cooking_with", by=citizen)


@pytest.mark.parametrize("name", ["nothing", "plan-0-x", "", "a-b-c", "\x00"])
def test_what_the_form_does_not_have_cannot_be_explained(name: str, licence_case: Case, clerk: User) -> None:
    with pytest.raises(NothingToExplain):
        explain(reference=licence_case.reference, name=name, by=clerk)
