"""What a supervisor or a cluster asks: does the process live, and can it serve.

Both are answered before any other middleware: with a cookie that somebody sends along those ask the database.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engine.departments.models import Department
from engine.documents.storage import store_named
from portal.config import rotation
from portal.config.outages import OUTAGES, refuses_the_secret

READY = "ready"
# signatures of messages and of S3, and codes of second factors, are of a moment; an app's code for 30 seconds
CLOCK_MAY_DIFFER_S = 30.0
KEYS = {"s3": "S3_ACCESS_KEY", "replica": "REPLICA_S3_ACCESS_KEY"}


@dataclass
class _Schema:
    """What is known of the database that this process asks."""

    complete: bool = False


_schema = _Schema()


class ProbeMiddleware:
    """Answers /livez and /readyz; must be the first that a request meets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = PROBES.get(request.path_info, self.get_response)
        return answer(request)


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else, so an outage behind us restarts nothing."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the servers behind us answer, each by name.

    Only the database takes a process out of service. Redis or a store that is away is named, and the
    process stays ready: who is signed in goes on without Redis, all but files without a store, and a cluster
    that took every process out of service would take that away as well, and then leave the site. While
    migrations of this release are missing it takes no request; the release before goes on. A server that is
    there but refuses our secret is told from one that is away, by the setting that holds the secret. A clock
    that is wrong is named: no server is away, and still codes and signatures are refused.
    """
    ahead: list[float] = []
    found = {
        "database": _state(lambda: ahead.append(_ahead_of_the_database_s()), "DATABASE_URL"),
        "redis": _state(_ask_redis, "REDIS_URL"),
    }
    if found["database"] == READY and not _has_its_schema():
        return JsonResponse({"schema": "behind"}, status=503)
    status = 200 if found["database"] == READY else 503
    if found["database"] == READY:
        found |= {name: _state(store_named(name).check, KEYS.get(name, "")) for name in _stores_in_use()}
    if ahead and abs(ahead[0]) > CLOCK_MAY_DIFFER_S:
        found["clock"] = f"{ahead[0]:+.0f} s from that of the database"
    if unreadable := rotation.unreadable():
        found["secrets"] = f"cannot read {', '.join(unreadable)}"
    return JsonResponse(found, status=status)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/livez": livez, "/readyz": readyz}


def _state(check: Callable[[], None], secret: str) -> str:
    try:
        check()
    except OUTAGES as problem:
        return f"refuses {secret}" if refuses_the_secret(problem) else "away"
    return READY


def _ahead_of_the_database_s() -> float:
    """Asks the database for its time, which it answers only when it serves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        [(there,)] = cursor.fetchall()
        return time.time() - float(there)


def _has_its_schema() -> bool:
    """Whether every migration of this code is applied; once that is so, it stays so."""
    if not _schema.complete:
        executor = MigrationExecutor(connection)
        _schema.complete = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _schema.complete


def _ask_redis() -> None:
    cache.get("readyz")


def _stores_in_use() -> list[str]:
    """The one store that this site has, or those that departments chose."""
    if settings.DOCUMENTS_ONLY_TO:
        return [settings.DOCUMENTS_ONLY_TO]
    chosen = Department.objects.order_by("document_store").values_list("document_store", flat=True)
    return list(chosen.distinct())
