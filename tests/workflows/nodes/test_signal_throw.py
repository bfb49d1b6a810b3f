"""A worker spreads a signal; nothing is lost when it dies, and nothing is heard twice."""

import pytest

from tests.workflows.steps import end, open_steps, start, task, visits
from workflows.ending import withdraw_case
from workflows.job_step import MOST_ATTEMPTS
from workflows.jobs import run_job
from workflows.models import Case, WorkItem
from workflows.nodes import signal_throw

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(running) -> Case:
    return running(
        {"key": "budget", "type": "signal_catch", "signal": "budget_is_open", "next": "pay"},
        task("pay", "done"),
    )


@pytest.fixture
def thrower(waiting, simple_package, publish, begin) -> Case:
    document = {**simple_package, "key": "budget"}
    throw = {"key": "open", "type": "signal_throw", "signal": "budget_is_open", "next": "done"}
    document["workflow"] = {**document["workflow"], "nodes": [start("open"), throw, end("done", "approved")]}
    return begin(publish(document))


def job_of(case: Case) -> WorkItem:
    return WorkItem.objects.get(process=case, node_key="open")


def test_the_signal_is_spread_and_the_case_goes_on(waiting, thrower):
    assert run_job(job_of(thrower).pk) == "done"
    assert open_steps(waiting) == ["pay"]
    thrower.refresh_from_db()
    assert thrower.finished is not None
    assert job_of(thrower).data["reached"] == 1


def test_a_second_delivery_of_the_job_does_nothing(waiting, thrower):
    assert run_job(job_of(thrower).pk) == "done"
    assert run_job(job_of(thrower).pk) == "stale"
    assert visits(waiting, "pay") == ["NEW"]


def test_a_worker_that_dies_after_spreading_loses_nothing(waiting, thrower, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("workflows.jobs._finish", lambda job, result: (_ for _ in ()).throw(KeyboardInterrupt))
        run_job(job_of(thrower).pk)
    assert open_steps(waiting) == ["pay"]
    WorkItem.objects.filter(pk=job_of(thrower).pk).update(lease_until=job_of(thrower).created)
    assert run_job(job_of(thrower).pk) == "done"
    assert visits(waiting, "pay") == ["NEW"]


def test_who_begins_to_wait_after_the_case_came_here_does_not_hear_it(waiting, thrower, begin):
    late = begin(waiting.version)
    assert run_job(job_of(thrower).pk) == "done"
    assert (open_steps(waiting), open_steps(late)) == (["pay"], ["budget"])


def test_a_case_that_ended_meanwhile_throws_nothing(waiting, thrower):
    withdraw_case(thrower.pk)
    assert run_job(job_of(thrower).pk) == "stale"
    assert open_steps(waiting) == ["budget"]


def test_who_could_not_be_reached_is_tried_again_and_at_last_left(waiting, thrower, monkeypatch):
    heard = signal_throw.spread("nothing", department_id=thrower.department_id, at=thrower.submitted_at)
    heard.failed = 2
    monkeypatch.setattr(signal_throw, "spread", lambda *_, **__: heard)
    results = []
    for _ in range(MOST_ATTEMPTS):
        WorkItem.objects.filter(node_key="open").update(wake_at=None)
        results.append(run_job(job_of(thrower).pk))
    assert results == ["again"] * (MOST_ATTEMPTS - 1) + ["done"]
    assert job_of(thrower).data["not_reached"] == 2
    thrower.refresh_from_db()
    assert thrower.finished is not None
