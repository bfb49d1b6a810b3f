"""What Prometheus is told of the business: counted in the database at the moment it asks.

Nothing here names a person, a case or a document; the finest grain is a department.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from engine.documents.models import Certificate, Document, DocumentCopy
from engine.messages.models import OutboxMessage
from engine.site.mode import is_read_only
from workflows.deadlines import due_deadlines
from workflows.models import Case, Draft, WorkItem
from workflows.models.work import OPEN_PERSON

AT_RISK = timedelta(hours=24)
STUCK = timedelta(minutes=15)
BY_DEPARTMENT = "department__key"
logger = logging.getLogger(__name__)
Sample = tuple[tuple[str, ...], float]


def gauge(name: str, text: str, labels: Sequence[str], samples: Iterable[Sample]) -> Metric:
    """A figure that goes up and down."""
    family = GaugeMetricFamily(f"caseway_{name}", text, labels=labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family


def counter(name: str, text: str, labels: Sequence[str], samples: Iterable[Sample]) -> Metric:
    """A figure that only grows."""
    family = CounterMetricFamily(f"caseway_{name}", text, labels=labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family


def _counted(rows: QuerySet[object], *columns: str) -> list[Sample]:  # type: ignore[type-var]  # any model
    found = rows.order_by().values(*columns).annotate(number=Count("pk"))
    return [(tuple(str(row[column]) for column in columns), float(row["number"])) for row in found]


def _age(since: datetime | None) -> float:
    return max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0


def _applications() -> Iterator[Metric]:
    place = (BY_DEPARTMENT, "service__key")
    labels = ("department", "service")
    drafts = Draft.objects.filter(submitted_case=None, work_item=None)
    yield gauge(
        "drafts_open", "Applications begun and not sent.", labels[:1], _counted(drafts, BY_DEPARTMENT)
    )
    yield counter("cases_submitted", "Applications sent.", labels, _counted(Case.objects.all(), *place))
    ended = _counted(Case.objects.exclude(finished=None), *place, "state")
    yield counter("cases_ended", "Applications that came to an end, by how.", (*labels, "state"), ended)


def _work() -> Iterator[Metric]:
    now, label = timezone.now(), ("department",)
    work = WorkItem.objects.filter(OPEN_PERSON).order_by().values(BY_DEPARTMENT)
    rows = work.annotate(
        open=Count("pk"),
        oldest=Min("created"),
        overdue=Count("pk", filter=Q(due_at__lt=now, paused_at=None)),
        at_risk=Count("pk", filter=Q(due_at__gte=now, due_at__lt=now + AT_RISK, paused_at=None)),
    )
    found = {(row[BY_DEPARTMENT],): row for row in rows}
    texts = {
        "open": "Work items that wait for staff.",
        "overdue": "Work items whose time is over.",
        "at_risk": "Work items whose time is over within a day.",
    }
    for name, text in texts.items():
        yield gauge(f"work_{name}", text, label, [(key, float(row[name])) for key, row in found.items()])
    ages = [(key, _age(row["oldest"])) for key, row in found.items()]
    yield gauge("work_oldest_age_seconds", "Age of the oldest open work item.", label, ages)
    failed = _counted(WorkItem.objects.filter(status="ERROR"), BY_DEPARTMENT)
    yield gauge("work_failed", "Steps of the system that failed for good.", label, failed)
    oldest = due_deadlines().aggregate(since=Min("due_at"))["since"]
    yield gauge(
        "deadline_lag_seconds", "For how long a deadline that is due has not fired.", (), [((), _age(oldest))]
    )


def _outbox() -> Iterator[Metric]:
    pending = OutboxMessage.objects.filter(state=OutboxMessage.State.PENDING, due_at__lte=timezone.now())
    seen = pending.aggregate(number=Count("pk"), since=Min("due_at"))
    yield gauge("outbox_waiting", "Messages that are due.", (), [((), float(seen["number"]))])
    yield gauge(
        "outbox_lag_seconds", "For how long the oldest has been due.", (), [((), _age(seen["since"]))]
    )
    dead = _counted(OutboxMessage.objects.filter(state=OutboxMessage.State.DEAD), "topic")
    yield gauge("dead_letters", "Messages that were given up.", ("topic",), dead)


def _documents() -> Iterator[Metric]:
    certificates = _counted(Certificate.objects.all(), "state")
    yield gauge("certificates", "Certificates, by state.", ("state",), certificates)
    late = Q(state=Certificate.State.PREPARING, issued_at__lt=timezone.now() - STUCK)
    stuck = float(Certificate.objects.filter(late).count())
    yield gauge("certificates_stuck", "Certificates in preparation for too long.", (), [((), stuck)])
    broken = Document.objects.filter(state__in=(Document.State.DAMAGED, Document.State.MISSING))
    yield gauge(
        "documents_unservable",
        "Documents whose bytes are damaged or gone.",
        ("state",),
        _counted(broken, "state"),
    )


def _copies() -> Iterator[Metric]:
    rows = DocumentCopy.objects.filter(state=DocumentCopy.State.PENDING)
    seen = rows.aggregate(number=Count("pk"), since=Min("asked_at"))
    yield gauge(
        "document_copies_waiting", "Documents that the replica lacks.", (), [((), float(seen["number"]))]
    )
    yield gauge(
        "document_copy_lag_seconds", "For how long the oldest has waited.", (), [((), _age(seen["since"]))]
    )
    stuck = float(DocumentCopy.objects.filter(state=DocumentCopy.State.STUCK).count())
    yield gauge("document_copies_stuck", "Copies without good bytes to copy.", (), [((), stuck)])


def _replication() -> Iterator[Metric]:
    """Nothing is said of standbys by a database that stands by itself.

    Who may not see their state (pg_read_all_stats) counts none: an alert is better than a lag of zero.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name, coalesce(max(extract(epoch FROM replay_lag)), 0), count(*)"
            " FROM pg_stat_replication WHERE state = 'streaming' GROUP BY 1"
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT pg_is_in_recovery()")
        stands_by = cursor.fetchone() == (True,)
    lags = [((str(name),), float(lag)) for name, lag, _number in rows]
    yield gauge(
        "replication_lag_seconds", "How far each standby of the database is behind.", ("standby",), lags
    )
    number = [] if stands_by else [((), float(sum(row[2] for row in rows)))]
    yield gauge("standbys", "Standbys that follow the database.", (), number)


def _database() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), current_setting('max_connections')::int, count(*),"
            " coalesce(max(extract(epoch FROM now() - xact_start)) FILTER ("
            " WHERE pid <> pg_backend_pid() AND (backend_xid IS NOT NULL OR backend_xmin IS NOT NULL)), 0)"
            " FROM pg_stat_activity WHERE datname = current_database()"
        )
        size, limit, connections, oldest = map(float, cursor.fetchone())
    yield gauge("database_size_bytes", "Size of the database.", (), [((), size)])
    yield gauge("database_connections", "Connections to the database.", (), [((), connections)])
    yield gauge("database_connections_limit", "Connections that its server takes.", (), [((), limit)])
    yield gauge(
        "database_oldest_transaction_seconds", "Age of the oldest that holds back.", (), [((), oldest)]
    )


def _stored() -> Iterator[Metric]:
    rows = Document.objects.order_by().values("store").annotate(bytes=Sum("size"))
    found = [((str(row["store"]),), float(row["bytes"])) for row in rows]
    yield gauge("documents_stored_bytes", "Bytes of documents, by store.", ("store",), found)


def _site() -> Iterator[Metric]:
    yield gauge("site_read_only", "Whether nothing may be written.", (), [((), float(is_read_only()))])


def _queues() -> Iterator[Metric]:
    broker = redis.from_url(settings.REDIS_URL, socket_connect_timeout=5, socket_timeout=5)
    with broker:
        lengths = [((name,), float(broker.llen(name))) for name in settings.CELERY_TASK_QUEUES]
    yield gauge("queue_length", "Tasks that wait for a worker.", ("queue",), lengths)


PARTS: dict[str, tuple[Callable[[], Iterator[Metric]], ...]] = {
    "database": (_applications, _work, _outbox, _documents, _copies, _stored, _replication, _database, _site),
    "redis": (_queues,),
}


class Business(Collector):
    """Asks all of it at each scrape; what cannot be asked is missing, and says so in `caseway_up`."""

    def collect(self) -> Iterator[Metric]:
        """Every figure, and which server answered."""
        answered: list[Sample] = []
        for server, parts in PARTS.items():
            found = _try(server, parts)
            answered.append(((server,), float(found is not None)))
            yield from found or ()
        yield gauge("up", "Whether a server behind the product answers.", ("server",), answered)


def _try(server: str, parts: Iterable[Callable[[], Iterator[Metric]]]) -> list[Metric] | None:
    try:
        return [metric for part in parts for metric in part()]
    except (DatabaseError, redis.RedisError, OSError) as error:
        logger.warning("metrics: the %s does not answer (%s)", server, type(error).__name__)
        return None
