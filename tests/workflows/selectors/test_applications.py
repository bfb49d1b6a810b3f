"""Applications as their applicant sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engine.departments.models import User
from workflows.models import Case, Service
from workflows.selectors.applications import application, my_applications, my_drafts, short_name
from workflows.services import decide, start_draft, withdraw

pytestmark = pytest.mark.django_db
At = Callable[[Case, str], int]


@pytest.fixture
def asked(licence_case: Case, item_at: At, clerk: User) -> Case:
    """A case in which it is the applicant's turn."""
    decide(
        item_id=item_at(licence_case, "check"),
        by=clerk,
        outcome="return",
        return_fields=["plan"],
        note="No doors are shown.",
    )
    return licence_case


def test_their_turn_comes_first(
    asked: Case, apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    newer = apply(citizen, licence, licence_answers)
    lines = my_applications(citizen, "en")
    assert [line.reference for line in lines] == [asked.reference, newer.reference]
    assert [line.your_turn for line in lines] == [True, False]
    assert [line.state_text for line in lines] == ["Waiting for you", "Sent"]
    assert lines[0].until is not None


def test_the_page_says_what_is_asked_by_whom_and_until_when(asked: Case, citizen: User) -> None:
    page = application(citizen, asked.reference, "fr")
    assert page.asked is not None
    assert page.asked.fields == ["plan"]
    assert page.asked.labels == ["Plan des locaux"]
    assert page.asked.note == "No doors are shown."
    assert page.asked.by == "Noor A."
    assert page.asked.until is not None
    assert page.asked.ends_without_answer
    assert page.state_text == "En attente de votre réponse"
    assert [(stage.title, stage.state) for stage in page.stages] == [
        ("Vous avez fait votre demande", "done"),
        ("Nous vérifions votre demande", "done"),
        ("Nous attendons vos corrections", "now"),
        ("Nous vérifions votre demande", "ahead"),
        ("Nous prenons une décision", "ahead"),
        ("Vous recevez votre licence au format PDF", "ahead"),
    ]
    assert {stage.by for stage in page.stages} == {""}


def test_the_way_says_where_the_case_is(licence_case: Case, citizen: User, item_at: At, clerk: User) -> None:
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    stages = application(citizen, licence_case.reference, "en").stages
    assert [(stage.title, stage.state) for stage in stages][1:3] == [
        ("We check your application", "done"),
        ("We decide", "now"),
    ]


def test_a_second_approval_that_nobody_is_told_of_is_still_the_decision(
    licence_case: Case, citizen: User, item_at: At, clerk: User, supervisor: User
) -> None:
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    decide(item_id=item_at(licence_case, "approve"), by=supervisor, outcome="approve")
    stages = application(citizen, licence_case.reference, "en").stages
    assert [(stage.title, stage.state) for stage in stages][2:] == [
        ("We decide", "now"),
        ("You get your licence as a PDF", "ahead"),
    ]


def test_a_refusal_says_why(licence_case: Case, citizen: User, item_at: At, clerk: User) -> None:
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="refuse", reason="It is another house.")
    page = application(citizen, licence_case.reference, "en")
    assert (page.state_text, page.reason, page.may_withdraw) == ("Refused", "It is another house.", False)
    assert page.stages[-1].title == "We refused your application"


def test_an_application_of_somebody_else_does_not_exist(
    licence_case: Case, other_citizen: User, clerk: User
) -> None:
    for user in (other_citizen, clerk):
        assert my_applications(user, "en") == []
        with pytest.raises(Case.DoesNotExist):
            application(user, licence_case.reference, "en")


def test_the_list_costs_the_same_for_one_and_for_many(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any]
) -> None:
    counted = []
    for _ in range(3):
        apply(citizen, licence, licence_answers)
        with CaptureQueriesContext(connection) as queries:
            my_applications(citizen, "en")
        counted.append(len(queries))
    assert set(counted) == {2}


def test_drafts_are_listed_until_they_are_sent(citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "en")
    assert [(line.id, line.title) for line in my_drafts(citizen, "ar")] == [
        (str(draft.pk), "طلب رخصة تجارية")
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [("Noor Aziz", "Noor A."), ("Noor", "Noor"), ("Ana Maria de Sousa", "Ana S."), ("", ""), (" X ", "X")],
)
def test_staff_are_named_by_first_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_an_application_that_was_taken_back_says_so_on_its_way(asked: Case, citizen: User) -> None:
    withdraw(reference=asked.reference, by=citizen)
    last = application(citizen, asked.reference, "en").stages[-1]
    assert (last.title, last.state) == ("You withdrew your application", "done")
    assert last.at is not None
