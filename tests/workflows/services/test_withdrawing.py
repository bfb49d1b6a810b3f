"""Taking an application back."""

import pytest

from engine.audit.selectors import history
from engine.departments.models import User
from workflows.models import Case, CaseState, WorkItem
from workflows.services import NotOpen, withdraw

pytestmark = pytest.mark.django_db


def test_a_withdrawn_case_leaves_every_queue(licence_case: Case, citizen: User) -> None:
    case = withdraw(reference=licence_case.reference, by=citizen)
    assert (case.state, case.outcome) == (CaseState.WITHDRAWN, "withdrawn")
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
    assert history(case.chain).last().verb == "case.withdrawn"  # type: ignore[union-attr]


def test_a_case_is_withdrawn_once(licence_case: Case, citizen: User) -> None:
    withdraw(reference=licence_case.reference, by=citizen)
    with pytest.raises(NotOpen):
        withdraw(reference=licence_case.reference, by=citizen)


@pytest.mark.parametrize("reference", ["", "\x00", "TRL-2026-999999"])
def test_an_unknown_case_does_not_exist(licence_case: Case, citizen: User, reference: str) -> None:
    with pytest.raises(Case.DoesNotExist):
        withdraw(reference=reference, by=citizen)
