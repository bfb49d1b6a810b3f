"""What Prometheus is told."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone
from prometheus_client import CollectorRegistry

from engine.messages.models import OutboxMessage
from tests.workflows.published import *  # noqa: F403
from workflows.metrics import Business
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db


def told(name: str, **labels: str) -> float | None:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Business())
    return registry.get_sample_value(f"caseway_{name}", labels)


def test_an_application_counts_where_it_belongs(licence_case: Case) -> None:
    place = {"department": licence_case.department.key, "service": licence_case.service.key}
    assert told("cases_submitted_total", **place) == 1
    assert told("cases_ended_total", **place, state="approved") is None
    Case.objects.filter(pk=licence_case.pk).update(finished=timezone.now(), state="approved")
    assert told("cases_ended_total", **place, state="approved") == 1


def test_open_work_has_an_age_and_tells_what_is_late(licence_case: Case) -> None:
    department = licence_case.department.key
    work = WorkItem.objects.filter(process=licence_case, kind="person")
    now = timezone.now()
    work.update(created=now - timedelta(hours=2), due_at=now + timedelta(hours=1))
    assert told("work_open", department=department) == 1
    assert told("work_oldest_age_seconds", department=department) == pytest.approx(7200, abs=60)
    assert (told("work_at_risk", department=department), told("work_overdue", department=department)) == (
        1,
        0,
    )
    work.update(due_at=now - timedelta(hours=1))
    assert (told("work_at_risk", department=department), told("work_overdue", department=department)) == (
        0,
        1,
    )


def test_the_outbox_tells_how_far_it_is_behind_and_what_was_given_up() -> None:
    due = timezone.now() - timedelta(minutes=5)
    for key, state in (("a", "pending"), ("b", "dead"), ("c", "done")):
        OutboxMessage.objects.create(topic="letter", idempotency_key=key, state=state, due_at=due)
    assert told("outbox_waiting") == 1
    assert told("outbox_lag_seconds") == pytest.approx(300, abs=30)
    assert told("dead_letters", topic="letter") == 1


def test_the_database_and_what_is_stored_have_a_size(licence_case: Case) -> None:
    assert told("database_size_bytes") > 1_000_000  # type: ignore[operator]
    assert 0 < told("database_connections") <= told("database_connections_limit")  # type: ignore[operator]
    assert told("database_oldest_transaction_seconds") >= 0  # type: ignore[operator]
    with connection.cursor() as cursor:
        cursor.execute("SELECT store, sum(size) FROM documents_document GROUP BY store")
        for store, size in cursor.fetchall():
            assert told("documents_stored_bytes", store=store) == size


def test_without_a_standby_none_is_told_and_no_lag_of_zero() -> None:
    assert told("standbys") == 0
    assert told("replication_lag_seconds", standby="") is None


def test_a_server_that_is_away_is_named_and_the_others_are_still_told(settings: LazySettings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert told("up", server="redis") == 0
    assert told("up", server="database") == 1
    assert told("queue_length", queue="messages") is None
    assert told("outbox_waiting") == 0


def test_nothing_that_is_told_names_a_person_or_a_case(licence_case: Case) -> None:
    words = {
        str(value)
        for metric in Business().collect()
        for sample in metric.samples
        for value in sample.labels.values()
    }
    applicant = licence_case.applicant
    assert not words & {licence_case.reference, applicant.email, str(applicant.pk), str(licence_case.pk)}
    assert {
        name for metric in Business().collect() for sample in metric.samples for name in sample.labels
    } <= {*("department", "service", "state", "topic", "queue", "server", "standby", "store")}
