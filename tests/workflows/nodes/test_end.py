"""Ends of a case, and ends of a path beside it."""

import pytest
from viewflow.workflow.token import Token

from workflows.models import Case, CaseState, WorkItem

pytestmark = pytest.mark.django_db


def test_an_end_cancels_what_is_still_open(simple_package, publish, begin, clerk, open_work):
    case = begin(publish(simple_package))
    item = open_work(case, "check")
    with item.activation() as activation:
        other = item.flow_task._create(activation, item.token).task.pk
    with item.activation() as activation:
        activation.decide(clerk, "refuse", reason="No")
    assert WorkItem.objects.get(pk=other).status == "CANCELED"
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.status) == (CaseState.REFUSED, "DONE")
    assert stored.finished is not None


def test_an_end_without_an_outcome_leaves_the_case_open(package, publish, begin, open_work):
    case = begin(publish(package))
    item = open_work(case, "check")
    with item.activation() as activation:
        beside = case.flow_class.step("reminded")._create(activation, Token("beside"))
        beside.activate()
        beside.complete()
    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.outcome) == ("NEW", "")
    assert open_work(case, "check").status == "NEW"
