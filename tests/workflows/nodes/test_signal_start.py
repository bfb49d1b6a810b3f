"""A signal from a case opens others, each once."""

import pytest

from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.inspections import by_signal, inspection
from tests.workflows.steps import end, open_steps, start
from workflows.jobs import run_job
from workflows.models import Case, Opening, Service, WorkItem
from workflows.nodes.signal_throw import SignalThrowStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def thrower(simple_package, publish, begin) -> Case:
    simple_package["key"] = "close-market"
    throw = {"key": "close", "type": "signal_throw", "signal": "market_closed", "next": "done"}
    simple_package["workflow"]["nodes"] = [start("close"), throw, end("done", "approved")]
    return begin(publish(simple_package))


def throw(case: Case) -> str:
    return run_job(WorkItem.objects.get(process=case, node_key="close").pk)


def opened() -> Case:
    return Case.objects.get(service__key="inspection")


def test_the_signal_opens_a_case_for_the_department(published, thrower):
    published(inspection(by_signal()))
    assert throw(thrower) == "done"
    case = opened()
    assert open_steps(case) == ["inspect"]
    assert (case.parent, case.applicant.is_department, case.data["done_by"]) == (thrower, True, {})


def test_the_case_can_be_for_the_same_applicant(published, thrower, citizen):
    published(inspection(by_signal(same_applicant=True)))
    throw(thrower)
    assert opened().applicant == citizen


def test_every_service_that_listens_opens_one(published, thrower):
    published(inspection(by_signal()))
    published(inspection(by_signal(), key="cleaning"))
    throw(thrower)
    assert set(Case.objects.exclude(pk=thrower.pk).values_list("service__key", flat=True)) == {
        "inspection",
        "cleaning",
    }


def test_a_service_of_another_department_does_not_listen(published, thrower, registry):
    published(inspection(by_signal()), registry)
    throw(thrower)
    assert Case.objects.count() == 1


def test_another_signal_and_an_archived_service_open_nothing(published, thrower):
    published(inspection(by_signal(signal="market_opened")))
    archived = published(inspection(by_signal(), key="cleaning"))
    Service.objects.filter(pk=archived.pk).update(archived_at=archived.current.published_at)
    throw(thrower)
    assert Case.objects.count() == 1


def test_a_signal_that_is_spread_twice_opens_one_case(published, thrower, monkeypatch):
    published(inspection(by_signal()))
    work = SignalThrowStep.work
    monkeypatch.setattr(SignalThrowStep, "work", lambda step, job: work(step, job) and work(step, job))
    assert throw(thrower) == "done"
    assert Case.objects.filter(service__key="inspection").count() == 1


def test_a_worker_that_dies_after_opening_opens_no_second(published, thrower, monkeypatch):
    published(inspection(by_signal()))
    item = WorkItem.objects.get(process=thrower, node_key="close")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("workflows.jobs._finish", lambda job, result: (_ for _ in ()).throw(KeyboardInterrupt))
        run_job(item.pk)
    WorkItem.objects.filter(pk=item.pk).update(lease_until=item.created)
    assert throw(thrower) == "done"
    assert Case.objects.filter(service__key="inspection").count() == 1


def test_publishing_without_the_start_stops_listening(published, thrower):
    published(inspection(by_signal()))
    published(inspection(by_signal("other", signal="market_opened")))
    assert list(Opening.objects.values_list("name", flat=True)) == ["market_opened"]
    throw(thrower)
    assert Case.objects.count() == 1
