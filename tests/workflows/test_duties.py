"""Nobody decides on their own application, nor approves answers that they have changed."""

from __future__ import annotations

import pytest
from django.test import Client

from engine.departments.access import AccessRefused, grant_role
from engine.departments.roles import Role
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import task
from workflows import services
from workflows.models import Case, WorkItem
from workflows.selectors.cases import case_view
from workflows.services.refusals import ChangedAnswers, OwnApplication
from workflows.starting import Beginning, start_case

pytestmark = pytest.mark.django_db
SIGN = {"key": "approve", "type": "approval", "title": "Approve", "role": "clerk"}
SIGN |= {"approve": "done", "reject": "refused"}


@pytest.fixture
def own_case(publish, clerk):
    """A case that a clerk of the department applied for."""

    def begin(package, **more) -> Case:
        version = publish(package)
        answers = {"trade": "Fruit", "amount": "9000.00", "owner": "Leila Haddad"}
        said = {"applicant": clerk, "reference": "STL-2026-000001", "language": "en", "answers": answers}
        return start_case(version, **said, **more)

    return begin


def at(case: Case, node_key: str) -> WorkItem:
    return WorkItem.objects.get(process=case, node_key=node_key, finished=None)


def refused_everywhere(case: Case, node_key: str, person, outcome: str, why: type[Exception]) -> None:
    item = at(case, node_key)
    for verb in (
        lambda: services.claim(item_id=item.pk, by=person),
        lambda: services.decide(item_id=item.pk, by=person, outcome=outcome, reason="I like it."),
    ):
        with pytest.raises(why) as refused:
            verb()
        assert "somebody else must do this" in refused.value.sentence
    assert at(case, node_key).owner_id is None


def test_a_clerk_neither_takes_nor_decides_their_own_application(
    own_case, simple_package, clerk, second_clerk, foreign_clerk
):
    case = own_case(simple_package)
    refused_everywhere(case, "check", clerk, "accept", OwnApplication)
    with pytest.raises(AccessRefused):
        services.decide(item_id=at(case, "check").pk, by=foreign_clerk, outcome="accept")
    assert services.claim_next(by=clerk) is None
    services.decide(item_id=at(case, "check").pk, by=second_clerk, outcome="accept")
    assert at(case, "approve").owner_id is None


def test_the_page_of_the_case_says_why(own_case, simple_package, clerk, second_clerk):
    case = own_case(simple_package)
    actions = case_view(clerk, case.reference, language="en").actions
    assert (actions.duty, actions.may_claim, actions.choices) == ("applied", False, [])
    assert case_view(second_clerk, case.reference, language="en").actions.may_claim
    client = Client()
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/work/cases/{case.reference}/").content.decode()
    assert "This is your own application, so somebody else must do this." in page


def test_work_is_not_given_to_who_applied(own_case, simple_package, clerk, supervisor):
    item = at(own_case(simple_package), "check")
    with pytest.raises(OwnApplication):
        services.assign(item_id=item.pk, to=clerk, by=supervisor)


def test_in_a_service_for_staff_who_asked_prepares_and_somebody_else_approves(
    own_case, simple_package, clerk, second_clerk
):
    package = with_nodes(simple_package, task("check", "approve"), SIGN) | {"audience": "staff"}
    case = own_case(package)
    services.decide(item_id=at(case, "check").pk, by=clerk, outcome="done")
    refused_everywhere(case, "approve", clerk, "approve", OwnApplication)
    services.decide(item_id=at(case, "approve").pk, by=second_clerk, outcome="approve")


def test_who_opened_a_case_as_staff_goes_on_with_it_and_does_not_approve_it(
    own_case, simple_package, clerk, second_clerk
):
    opened = {"key": "opened", "type": "manual_start", "title": "From paper", "next": "check"}
    package = with_nodes(simple_package, task("check", "approve"), SIGN)
    package["workflow"]["nodes"].append(opened)
    case = own_case(package, beginning=Beginning(start="opened", by=clerk))
    services.decide(item_id=at(case, "check").pk, by=clerk, outcome="done")
    refused_everywhere(case, "approve", clerk, "approve", OwnApplication)
    services.decide(item_id=at(case, "approve").pk, by=second_clerk, outcome="approve")


def test_nobody_votes_on_their_own_application(own_case, simple_package, clerk, second_clerk, foreign_clerk):
    board = {**SIGN, "who": [{"seats": "everyone"}], "rule": {"type": "any"}}
    case = own_case(with_nodes(simple_package, board) | {"audience": "staff"})
    seats = WorkItem.objects.filter(process=case, node_key="approve").exclude(owner=None)
    assert {seat.owner for seat in seats} == {second_clerk}
    (round_of_votes,) = case_view(clerk, case.reference, language="en").approvals
    assert round_of_votes.duty == "applied"
    with pytest.raises(AccessRefused):
        services.decide(item_id=seats[0].pk, by=foreign_clerk, outcome="approve")


def test_who_has_changed_answers_does_not_approve_them(
    begin, publish, simple_package, administrator, clerk, foreign_clerk, licensing
):
    table = {
        "inputs": [{"expression": "answers.amount", "type": "decimal"}],
        "outputs": [{"key": "fee", "type": "integer"}],
        "rows": [{"when": [">= 0"], "then": ["5"]}, {"when": ["< 0"], "then": ["9"]}],
    }
    fee = {"key": "fee", "type": "decision_table", "table": table, "next": "approve"}
    case = begin(publish(with_nodes(simple_package, fee, SIGN)), amount=None)
    for person, refusal in ((foreign_clerk, AccessRefused), (clerk, AccessRefused)):
        with pytest.raises(refusal):
            services.mend_answers(
                reference=case.reference, given={"amount": "7.00"}, reason="Typed wrongly", by=person
            )
    services.mend_answers(
        reference=case.reference, given={"amount": "7.00"}, reason="Typed wrongly", by=administrator
    )
    failed = WorkItem.objects.get(process=case, node_key="fee")
    services.retry_step(item_id=failed.pk, by=administrator)
    grant_role(administrator, Role.CLERK, licensing)
    refused_everywhere(case, "approve", administrator, "approve", ChangedAnswers)
    assert case_view(administrator, case.reference, language="en").actions.duty == "changed"
    services.decide(item_id=at(case, "approve").pk, by=clerk, outcome="approve")
