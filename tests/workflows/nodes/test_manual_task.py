"""Work outside of the system: taken, said to be done, cancelled, and shown with what is to be done."""

import pytest

from engine.departments.access import AccessRefused
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import open_steps, visits
from workflows.models import Case, CaseState
from workflows.refusals import AlreadyDecided, UnknownOutcome
from workflows.selectors.cases import case_view
from workflows.services import cancel_case, decide
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
POST = {
    "key": "check",
    "type": "manual_task",
    "title": "Post the plate",
    "role": "clerk",
    "instructions": {"en": "By registered mail", "fr": "En recommandé"},
    "due": {"working_days": 2},
    "next": "done",
}


def test_it_is_done_once_and_the_case_goes_on(running, clerk, second_clerk, open_work):
    case = running(POST)
    item = open_work(case, "check")
    assert item.due_at is not None
    decide(item_id=item.pk, by=clerk, outcome="done")
    assert Case.objects.get(pk=case.pk).state == CaseState.APPROVED
    with pytest.raises(AlreadyDecided):
        decide(item_id=item.pk, by=second_clerk, outcome="done")
    assert visits(case, "check") == ["DONE"]


def test_staff_read_what_is_to_be_done(running, clerk):
    case = running(POST)
    assert case_view(clerk, case.reference, language="fr").actions.instructions == "En recommandé"


def test_it_ends_in_one_way_only_and_not_by_strangers(running, clerk, foreign_clerk, open_work):
    case = running(POST)
    item = open_work(case, "check")
    with pytest.raises(UnknownOutcome):
        decide(item_id=item.pk, by=clerk, outcome="perhaps")
    with pytest.raises(AccessRefused):
        decide(item_id=item.pk, by=foreign_clerk, outcome="done")
    assert open_steps(case) == ["check"]


def test_it_is_cancelled_with_its_case(running, supervisor, clerk, open_work):
    case = running(POST)
    item = open_work(case, "check")
    cancel_case(reference=case.reference, reason="x", by=supervisor)
    assert visits(case, "check") == ["CANCELED"]
    with pytest.raises(AlreadyDecided):
        decide(item_id=item.pk, by=clerk, outcome="done")


def test_a_package_with_it_can_be_published(package):
    assert not check_package(with_nodes(package, POST)).must_mend
