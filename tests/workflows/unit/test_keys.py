"""Keys are taken in blocks."""

import os

import pytest

from workflows.models import WorkItem
from workflows.unit import keys

pytestmark = pytest.mark.django_db


def test_a_block_costs_one_question(django_assert_num_queries):
    keys._free.clear()
    with django_assert_num_queries(1):
        taken = [keys.next_key(WorkItem) for _ in range(keys.BLOCK)]
    assert len(set(taken)) == keys.BLOCK


def test_two_processes_never_get_the_same_key():
    first = [keys.next_key(WorkItem) for _ in range(3)]
    keys._free.clear()  # as in another process
    second = [keys.next_key(WorkItem) for _ in range(keys.BLOCK)]
    assert not set(first) & set(second)


def test_a_forked_worker_forgets_the_block_of_its_parent():
    keys.next_key(WorkItem)
    child = os.fork()
    if child == 0:
        os._exit(1 if keys._free else 0)
    assert os.waitpid(child, 0)[1] == 0


def test_a_save_without_a_unit_does_not_collide(simple_package, publish, begin):
    case = begin(publish(simple_package))
    item = WorkItem.objects.get(process=case, finished=None)
    outside = item.flow_task.new_item(case, item.token, {})
    outside.save()
    assert outside.pk not in {keys.next_key(WorkItem) for _ in range(2 * keys.BLOCK)}
