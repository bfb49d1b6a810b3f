"""The real page of a person of a trial, drawn while the trial is still on its stage."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import resolve, reverse
from django_htmx.middleware import HtmxDetails

from engine.departments.models import User
from engine.departments.spoken import frame_for
from portal.shell.reading import drawn, read_in
from workflows.dry_run.cast import APPLICANT
from workflows.dry_run.stage import Stage


def page_of(stage: Stage, asked: HttpRequest, part: str, language: str) -> str:
    """What this person would see now, as HTML; empty where there is nothing to see."""
    case = next(iter(stage.cases()), None)
    if case is None or part not in stage.cast.people:
        return ""
    name = "citizen:application" if part == APPLICANT else "clerk:case"
    user = stage.cast.people[part]
    request = _request(asked, reverse(name, args=[case.reference]), user)
    found = resolve(request.path)
    spoken = language if part == APPLICANT else frame_for(language, None)
    with read_in(spoken, ()):
        try:
            answer = found.func(request, *found.args, **found.kwargs)
        except (Http404, PermissionDenied):
            return ""
        if hasattr(answer, "render"):
            answer.render()
        html = drawn(answer.content.decode())
    if answer.status_code != 200:
        return ""
    return stage.real_words(html).replace(stage.department.key, stage.home)


def _request(asked: HttpRequest, path: str, user: User) -> HttpRequest:
    """A request of this person for a page, which no middleware has seen and no session knows."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {name: asked.META[name] for name in _OF_THE_SERVER if name in asked.META}
    request.META["REQUEST_METHOD"] = "GET"
    request.user = user
    request.session = SessionBase()
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


_OF_THE_SERVER = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "wsgi.url_scheme", "REMOTE_ADDR", "SCRIPT_NAME")
