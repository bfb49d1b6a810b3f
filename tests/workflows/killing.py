"""A process that is killed with -9 before one of its statements or commits, and what is left of its work."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.models import Q
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.documents.models import Certificate, Document
from engine.messages.models import Letter, OutboxMessage
from workflows.models import Case, Deadline, WorkItem
from workflows.unused_documents import GRACE, sweep_documents


@contextmanager
def moments(at: Callable[[int], None]) -> Iterator[None]:
    """Calls back before each statement and each commit, with its number from one on."""
    count, commit = 0, connection._commit

    def next_moment() -> None:
        nonlocal count
        count += 1
        at(count)

    def before_statement(execute: Any, *arguments: Any) -> Any:
        next_moment()
        return execute(*arguments)

    def before_commit() -> None:
        next_moment()
        commit()

    connection._commit = before_commit
    try:
        with connection.execute_wrapper(before_statement):
            yield
    finally:
        connection._commit = commit


def moments_of(act: Callable[[], object]) -> int:
    """Do it, and tell how many moments it had."""
    seen = [0]
    with moments(lambda number: seen.__setitem__(0, number)):
        act()
    return seen[0]


def killed(act: Callable[[], object], moment: int) -> bool:
    """Do it in a process that is killed at this moment; False when it was done before that."""
    connections.close_all()  # a connection cannot be shared by two processes
    child = os.fork()
    if child == 0:
        _die_at(act, moment)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_at(act: Callable[[], object], moment: int) -> None:
    def kill(number: int) -> None:
        if number == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with moments(kill):
            act()
    except BaseException:
        os._exit(1)
    os._exit(0)


def leases_run_out() -> None:
    """The time that a dead worker had is over, and what is due is due now."""
    WorkItem.objects.filter(status="STARTED", lease_until__isnull=False).update(lease_until=now())
    WorkItem.objects.filter(status="SCHEDULED").update(wake_at=None)


def records() -> Counter[Any]:
    """All that is kept, by kind of record, when files that nobody uses are gone."""
    Document.objects.update(created_at=now() - 2 * GRACE)
    sweep_documents()
    found: Counter[Any] = Counter()
    for name, rows in {
        "case": Case.objects.values_list("state", "outcome"),
        "step": WorkItem.objects.values_list("node_key", "status", "outcome"),
        "time": Deadline.objects.annotate(
            fired=Q(fired_at__isnull=False), cancelled=Q(cancelled_at__isnull=False)
        ).values_list("node_key", "fired", "cancelled"),
        "entry": AuditEntry.objects.exclude(verb="document.removed").values_list("verb"),
        "message": OutboxMessage.objects.values_list("topic"),
        "letter": Letter.objects.values_list("kind"),
        "certificate": Certificate.objects.values_list("state"),
        "document": Document.objects.values_list("content_type", "state"),
    }.items():
        found.update((name, *row) for row in rows)
    return found
