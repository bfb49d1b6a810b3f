"""Several beginnings, each for its own roles: applicants send, staff take down or open in a state."""

import pytest

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from tests.workflows.complaints import *  # noqa: F403
from tests.workflows.complaints import COMPLAINT, action, stay
from tests.workflows.validator.test_package import found
from workflows.models import Case
from workflows.selectors.first_actions import beginnings
from workflows.selectors.staff_starts import staff_starts
from workflows.services import start_draft
from workflows.services.refusals import ServiceClosed, UnknownOutcome

pytestmark = pytest.mark.django_db


def test_the_applicant_begins_by_their_only_action(complaint):
    assert (complaint.stands_at, complaint.data["work"]["begin"]) == ("filed", {"outcome": "apply"})


def test_staff_take_it_down_by_their_own_action(complain, officer):
    case = complain(officer, start="begin")
    assert (case.stands_at, case.applicant) == ("assigned", officer)


def test_staff_put_a_case_straight_into_a_state(complain, officer):
    case = complain(officer, start="filed")
    assert (case.stands_at, stay(case).role, case.state) == ("filed", "officer", "sent")


def test_the_starts_of_staff_are_listed(officer, field_worker):
    assert [each.key for each in staff_starts(officer, language="en")] == ["begin", "filed"]
    assert staff_starts(field_worker, language="en") == []


def test_an_action_of_staff_is_not_for_applicants(complain, citizen):
    with pytest.raises(AccessRefused):
        complain(citizen, action="take")
    assert not Case.objects.exists()
    row = AuditEntry.objects.get(verb="case.refused")
    assert (row.actor, "take" in row.details) == (citizen, True)


def test_an_action_that_is_not_there(complain, citizen):
    with pytest.raises(UnknownOutcome):
        complain(citizen, action="fly")


def test_one_action_needs_no_choice(complaints, citizen):
    assert beginnings(citizen, start_draft(citizen, complaints, "en"), "en") == []


def test_strangers_cannot_use_the_starts_of_staff(complaints, citizen, foreign_officer):
    for who in (citizen, foreign_officer):
        with pytest.raises((AccessRefused, ServiceClosed)):
            start_draft(who, complaints, "en", start="filed")


def test_what_is_asked_before_a_case_begins_is_asked_in_its_form():
    asks = action("apply", "filed", "applicant", reason="required")
    first = {**COMPLAINT["workflow"]["nodes"][0], "actions": [asks], "form": "nowhere"}
    nodes = [first, *COMPLAINT["workflow"]["nodes"][1:]]
    package = {**COMPLAINT, "workflow": {**COMPLAINT["workflow"], "nodes": nodes}}
    assert {
        ("workflow.nodes[0].form", "unknown_form"),
        ("workflow.nodes[0].actions[0]", "asked_in_form"),
    } <= found(package)
