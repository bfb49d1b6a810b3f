"""The services of the person's departments: live, changed, or not published yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from engine.departments.models import Department
from portal.designer.rights import departments_of, designers_only, person, what_they_may
from workflows.models import Service


@dataclass(frozen=True)
class DepartmentRow:
    """A department, its services, and what the person may do there."""

    department: Department
    services: list[Service]
    may: dict[str, bool]


@designers_only
def show(request: HttpRequest) -> HttpResponse:
    """List every service with its state."""
    user = person(request)
    departments = Department.objects.filter(pk__in=departments_of(user)).order_by("key")
    services = (
        Service.objects.filter(department__in=departments, archived_at=None)
        .select_related("department", "current")
        .annotate(open_cases=Count("cases", filter=Q(cases__finished=None)))
        .order_by("key")
    )
    rows = [
        DepartmentRow(d, [s for s in services if s.department_id == d.pk], what_they_may(user, d))
        for d in departments
    ]
    single = rows[0].department if len(rows) == 1 else None
    context = {"rows": rows, "department": single, "reading": get_language() or "en"}
    return render(request, "designer/services.html", context)
