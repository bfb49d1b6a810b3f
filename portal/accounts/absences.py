"""Being away: who does the work meanwhile, said by the person or by an administrator of the department."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engine.audit.absences import announce_absence, end_absence
from engine.departments.absences import DeputiesRefused, absences_in
from engine.departments.access import departments_of, departments_with, members_of
from engine.departments.models import Absence, Department, User
from engine.departments.permissions import Permission
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.accounts.absence_form import Typed, member, problem, problems, refused_deputies
from portal.accounts.people import reader_of

PAGE = "absence"


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The absences that concern the reader, and the form for another."""
    return _page(request)


@login_required
@require_POST
def announce(request: HttpRequest, department_key: str) -> HttpResponse:
    """Announce an absence; the page comes back with what is wrong."""
    reader = reader_of(request)
    department = next((each for each in _departments(reader) if each.key == department_key), None)
    if department is None:
        raise Http404
    typed, members = Typed.read(request), _active(department)
    person = member(members, typed.person) if _administers(reader, department) else reader
    deputy = member(members, typed.deputy)
    wrong = problems(typed, person, deputy, department)
    if person is not None and deputy is not None and not wrong:
        wrong = _announced(request, typed, department, person, deputy)
    return _page(request, department, typed, wrong) if wrong else redirect(PAGE)


@login_required
@require_POST
def end(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Take an absence back, or end it now."""
    reader = reader_of(request)
    absence = Absence.objects.select_related("department", "person").filter(pk=absence_id).first()
    if absence is None or not (absence.person_id == reader.pk or _administers(reader, absence.department)):
        raise Http404
    end_absence(absence, by=reader)
    words = _("The absence of %(name)s is over.")
    messages.success(request, words % {"name": absence.person.get_full_name()})
    return redirect(PAGE)


def _announced(
    request: HttpRequest, typed: Typed, department: Department, person: User, deputy: User
) -> list[FieldError]:
    starts_at, ends_at = typed.span(department)
    try:
        announce_absence(
            person=person,
            deputy=deputy,
            department=department,
            starts_at=starts_at,
            ends_at=ends_at,
            by=reader_of(request),
        )
    except DeputiesRefused as refused:
        return [problem(department, "deputy", refused_deputies(str(refused), person, deputy))]
    words = _("%(deputy)s stands in for %(name)s then.")
    messages.success(request, words % {"deputy": deputy.get_full_name(), "name": person.get_full_name()})
    return []


def _page(
    request: HttpRequest,
    asked: Department | None = None,
    typed: Typed | None = None,
    wrong: Sequence[FieldError] = (),
) -> HttpResponse:
    reader = reader_of(request)
    departments = _departments(reader)
    if not departments:
        raise PermissionDenied
    context = {
        "section": PAGE,
        "rows": [_row(reader, each, typed if each == asked else None, wrong) for each in departments],
        "summary_html": error_summary(wrong, get_language() or "en") if wrong else "",
        "reader": reader,
    }
    return render(request, "accounts/absence.html", context, status=422 if wrong else 200)


def _row(
    reader: User, department: Department, typed: Typed | None, wrong: Sequence[FieldError]
) -> dict[str, Any]:
    administers = _administers(reader, department)
    return {
        "department": department,
        "administers": administers,
        "members": _active(department),
        "lines": _lines(reader, department, all_of_them=administers),
        "typed": typed or Typed(person=str(reader.public_id)),
        "wrong": {error.field_key: error.sentence for error in wrong} if typed else {},
    }


def _lines(reader: User, department: Department, *, all_of_them: bool) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "absence": absence,
            "last": absence.ends_at - timedelta(seconds=1),
            "is_now": absence.starts_at <= now,
            "may_end": all_of_them or absence.person_id == reader.pk,
        }
        for absence in absences_in([department.pk])
        if all_of_them or reader.pk in (absence.person_id, absence.deputy_id)
    ]


def _departments(reader: User) -> list[Department]:
    return list(Department.objects.filter(pk__in=departments_of(reader)).order_by("key"))


def _administers(reader: User, department: Department) -> bool:
    return department.pk in departments_with(reader, Permission.ADMINISTER_DEPARTMENT)


def _active(department: Department) -> list[User]:
    return [person for person in members_of(department) if person.is_active]
