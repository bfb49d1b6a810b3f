"""What a supervisor or a cluster asks: does the process live, and can it serve."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.config.outages import OUTAGES


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else, so an outage behind us restarts nothing."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the servers behind us answer, each by name."""
    checks: dict[str, Callable[[], None]] = {"database": _ask_database, "redis": _ask_redis}
    found = {name: _answers(check) for name, check in checks.items()}
    status = 200 if all(found.values()) else 503
    return JsonResponse({name: "ready" if good else "away" for name, good in found.items()}, status=status)


def _answers(check: Callable[[], None]) -> bool:
    try:
        check()
    except OUTAGES:
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    cache.get("readyz")
