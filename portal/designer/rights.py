"""Who comes into the designer's room, and for which departments."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from engine.departments.access import departments_with, may
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from portal.shell.rooms import MANAGING
from workflows.models import Service

View = Callable[..., HttpResponse]


def departments_of(user: User) -> frozenset[int]:
    """The departments whose services the person designs, publishes or administers."""
    return frozenset().union(*(departments_with(user, right) for right in MANAGING))


def designers_only(view: View) -> View:
    """Ask for a sign-in, then for a department whose services the person has to do with."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not departments_of(person(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def person(request: HttpRequest) -> User:
    """The signed-in person behind a guarded view."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def find_department(request: HttpRequest, key: str) -> Department:
    """The department of this key; another's looks like one that is not there."""
    department = Department.objects.filter(key=key, pk__in=departments_of(person(request))).first()
    if department is None:
        raise Http404
    return department


def find_service(request: HttpRequest, department_key: str, key: str) -> Service:
    """The service of this key in a department that the person has to do with."""
    department = find_department(request, department_key)
    found = Service.objects.select_related("department", "current", "working_by").filter(
        department=department, key=key
    )
    service = found.first()
    if service is None:
        raise Http404
    return service


def what_they_may(user: User, department: Department) -> dict[str, bool]:
    """What the buttons of a page depend on."""
    return {
        "may_design": may(user, Permission.DESIGN_SERVICE, department.pk),
        "may_publish": may(user, Permission.PUBLISH_SERVICE, department.pk),
        "may_administer": may(user, Permission.ADMINISTER_DEPARTMENT, department.pk),
    }
