"""The small style file that paints a department's place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from engine.departments import themes
from engine.departments.models import Department

FOR_EVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=60"


def address(department: Department) -> str:
    """Where the colours of a department are served; a new address whenever they change."""
    return reverse("shell:theme", args=[department.key, themes.theme_hash(department)])


def stylesheet(request: HttpRequest, key: str, fingerprint: str) -> HttpResponse:
    """The colours as they are now; an outdated address is not kept by browsers."""
    department = get_object_or_404(Department, key=key)
    current = fingerprint == themes.theme_hash(department)
    response = HttpResponse(themes.theme_css(department), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if current else A_MOMENT
    return response
