"""The page of a case."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engine.departments.access import AccessRefused
from engine.departments.models import User
from forms_library.answers import PageResult
from workflows.models import Case
from workflows.selectors.cases import case_view
from workflows.services import answer_correction, claim, decide, save_page, start_correction

pytestmark = pytest.mark.django_db
At = Callable[[Case, str], int]


@pytest.fixture
def corrected(licence_case: Case, item_at: At, clerk: User, citizen: User) -> Case:
    """A case whose plan and premises were asked about, and one of them was changed."""
    decide(
        item_id=item_at(licence_case, "check"),
        by=clerk,
        outcome="return",
        return_fields=["plan", "premises"],
        note="The house number is missing.",
    )
    draft = start_correction(licence_case.reference, by=citizen)
    better = {"line_1": "5 Mill Lane", "town": "Old Harbour", "postcode": "40213"}
    draft = save_page(draft, "premises", PageResult({"premises": better}, {}, []), revision=draft.revision)
    return answer_correction(draft, by=citizen, revision=draft.revision)


def rows(view: Any) -> dict[str, Any]:
    return {row.row.field_key: row for section in view.answers.sections for row in section.rows}


def test_it_shows_what_a_clerk_needs(licence_case: Case, clerk: User) -> None:
    view = case_view(clerk, licence_case.reference, view="team")
    assert view.applicant == "Leila Haddad"
    assert view.service_title == "Apply for a trade licence"
    assert view.state == "Sent"
    assert view.answers.sections[0].title == "About you"
    assert [(tile.name, tile.label) for tile in view.documents] == [("plan.png", "Plan of the premises")]
    assert [check.code for check in view.checks] == ["files_clean"]
    assert {event.verb for event in view.timeline} == {"case.sent", "letter.sent"}
    assert view.actions.may_claim
    assert [choice.key for choice in view.actions.choices] == ["accept", "return", "refuse"]
    assert [choice.asks_applicant for choice in view.actions.choices] == [False, True, False]
    assert view.actions.choices[1].days == 10
    assert view.position is not None
    assert (view.position.number, view.position.total) == (1, 1)


def test_what_is_sensitive_is_masked(licence_case: Case, clerk: User) -> None:
    view = case_view(clerk, licence_case.reference)
    identity = rows(view)["applicant_national_id"].row
    assert identity.masked
    assert "880202" not in repr(view.answers)


def test_who_may_not_see_personal_data_sees_none(
    licence_case: Case, auditor: User, administrator: User
) -> None:
    for user in (auditor, administrator):
        view = case_view(user, licence_case.reference)
        assert view.applicant == ""
        assert rows(view)["applicant_name"].row.masked
        assert not rows(view)["business_name"].row.masked
        assert "Leila" not in repr(view.answers)
        assert not view.actions.may_claim


def test_who_has_to_decide_sees_what_there_is_to_decide(
    licence_case: Case, item_at: At, clerk: User, supervisor: User, administrator: User
) -> None:
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    decide(item_id=item_at(licence_case, "approve"), by=supervisor, outcome="approve")
    view = case_view(administrator, licence_case.reference)
    assert view.applicant == "Leila Haddad"
    assert not rows(view)["applicant_name"].row.masked


def test_the_way_says_what_is_done_now_and_ahead(licence_case: Case, item_at: At, clerk: User) -> None:
    stages = case_view(clerk, licence_case.reference).stages
    assert [(stage.title, stage.state) for stage in stages] == [
        ("Applied", "done"),
        ("Check documents", "now"),
        ("Approve", "ahead"),
        ("Final approval", "ahead"),
        ("Issue the licence", "ahead"),
    ]
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="refuse", reason="No.")
    stages = case_view(clerk, licence_case.reference).stages
    assert [(stage.title, stage.state, stage.by) for stage in stages][1:] == [
        ("Check documents", "done", "Noor Amari"),
        ("Refused", "done", ""),
    ]


def test_changed_answers_say_what_stood_there(corrected: Case, clerk: User) -> None:
    view = case_view(clerk, corrected.reference)
    changed = {key: row for key, row in rows(view).items() if row.changed}
    assert list(changed) == ["premises"]
    assert "5 Mill Lane" in changed["premises"].row.value_text
    assert "3 Mill Lane" in changed["premises"].was
    assert view.answers.changed == 1


def test_the_timeline_tells_of_people_and_the_clock(corrected: Case, clerk: User) -> None:
    events = {event.verb: event for event in case_view(clerk, corrected.reference).timeline}
    asked = events["work.decided"]
    assert (asked.who, asked.outcome, asked.clock) == ("Noor Amari", "Return for correction", "stopped")
    assert asked.quote == "The house number is missing."
    assert (events["case.corrected"].who, events["case.corrected"].clock) == ("Leila Haddad", "running")
    assert events["letter.sent"].subject.startswith("We have your application")


def test_who_checked_is_told_why_somebody_else_must_approve(
    licence_case: Case, item_at: At, supervisor: User
) -> None:
    decide(item_id=item_at(licence_case, "check"), by=supervisor, outcome="accept")
    actions = case_view(supervisor, licence_case.reference).actions
    assert actions.done_by_you == "Check documents"
    assert actions.choices == []
    assert not actions.may_claim


def test_an_item_of_a_colleague_offers_no_decision(
    licence_case: Case, item_at: At, clerk: User, second_clerk: User
) -> None:
    claim(item_id=item_at(licence_case, "check"), by=clerk)
    actions = case_view(second_clerk, licence_case.reference).actions
    assert (actions.owner, actions.is_mine, actions.choices) == ("Noor Amari", False, [])
    assert case_view(clerk, licence_case.reference).actions.may_release


def test_staff_of_another_department_are_refused(licence_case: Case, foreign_clerk: User) -> None:
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, licence_case.reference)


@pytest.mark.parametrize("reference", ["", "TRL-2026-999999", "\x00", "x" * 500, "' OR 1=1"])
def test_an_unknown_reference_does_not_exist(licence_case: Case, clerk: User, reference: str) -> None:
    with pytest.raises(Case.DoesNotExist):
        case_view(clerk, reference)


def test_for_citizens_no_case_page_exists(licence_case: Case, citizen: User) -> None:
    with pytest.raises(Case.DoesNotExist):
        case_view(citizen, licence_case.reference)


def test_a_case_with_more_behind_it_costs_no_more_statements(
    licence_case: Case, corrected: Case, clerk: User
) -> None:
    case_view(clerk, corrected.reference, view="team")
    with CaptureQueriesContext(connection) as queries:
        case_view(clerk, corrected.reference, view="team")
    assert len(queries) <= 18
