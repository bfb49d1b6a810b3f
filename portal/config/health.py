"""What a supervisor or a cluster asks: does the process live, and can it serve.

Both are answered before any other middleware: with a cookie that somebody sends along those ask the database.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engine.departments.models import Department
from engine.documents.storage import store_named
from portal.config.outages import OUTAGES


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

    A store that is away is named, and the process stays ready: everything but files goes on without it, and a
    cluster that took every process out of service would take that away as well. While migrations of this
    release are missing it takes no request; the release before goes on.
    """
    needed: dict[str, Callable[[], None]] = {"database": _ask_database, "redis": _ask_redis}
    found = {name: _answers(check) for name, check in needed.items()}
    if found["database"] and not _has_its_schema():
        return JsonResponse({"schema": "behind"}, status=503)
    status = 200 if all(found.values()) else 503
    if found["database"]:
        found |= {name: _answers(store_named(name).check) for name in _stores_in_use()}
    return JsonResponse({name: "ready" if good else "away" for name, good in found.items()}, status=status)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/livez": livez, "/readyz": readyz}


def _answers(check: Callable[[], None]) -> bool:
    try:
        check()
    except OUTAGES:
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _has_its_schema() -> bool:
    """Whether every migration of this code is applied; once that is so, it stays so."""
    if not _schema.complete:
        executor = MigrationExecutor(connection)
        _schema.complete = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _schema.complete


def _ask_redis() -> None:
    cache.get("readyz")


def _stores_in_use() -> list[str]:
    """The stores that departments chose."""
    chosen = Department.objects.order_by("document_store").values_list("document_store", flat=True)
    return list(chosen.distinct())
