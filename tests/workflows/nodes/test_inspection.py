"""An inspection: where to go, what was found, and what came out."""

import copy

import pytest

from engine.departments.access import AccessRefused
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import open_steps, visits
from workflows.models import Case, CaseState
from workflows.refusals import AlreadyDecided
from workflows.selectors.cases import case_view
from workflows.services import decide, withdraw
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
SHEET = {
    "title": "Findings",
    "pages": [
        {
            "key": "sheet",
            "title": "Findings",
            "fields": [{"key": "water", "type": "short_text", "label": "Water"}],
        }
    ],
}
VISIT = {
    "key": "check",
    "type": "inspection",
    "title": "Visit",
    "role": "clerk",
    "form": "sheet",
    "place": "trade",
    "outcomes": [
        {"key": "fit", "label": "Fit", "next": "done"},
        {"key": "unfit", "label": "Unfit", "next": "refused", "reason": "required"},
    ],
}


@pytest.fixture(autouse=True)
def package(package):
    """The small service with a sheet for findings."""
    package = copy.deepcopy(package)
    package["forms"]["sheet"] = SHEET
    return package


def test_what_was_found_is_kept_and_decides_the_way(running, clerk, second_clerk, open_work):
    case = running(VISIT)
    item = open_work(case, "check")
    decide(item_id=item.pk, by=clerk, outcome="fit", answers={"water": "good"})
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.work["check"]["water"]) == (CaseState.APPROVED, "good")
    with pytest.raises(AlreadyDecided):
        decide(item_id=item.pk, by=second_clerk, outcome="unfit", reason="x", answers={"water": "bad"})


def test_staff_read_where_to_go_and_strangers_do_not(running, clerk, foreign_clerk, open_work):
    case = running(VISIT)
    assert case_view(clerk, case.reference).actions.place == "trade"
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, case.reference)
    with pytest.raises(AccessRefused):
        decide(item_id=open_work(case, "check").pk, by=foreign_clerk, outcome="fit")
    assert open_steps(case) == ["check"]


def test_it_is_cancelled_when_the_applicant_withdraws(running, citizen, clerk, open_work):
    case = running(VISIT)
    item = open_work(case, "check")
    withdraw(reference=case.reference, by=citizen)
    assert visits(case, "check") == ["CANCELED"]
    with pytest.raises(AlreadyDecided):
        decide(item_id=item.pk, by=clerk, outcome="fit", answers={"water": "good"})


def test_a_place_that_nobody_is_asked_for_and_doubled_outcomes_are_named(package):
    wrong = {**VISIT, "place": "moon", "outcomes": VISIT["outcomes"][:1] * 2}
    found = {
        problem.where.rpartition("].")[2]: problem.sentence
        for problem in check_package(with_nodes(package, wrong)).must_mend
    }
    assert found["place"] == 'The application has no question "moon".'
    assert any("is there twice" in sentence for sentence in found.values())
    assert not check_package(with_nodes(package, VISIT)).must_mend
