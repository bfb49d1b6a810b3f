"""Cases that rest anywhere around a step of any kind are cancelled: nothing stays open or comes late."""

from __future__ import annotations

from contextlib import suppress

import pytest
from viewflow.fsm import TransitionNotAllowed

from engine.departments.access import AccessRefused
from engine.departments.models import User
from tests.workflows.called import background
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.killing import records
from tests.workflows.moving.driving import act
from tests.workflows.moving.test_every_node_type import Begun
from tests.workflows.moving.worlds import KINDS, package_around
from workflows.health import unresolvable_cases
from workflows.models import Awaited, Case, Deadline, WorkItem
from workflows.refusals import WorkRefused
from workflows.services import cancel_case

pytestmark = pytest.mark.django_db
WHY = "The market is closed."


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_cancelled_case_leaves_nothing_open(
    kind,
    publish,
    published,
    citizen,
    people,
    supervisor,
    foreign_clerk,
    settings,
):
    settings.CALL_HOSTS = ["register.example"]
    published(background())
    package, start = package_around(kind)
    for case in Begun(publish(package), start, citizen, people).cases:
        waiting = list(WorkItem.objects.filter(process=case, finished=None))
        with pytest.raises(AccessRefused):
            cancel_case(reference=case.reference, reason=WHY, by=foreign_clerk)
        cancel_case(reference=case.reference, reason=WHY, by=supervisor)
        nothing_is_open(case)
        before = records()
        for item in waiting:
            late(item, people)
        assert records() == before, kind.key


def nothing_is_open(case: Case) -> None:
    """No work, no clock, nothing that it waits for, no case that was opened for it."""
    case.refresh_from_db()
    assert (case.state, case.finished is None) == ("cancelled", False)
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()
    assert not Awaited.objects.filter(case=case).exists()
    items = WorkItem.objects.filter(process=case).values_list("pk", flat=True)
    assert not Case.objects.filter(awaited_by__in=list(items), finished=None).exists()
    assert unresolvable_cases() == []


def late(item: WorkItem, people: list[User]) -> None:
    """What the case waited for comes when nobody waits any more."""
    with suppress(TransitionNotAllowed, WorkRefused):
        act(item, people)
