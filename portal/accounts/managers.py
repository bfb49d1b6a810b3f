"""Who leads whom: administrators name the manager of each member of staff of their own departments."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engine.audit.people import set_manager
from engine.departments.access import members_of
from engine.departments.managers import ManagersInACircle
from engine.departments.models import Department, User
from portal.accounts.people import PAGE, administered_department, reader_of


@login_required
@require_POST
def name(request: HttpRequest, department_key: str) -> HttpResponse:
    """Name the manager of a person by their address; an empty address takes the manager away."""
    department = administered_department(request, department_key)
    members = list(members_of(department))
    person = _member(members, "public_id", request.POST.get("person", ""))
    if person is None:
        raise Http404
    address = request.POST.get("manager", "").strip().lower()
    manager = _member(members, "email", address) if address else None
    if address and manager is None:
        words = _("Nobody with the address %(address)s has a role here.")
        messages.error(request, words % {"address": address[:80]})
        return redirect(PAGE)
    _name(request, person, manager, department)
    return redirect(PAGE)


def _name(request: HttpRequest, person: User, manager: User | None, department: Department) -> None:
    words = {"name": person.get_full_name(), "manager": manager.get_full_name() if manager else ""}
    try:
        set_manager(person, manager, department, by=reader_of(request))
    except ManagersInACircle:
        messages.error(request, _("%(manager)s cannot lead %(name)s: they would lead themselves.") % words)
        return
    said = _("%(manager)s leads %(name)s now.") if manager else _("Nobody leads %(name)s now.")
    messages.success(request, said % words)


def _member(members: list[User], column: str, wanted: str) -> User | None:
    return next((each for each in members if str(getattr(each, column)) == wanted), None)
