"""Opening a work item, and many people at one case."""

import threading

import pytest
from django.db import connection, connections
from viewflow.fsm import TransitionNotAllowed

from workflows.models import Case, WorkItem
from workflows.refusals import WorkRefused
from workflows.unit import open_item, unit


def race(runs):
    """Run functions at the same moment, each with its own connection; gives what each gave or raised."""
    gate, results = threading.Barrier(len(runs)), []

    def one(run):
        gate.wait()
        try:
            results.append(run())
        except (WorkRefused, TransitionNotAllowed) as refused:
            results.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def decision(item_id, user):
    def run():
        with open_item(item_id) as activation:
            activation.decide(user, "accept")
        return "decided"

    return run


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_one_item_one_wins(simple_package, publish, begin, clerk, second_clerk):
    version = publish(simple_package)
    for number in range(20):
        case = begin(version, f"STL-2026-{number:06d}", amount="9000.00")
        item = WorkItem.objects.get(process=case, finished=None)
        results = race([decision(item.pk, user) for user in (clerk, second_clerk, clerk, second_clerk)])
        assert results.count("decided") == 1, results
        assert WorkItem.objects.filter(process=case, node_key="approve").count() == 1


@pytest.mark.django_db(transaction=True)
def test_items_of_one_case_are_decided_together_without_deadlock(simple_package, publish, begin, clerk):
    """The case is locked first, then the item; each item of a case can be decided at the same moment."""
    version = publish(simple_package)
    for number in range(10):
        case = begin(version, f"STL-2026-{number:06d}", amount="9000.00")
        item = WorkItem.objects.get(process=case, finished=None)
        with item.activation() as activation:
            others = [item.flow_task._create(activation, item.token).task.pk for _ in range(2)]
        results = race([decision(pk, clerk) for pk in (item.pk, *others)])
        assert results == ["decided"] * 3
        assert WorkItem.objects.filter(process=case, node_key="approve").count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_item_is_claimed_once(simple_package, publish, begin, clerk, second_clerk):
    case = begin(publish(simple_package))
    item = WorkItem.objects.get(process=case, finished=None)

    def claim(user):
        def run():
            with open_item(item.pk) as activation:
                activation.claim(user)
            return user.pk

        return run

    results = race([claim(clerk), claim(second_clerk)])
    won = [result for result in results if isinstance(result, int)]
    assert len(won) == 1
    assert WorkItem.objects.get(pk=item.pk).owner_id == won[0]


@pytest.mark.django_db
def test_an_item_that_does_not_exist_is_said_so():
    with pytest.raises(WorkItem.DoesNotExist), open_item(4711):
        pass


@pytest.mark.django_db
def test_the_flow_lock_of_viewflow_opens_a_unit(simple_package, publish, begin):
    case = begin(publish(simple_package))
    with case.flow_class.lock(case.pk):
        case.outcome = "locked"
        case.save()
    assert Case.objects.get(pk=case.pk).outcome == "locked"


@pytest.mark.django_db
def test_cancelling_by_viewflow_itself_goes_through_the_unit(simple_package, publish, begin):
    case = begin(publish(simple_package))
    case.flow_class.instance.cancel(case)
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
    assert Case.objects.get(pk=case.pk).status == "CANCELED"


@pytest.mark.django_db
def test_reviving_by_viewflow_keeps_the_department(simple_package, publish, begin):
    case = begin(publish(simple_package))
    item = WorkItem.objects.get(process=case, finished=None)
    with item.activation() as activation:
        activation.cancel()
    with item.activation() as activation:
        revived = activation.revive()
    stored = WorkItem.objects.get(pk=revived.pk)
    assert (stored.department_id, stored.node_key, stored.role) == (case.department_id, "check", "clerk")
    assert stored.flow_task_type == "HUMAN"
    assert set(stored.previous.values_list("node_key", flat=True)) == {"applied", "check"}


@pytest.mark.django_db
def test_a_row_read_in_part_is_still_a_model(simple_package, publish, begin):
    case = begin(publish(simple_package))
    partial = Case.objects.only("reference").get(pk=case.pk)
    partial.outcome = "partial"
    with unit():
        partial.save(update_fields=["outcome"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome, reference FROM workflows_case WHERE id = %s", [case.pk])
        assert cursor.fetchone() == ("partial", case.reference)
