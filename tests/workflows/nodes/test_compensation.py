"""A step that says how another is undone costs nothing and does nothing until that is asked for."""

import pytest

from tests.workflows.steps import open_steps, task, visits
from workflows.models import Awaited, Deadline, WorkItem

pytestmark = pytest.mark.django_db


def test_nothing_begins_and_nothing_is_watched(running, clerk, django_assert_max_num_queries):
    case = running(
        task("hall", "pay"),
        {"key": "un_hall", "type": "compensation", "on": "hall", "next": "cancel_hall"},
        task("cancel_hall", "over"),
        task("pay", "done"),
    )
    item = WorkItem.objects.get(process=case, node_key="hall")
    with django_assert_max_num_queries(4), item.activation() as activation:
        activation.decide(clerk, "done")
    assert open_steps(case) == ["pay"]
    assert visits(case, "un_hall") == []
    assert not Deadline.objects.filter(case=case).exists()
    assert not Awaited.objects.exists()
