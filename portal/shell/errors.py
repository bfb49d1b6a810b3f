"""Pages for what went wrong: what to do, what was kept, and a reference."""

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.shell.context import page_language

log = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread on the telephone


@dataclass(frozen=True)
class Fault:
    """What one status says to a person."""

    title: str | Promise
    sentences: tuple[str | Promise, ...]
    icon: str
    has_reference: bool = False


KEPT = _("Answers that were saved before are kept.")
FAULTS = {
    400: Fault(
        _("We could not read this request"),
        (_("Go back to the page before and try again."), KEPT),
        "file-x",
        has_reference=True,
    ),
    403: Fault(
        _("You may not open this page"),
        (
            _("It belongs to somebody else, or to another department."),
            _("If you signed in with more than one account, check that you use the right one."),
        ),
        "lock",
    ),
    404: Fault(
        _("Page not found"),
        (
            _("If you typed the address, check that it is correct. If you followed a link, it may be old."),
            _("Your applications are under “My applications” after you sign in."),
        ),
        "search-x",
    ),
    410: Fault(
        _("This service is closed"),
        (_("You can no longer apply here. Applications that were sent are kept and are decided."),),
        "milestone",
    ),
    429: Fault(
        _("Too many attempts"),
        (_("Wait 15 minutes and try again. This protects your account and everyone else’s."), KEPT),
        "timer",
    ),
    500: Fault(
        _("Something went wrong on our side"),
        (
            _("Try again in a few minutes."),
            KEPT,
            _("If it happens again, call us and give the reference below."),
        ),
        "triangle-alert",
        has_reference=True,
    ),
    503: Fault(
        _("The service is not available at the moment"),
        (
            _("Nothing is lost: what you saved and what you sent is kept."),
            _("Try again in a few minutes."),
            _("If you were filling in a page, go back and press the button again."),
        ),
        "server-off",
        has_reference=True,
    ),
}


TOO_MUCH = Fault(
    _("This page was too large to be sent"),
    (
        _("Go back to the page before: what you typed should still be there."),
        _("Remove rows, shorten long texts or choose fewer files, then continue and add the rest."),
        KEPT,
        _("If it happens again, call us and give the reference below."),
    ),
    "file-x",
    has_reference=True,
)
PROTECTED = Fault(
    _("We cannot read protected answers at the moment"),
    (
        _("Nothing is lost: what you saved and what you sent is kept."),
        _("If you were filling in a page, go back and press the button again later."),
        _("If it happens again, call us and give the reference below."),
    ),
    "lock",
    has_reference=True,
)
DAMAGED = Fault(
    _("We cannot show this file"),
    (_("Everything else of the application is kept. Call us and give the reference below."),),
    "file-warning",
    has_reference=True,
)
NO_WORKFLOW = Fault(
    _("Nothing can be done with this case at the moment"),
    (
        _("The software that runs now does not have the workflow of this case. Nothing was changed."),
        _("Who administers the department sees the case under Repairs. Tell them, or call us."),
    ),
    "search-x",
    has_reference=True,
)
READ_ONLY = Fault(
    _("You can read everything, but send nothing at the moment"),
    (
        _("This site is being looked after. Nothing is lost: what you saved and what you sent is kept."),
        _("Try again in a few minutes."),
    ),
    "lock",
)


def new_reference() -> str:
    """Four letters by which a person on the telephone and a line in the log find each other."""
    return "".join(secrets.choice(LETTERS) for _place in range(4))


def error_page(
    request: HttpRequest,
    status: int,
    *,
    fault: Fault | None = None,
    said: str = "",
    template: str = "shell/error.html",
    **more: Any,
) -> HttpResponse:
    """The page of one status; it asks neither the database nor the session."""
    fault = fault or FAULTS.get(status) or FAULTS[500]
    reference = new_reference() if fault.has_reference else ""
    if reference:
        log.warning("page %s, reference %s, at %s", status, reference, request.path)
    context = {
        **page_language(),
        "request": request,  # for the links of other languages
        "fault": fault,
        "said": said,
        "reference": reference,
        **more,
    }
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def no_workflow(request: HttpRequest) -> HttpResponse:
    """409: the case refers to a version that this release does not have."""
    return error_page(request, HTTPStatus.CONFLICT, fault=NO_WORKFLOW)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; what was more than a request may hold is told apart, for there is something to do about it."""
    fault = TOO_MUCH if isinstance(exception, TOO_LARGE) else None
    return error_page(request, HTTPStatus.BAD_REQUEST, fault=fault)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; the text of a refusal never names the other department."""
    return error_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def gone(request: HttpRequest) -> HttpResponse:
    """410."""
    return error_page(request, HTTPStatus.GONE)


def too_many(request: HttpRequest, *_rest: Any, **_more: Any) -> HttpResponse:
    """429; also what django-axes shows when it locks a door."""
    response = error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "900"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def protected(request: HttpRequest) -> HttpResponse:
    """503, because the key of sensitive answers is missing or another one."""
    return error_page(request, HTTPStatus.SERVICE_UNAVAILABLE, fault=PROTECTED)


def unavailable(request: HttpRequest, *, retry_after_s: int = 30) -> HttpResponse:
    """503."""
    response = error_page(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(retry_after_s)
    return response


def read_only(request: HttpRequest, **more: Any) -> HttpResponse:
    """503, because nothing may be written now; what was typed is in the page."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return error_page(request, status, fault=READ_ONLY, template="shell/read_only.html", **more)
