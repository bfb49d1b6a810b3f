"""What a person sees who wants to change something while the site can only be read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from engine.site.mode import Why, is_read_only, was_refused, why_read_only
from portal.shell import errors

log = logging.getLogger(__name__)
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
COME_BACK_S = 120
MOST_FIELDS, MOST_CHARACTERS = 5000, 1_000_000
# signing in and out writes nothing that anybody would miss, and whoever reads must be able to
DOORS = (
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "account_reauthenticate",
    "mfa_reauthenticate",
)
NOT_GIVEN_BACK = ("csrfmiddlewaretoken", "code")


class ReadOnlyMiddleware:
    """Refuses what would write; behind the check of tokens, so that no page of others is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Called by Django when it knows the view."""
        if request.method in SAFE:
            return None
        why = why_read_only()
        if why is None or (why is not Why.STANDBY and _is_door(request)):
            return None
        return refused(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view wanted to write, also one that is only asked to read."""
        return refused(request) if was_refused(exception) else None


def refused(request: HttpRequest) -> HttpResponse:
    """503, with everything that was typed, ready to be sent again."""
    log.warning("refused: the site is read-only")  # the address may hold the secret of a link
    answer = _for_program() if _is_program(request) else _page(request)
    answer["Retry-After"] = str(COME_BACK_S)
    return answer


def banner(request: HttpRequest) -> dict[str, Any]:
    """For the head of every page; asked only by pages that are drawn."""
    return {"site_is_read_only": is_read_only}


def _page(request: HttpRequest) -> HttpResponse:
    typed = _typed(request)
    more = {"typed": typed, "had_files": bool(typed and request.FILES), "address": request.get_full_path()}
    if typed:
        more["csrf_token"] = get_token(request)
    return errors.read_only(request, **more)


def _for_program() -> HttpResponse:
    said = {"message": "This site can only be read at the moment."}
    return JsonResponse(said, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _is_program(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return (
        request.content_type == "application/json" or "json" in accepted or request.path.startswith("/api/")
    )


def _is_door(request: HttpRequest) -> bool:
    return request.path in {reverse(name) for name in DOORS}


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form was sent with, but nothing secret; none where it is too much for a page."""
    if request.method != "POST" or _is_door(request):
        return []
    names = [name for name in request.POST if not _is_secret(name)]
    fields = [(name, value) for name in names for value in request.POST.getlist(name)]
    size = sum(len(name) + len(value) for name, value in fields)
    return fields if len(fields) <= MOST_FIELDS and size <= MOST_CHARACTERS else []


def _is_secret(name: str) -> bool:
    return name in NOT_GIVEN_BACK or "password" in name
