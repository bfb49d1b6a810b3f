"""Draws home, departments, services and the search over them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from engine.departments.models import Department
from portal.shell.reading import settle
from workflows.selectors import catalogue

LONGEST_QUERY = 100


def _language() -> str:
    return get_language() or "en"


def home(request: HttpRequest, text: dict[str, Any] | None) -> HttpResponse:
    """The departments and the search."""
    departments = catalogue.departments_with_services()
    return render(request, "pages/home.html", {"departments": departments, "text": text})


def services(request: HttpRequest) -> HttpResponse:
    """Every service, or those that match the words searched for."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    found = catalogue.search(query, language=_language())
    return render(request, "pages/services.html", {"query": query, "found": found})


def department(request: HttpRequest, department: Department, text: dict[str, Any] | None) -> HttpResponse:
    """What one department offers."""
    found = catalogue.services_of(department, language=_language())
    return render(request, "pages/department.html", {"department": department, "found": found, "text": text})


def service(request: HttpRequest, department: Department, key: str) -> HttpResponse:
    """What a service is, who needs it, what it takes and how it goes on."""
    found = catalogue.service_offered(department, key)
    if found is None:
        raise Http404
    page = catalogue.page_of(found, settle(catalogue.languages_of(found), department.languages))
    return render(request, "pages/service.html", {"department": department, "page": page})


def content(request: HttpRequest, title: str, text: dict[str, Any] | None) -> HttpResponse:
    """A plain page."""
    return render(
        request, "pages/content.html", {"heading": text["heading"] if text else title, "text": text}
    )
