"""What staff themselves can ask for: the services of their departments for staff."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engine.departments.access import departments_with
from engine.departments.permissions import Permission
from portal.clerk.frame import language, page
from portal.clerk.staff import person
from workflows.selectors.staff_services import staff_services


@never_cache
@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The list, by department."""
    user = person(request)
    if not departments_with(user, Permission.APPLY_INTERNAL):
        raise PermissionDenied
    groups = staff_services(user, language=language())
    departments = [group.department for group in groups]
    return page(request, "clerk/requests.html", "requests", {"groups": groups}, departments=departments)
