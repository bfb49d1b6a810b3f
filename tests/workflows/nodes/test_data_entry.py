"""Typing for the applicant: kept as staff's record, and recorded as done for them."""

import copy
import json

import pytest

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import open_steps, visits
from workflows.models import Case, CaseState
from workflows.refusals import AlreadyDecided
from workflows.services import decide, withdraw
from workflows.services.refusals import AnswersRefused
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
PAPER = {
    "title": "Paper form",
    "pages": [
        {"key": "paper", "title": "Paper", "fields": [{"key": "said", "type": "short_text", "label": "Said"}]}
    ],
}
ENTER = {
    "key": "check",
    "type": "data_entry",
    "title": "Enter the paper form",
    "role": "clerk",
    "form": "paper",
    "next": "done",
}


@pytest.fixture(autouse=True)
def package(package):
    """The small service with a form that comes on paper."""
    package = copy.deepcopy(package)
    package["forms"]["paper"] = PAPER
    return package


def test_what_was_typed_is_kept_and_recorded_as_for_the_applicant(running, clerk, citizen, open_work):
    case = running(ENTER)
    item = open_work(case, "check")
    decide(item_id=item.pk, by=clerk, outcome="done", answers={"said": "yes"})
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.work["check"]["said"]) == (CaseState.APPROVED, "yes")
    entry = history(case.chain).get(verb="work.decided")
    assert (entry.actor, json.loads(entry.details)["on_behalf"]) == (clerk, citizen.pk)
    with pytest.raises(AlreadyDecided):
        decide(item_id=item.pk, by=clerk, outcome="done", answers={"said": "no"})


def test_an_empty_form_and_a_stranger_are_refused(running, clerk, foreign_clerk, open_work):
    case = running(ENTER)
    item = open_work(case, "check")
    with pytest.raises(AnswersRefused):
        decide(item_id=item.pk, by=clerk, outcome="done", answers={})
    with pytest.raises(AccessRefused):
        decide(item_id=item.pk, by=foreign_clerk, outcome="done", answers={"said": "yes"})
    assert open_steps(case) == ["check"]


def test_it_is_cancelled_when_the_applicant_withdraws(running, citizen):
    case = running(ENTER)
    withdraw(reference=case.reference, by=citizen)
    assert visits(case, "check") == ["CANCELED"]


def test_a_form_that_is_missing_is_named(package):
    assert check_package(with_nodes(package, {**ENTER, "form": "nowhere"})).must_mend
    assert not check_package(with_nodes(package, ENTER)).must_mend
