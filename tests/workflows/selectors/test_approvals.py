"""An approval as the page of a case shows it."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.departments.access import forget, grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.workflows.published import *  # noqa: F403  fixtures
from tests.workflows.published import text_of
from workflows import services
from workflows.models import Case, Service, WorkItem
from workflows.selectors.applications import application
from workflows.selectors.approvals import approvals_of
from workflows.selectors.cases import case_view
from workflows.selectors.stages import items_of
from workflows.services.package_text import read_package

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence(founder: User, licensing: Department) -> Service:
    """The trade licence, approved by two of three; who holds the last vote has a veto."""
    document: Any = read_package(text_of("licensing/trade-licence.yaml"))
    for node in document["workflow"]["nodes"]:
        if node["key"] == "approve":
            node["who"] = [{"seats": 2}, {"veto": True, "weight": 2}]
            node["rule"] = {"type": "veto", "needed": 2}
    report = services.import_package(source=document, department=licensing, by=founder)
    services.publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service


@pytest.fixture
def voting(licence_case: Case, clerk: User, item_at: Callable[[Case, str], int]) -> Case:
    """A case that has come to the approval; the clerk has checked it."""
    services.decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    return licence_case


def seats(case: Case) -> list[WorkItem]:
    """The votes."""
    return list(WorkItem.objects.filter(process=case, node_key="approve", kind="person").order_by("pk"))


def test_it_says_who_has_decided_who_is_missing_and_the_rule(
    voting: Case, supervisor: User, second_supervisor: User
) -> None:
    services.decide(item_id=seats(voting)[0].pk, by=supervisor, outcome="approve", reason="Fine")
    services.claim(item_id=seats(voting)[1].pk, by=second_supervisor)
    (approval,) = case_view(second_supervisor, voting.reference).approvals
    assert approval.rule.startswith("2 of 3 must approve.")
    assert [(line.name, line.vote, line.reason) for line in approval.lines] == [
        ("Ines Rocha", "approve", "Fine"),
        ("Tomas Lind", "", ""),
        ("", "", ""),
    ]
    assert [line.veto for line in approval.lines] == [False, False, True]
    assert (approval.weighs, approval.result, approval.earlier) == (False, "", "")


def test_the_result_stands_when_it_is_over(
    voting: Case,
    supervisor: User,
    second_supervisor: User,
    person: Callable[..., User],
    licensing: Department,
) -> None:
    third = person("Third Member", Role.SUPERVISOR, licensing)
    services.decide(item_id=seats(voting)[2].pk, by=third, outcome="approve")
    services.decide(item_id=seats(voting)[0].pk, by=supervisor, outcome="approve")
    (approval,) = approvals_of(third, voting, items_of(voting), "fr")
    assert approval.result == "Approuver"
    assert [line.name for line in approval.lines] == ["Ines Rocha", "Third Member"]


def test_who_checked_the_case_is_told_that_they_have_no_vote(
    voting: Case, clerk: User, person: Callable[..., User], licensing: Department
) -> None:
    grant_role(clerk, Role.SUPERVISOR, licensing)
    forget(clerk)
    view = case_view(clerk, voting.reference)
    assert view.approvals[0].earlier == "Check documents"
    assert view.actions.done_by_you == "Check documents"


def test_who_has_voted_can_not_vote_again_and_is_told_so(voting: Case, supervisor: User) -> None:
    services.decide(item_id=seats(voting)[0].pk, by=supervisor, outcome="approve")
    actions = case_view(supervisor, voting.reference).actions
    assert (actions.voted, actions.choices, actions.may_claim) == (True, [], False)


def test_an_approval_is_one_stage_however_many_vote(voting: Case, supervisor: User) -> None:
    services.decide(item_id=seats(voting)[0].pk, by=supervisor, outcome="approve")
    stages = [
        stage.state for stage in case_view(supervisor, voting.reference).stages if stage.key == "approve"
    ]
    assert stages == ["now"]


def test_a_case_without_votes_shows_none(licence_case: Case, clerk: User) -> None:
    assert case_view(clerk, licence_case.reference).approvals == []


def test_the_applicant_reads_the_reasons_of_those_who_refused(
    voting: Case, supervisor: User, second_supervisor: User
) -> None:
    first, second, _ = seats(voting)
    services.decide(item_id=second.pk, by=second_supervisor, outcome="reject", reason="No water")
    services.decide(item_id=first.pk, by=supervisor, outcome="reject", reason="Too narrow")
    assert application(voting.applicant, voting.reference, "en").reason == "Too narrow\n\nNo water"
