"""What every page of the workbench is given: the part of the house it is in, and whose place it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from engine.departments.access import may
from engine.departments.models import Department
from engine.departments.permissions import Permission
from portal.clerk.staff import person


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def page(
    request: HttpRequest,
    template: str,
    section: str,
    context: dict[str, Any],
    *,
    department: Department | None = None,
    departments: list[Department] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page in the frame of the workbench."""
    shown = [department] if department else (departments or [])
    frame = {
        "section": section,
        "department": shown[0] if len(shown) == 1 else None,
        "department_names": [each.name(language()) for each in shown],
    }
    return render(request, template, {**frame, **context}, status=status)


def may_in(request: HttpRequest, right: Permission, department_id: int) -> bool:
    """Whether the person behind the request has a right in a department."""
    return may(person(request), right, department_id)
