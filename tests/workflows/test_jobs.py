"""Work in the background: begun once, tried again, given up."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils.timezone import now

from engine.departments.access import AccessRefused
from engine.messages.models import OutboxMessage
from workflows.ending import withdraw_case
from workflows.job_step import JITTER, MOST_ATTEMPTS, TOPIC, pause_after
from workflows.jobs import lost_jobs, run_job
from workflows.models import Case, CaseState, WorkItem
from workflows.nodes import issue_certificate
from workflows.services import retry_step

pytestmark = pytest.mark.django_db


@dataclass
class Issued:
    """A certificate, as the issuing gives it."""

    number: str


@dataclass
class Press:
    """Issues certificates like the real one: the same key gives the same number."""

    failing: int = 0
    numbers: dict[str, str] = field(default_factory=dict)
    requests: list[object] = field(default_factory=list)
    during: object = None

    def __call__(self, request):
        self.requests.append(request)
        if self.failing:
            self.failing -= 1
            raise ConnectionError("Leila Haddad cannot be reached")
        if callable(self.during):
            self.during()
        number = self.numbers.setdefault(request.idempotency_key, f"SL-2026-{len(self.numbers) + 1:06d}")
        return Issued(number)


@pytest.fixture
def press(monkeypatch):
    press = Press()
    monkeypatch.setattr(issue_certificate, "issue", press)
    return press


@pytest.fixture
def case(package, publish, begin, clerk, decide):
    for node in package["workflow"]["nodes"]:
        if node["key"] == "big":
            node["otherwise"] = "licence"
    package["workflow"]["nodes"] = [n for n in package["workflow"]["nodes"] if n["key"] != "pause"]
    case = begin(publish(package))
    decide(case, "check", clerk, "accept")
    return case


def again(item: WorkItem) -> None:
    """The pause before the next attempt is over."""
    WorkItem.objects.filter(pk=item.pk).update(wake_at=now() - timedelta(seconds=1))


def test_a_worker_is_asked_with_the_same_commit(case, open_work):
    item = open_work(case, "licence")
    asked = OutboxMessage.objects.get(topic=TOPIC)
    assert item.status == "SCHEDULED"
    assert (asked.payload, asked.department_id) == ({"work_item": item.pk}, case.department_id)


def test_the_certificate_is_issued_and_the_case_goes_on(case, press, open_work):
    item = open_work(case, "licence")
    assert run_job(item.pk) == "done"
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.data["certificates"]) == (CaseState.APPROVED, ["SL-2026-000001"])
    (request,) = press.requests
    assert (request.holder_name, request.prefix, request.kind) == (
        "Leila Haddad",
        "SL",
        "stall-licence:licence",
    )
    assert request.rows[0].values == {"en": "Fruit"}
    assert request.valid_until > request.valid_from


def test_a_second_delivery_does_nothing(case, press, open_work):
    item = open_work(case, "licence")
    assert run_job(item.pk) == "done"
    assert run_job(item.pk) == "stale"
    assert len(press.requests) == 1


def test_a_second_worker_leaves_it_to_the_first(case, press, open_work):
    item = open_work(case, "licence")
    found = []
    press.during = lambda: found.append(run_job(item.pk))
    assert run_job(item.pk) == "done"
    assert found == ["stale"]


def test_no_lock_is_held_during_the_work(case, press, open_work, django_assert_num_queries):
    item = open_work(case, "licence")

    def look():
        stored = WorkItem.objects.get(pk=item.pk)
        assert (stored.status, stored.attempts) == ("STARTED", 1)
        assert stored.lease_until > now()

    press.during = look
    assert run_job(item.pk) == "done"


def test_a_failure_is_tried_again_later(case, press, open_work):
    press.failing = 1
    item = open_work(case, "licence")
    assert run_job(item.pk) == "again"
    item.refresh_from_db()
    assert (item.status, item.attempts, item.lease_until) == ("SCHEDULED", 1, None)
    assert item.wake_at > now() + timedelta(seconds=20)
    assert OutboxMessage.objects.filter(topic=TOPIC, due_at__gt=now()).count() == 1
    assert run_job(item.pk) == "stale"  # not before its time
    again(item)
    assert run_job(item.pk) == "done"
    assert {r.idempotency_key for r in press.requests} == {f"work-item:{item.pk}"}


def test_the_pauses_grow_and_differ_a_little(case, press, open_work):
    press.failing = 3
    item = open_work(case, "licence")
    for expected_s in (30, 60, 120):
        begun = now()
        assert run_job(item.pk) == "again"
        item.refresh_from_db()
        pause_s = (item.wake_at - begun).total_seconds()
        assert expected_s * (1 - JITTER) <= pause_s <= expected_s * (1 + JITTER) + 10  # a slow machine
        again(item)


def test_pauses_are_an_hour_at_most_and_as_long_as_the_other_side_asks():
    assert timedelta(minutes=48) <= pause_after(40) <= timedelta(minutes=72)
    assert pause_after(1, 1800) == timedelta(minutes=30)
    assert len({pause_after(5) for _ in range(20)}) > 1


def test_after_many_failures_somebody_has_to_look(case, press, open_work, administrator, foreign_clerk):
    press.failing = MOST_ATTEMPTS
    item = open_work(case, "licence")
    results = []
    for _ in range(MOST_ATTEMPTS):
        results.append(run_job(item.pk))
        again(item)
    item.refresh_from_db()
    assert results == ["again"] * (MOST_ATTEMPTS - 1) + ["failed"]
    assert (item.status, item.finished) == ("ERROR", None)
    with pytest.raises(AccessRefused):
        retry_step(item_id=item.pk, by=foreign_clerk)
    retry_step(item_id=item.pk, by=administrator)
    assert run_job(item.pk) == "done"


def test_the_row_of_a_failure_holds_no_personal_data(case, press, open_work):
    press.failing = 1
    item = open_work(case, "licence")
    run_job(item.pk)
    item.refresh_from_db()
    assert item.data["error"] == "ConnectionError"
    assert "Leila" not in str(item.data)


def test_a_worker_that_died_is_noticed_and_replaced(case, press, open_work):
    item = open_work(case, "licence")
    with item.activation() as activation:
        activation.start()  # and then the worker is killed
    assert not lost_jobs().exists()
    assert run_job(item.pk) == "stale"
    later = now() + timedelta(hours=1)
    assert list(lost_jobs(later)) == [item]
    WorkItem.objects.filter(pk=item.pk).update(lease_until=now() - timedelta(seconds=1))
    assert run_job(item.pk) == "done"
    assert len(press.numbers) == 1


def test_a_request_that_never_arrived_is_noticed(case, open_work):
    item = open_work(case, "licence")
    assert not lost_jobs().exists()
    assert list(lost_jobs(now() + timedelta(minutes=5))) == [item]


def test_a_worker_whose_lease_is_over_does_not_finish_for_another(case, press, open_work):
    item = open_work(case, "licence")

    def other_worker():
        press.during = None
        WorkItem.objects.filter(pk=item.pk).update(lease_until=now() - timedelta(seconds=1))
        assert run_job(item.pk) == "done"

    press.during = other_worker
    assert run_job(item.pk) == "stale"
    assert WorkItem.objects.filter(process=case, node_key="done").count() == 1


def test_a_case_that_ended_meanwhile_stays_ended(case, press, open_work):
    press.during = lambda: withdraw_case(case.pk)
    assert run_job(open_work(case, "licence").pk) == "stale"
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
