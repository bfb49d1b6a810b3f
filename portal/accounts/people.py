"""Who has which role: administrators give and take the roles of their own departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engine.audit.people import LastAdministrator, give_role, take_role
from engine.departments.access import departments_with, forget, members_of, roles_of
from engine.departments.managers import managers_in
from engine.departments.models import Department, User, WorkRole
from engine.departments.permissions import Permission
from engine.departments.roles import Role
from engine.departments.work_roles import work_roles
from forms_library.answers import FieldError
from forms_library.rendering import error_summary

PAGE = "people"
DOOR = Permission.ADMINISTER_DEPARTMENT


@dataclass(frozen=True)
class RoleWords:
    """A role as an administrator reads it."""

    role: Role | WorkRole
    name: str | Promise
    does: str | Promise

    @property
    def key(self) -> str:
        """The role as it is posted; a department's own role never has the key of one of the product."""
        return self.role.key if isinstance(self.role, WorkRole) else self.role.value


WORDS = {
    words.key: words
    for words in (
        RoleWords(Role.CLERK, gettext_lazy("Clerk"), gettext_lazy("checks cases and decides its own steps")),
        RoleWords(
            Role.SUPERVISOR,
            gettext_lazy("Supervisor"),
            gettext_lazy("approves, gives work to others, revokes"),
        ),
        RoleWords(
            Role.DESIGNER, gettext_lazy("Designer"), gettext_lazy("changes services, publishes nothing")
        ),
        RoleWords(Role.PUBLISHER, gettext_lazy("Publisher"), gettext_lazy("publishes what designers made")),
        RoleWords(
            Role.ADMINISTRATOR,
            gettext_lazy("Administrator"),
            gettext_lazy("gives roles and runs the services"),
        ),
        RoleWords(Role.AUDITOR, gettext_lazy("Auditor"), gettext_lazy("reads who did or saw what")),
    )
}


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The people of every department that the reader administers."""
    return _page(request)


@login_required
@require_POST
def give(request: HttpRequest, department_key: str) -> HttpResponse:
    """Give a role to the account with an address; the page comes back with what is wrong."""
    department = administered_department(request, department_key)
    address, sent = request.POST.get("email", "").strip().lower(), request.POST.get("role", "")
    person, chosen = _account(address), _words(department).get(sent)
    if person is None or chosen is None:
        wrong = _wrong(department, address, person, chosen)
        return _page(request, department, {"email": address, "role": sent}, wrong)
    words = {"name": person.get_full_name(), "role": chosen.name}
    if chosen.role in roles_of(person, department):
        messages.info(request, _("%(name)s has the role “%(role)s” already.") % words)
    else:
        give_role(person, chosen.role, department, by=reader_of(request))
        messages.success(request, _("%(name)s has the role “%(role)s” now.") % words)
    return redirect(PAGE)


@login_required
@require_POST
def take(request: HttpRequest, department_key: str) -> HttpResponse:
    """Take a role from a person of the department; it ends with that person's next request."""
    department = administered_department(request, department_key)
    sent = request.POST.get("person", "")
    person = next((each for each in members_of(department) if str(each.public_id) == sent), None)
    taken = _words(department).get(request.POST.get("role", ""))
    if person is None or taken is None:
        raise Http404
    words = {"name": person.get_full_name(), "role": taken.name}
    try:
        if taken.role in roles_of(person, department):
            take_role(person, taken.role, department, by=reader_of(request))
        messages.success(request, _("%(name)s does not have the role “%(role)s” any more.") % words)
    except LastAdministrator:
        messages.error(
            request, _("%(name)s is the last administrator. Give somebody else that role first.") % words
        )
    forget(reader_of(request))  # who gave up the own role reads no people any more
    return redirect(PAGE if departments_with(reader_of(request), DOOR) else "/")


def _words(department: Department) -> dict[str, RoleWords]:
    """The roles that can be given in a department: those of the product, then its own."""
    language, does = get_language() or "en", _("does the steps of services that name this role")
    own = [RoleWords(role, role.name(language), does) for role in work_roles(department)]
    return WORDS | {words.key: words for words in own}


def _wrong(
    department: Department, address: str, person: User | None, role: RoleWords | None
) -> list[FieldError]:
    found = []
    if person is None:
        missing = _("There is no account with this address. Ask the person to create one first.")
        sentence = missing if address else _("Enter an e-mail address")
        found.append(FieldError("email", "", sentence, "unknown", f"email-{department.key}"))
    if role is None:
        found.append(FieldError("role", "", _("Select a role"), "required", f"role-{department.key}"))
    return found


def _page(
    request: HttpRequest,
    asked: Department | None = None,
    typed: dict[str, str] | None = None,
    wrong: list[FieldError] | None = None,
) -> HttpResponse:
    departments = administered_departments(request)
    rows: list[dict[str, Any]] = [
        {
            "department": department,
            "people": _people(department, known := _words(department)),
            "roles": list(known.values()),
            "typed": typed if department == asked else {},
            "wrong": {each.field_key: each.sentence for each in wrong or ()} if department == asked else {},
        }
        for department in departments
    ]
    context = {
        "rows": rows,
        "section": PAGE,
        "summary_html": error_summary(wrong, get_language() or "en") if wrong else "",
    }
    return render(request, "accounts/people.html", context, status=422 if wrong else 200)


def _people(department: Department, known: dict[str, RoleWords]) -> list[dict[str, Any]]:
    """Everybody with a role, which, and who leads them."""
    managers = managers_in(department)
    return [
        {
            "person": person,
            "roles": [words for words in known.values() if words.role in roles],
            "manager": managers.get(person.pk),
        }
        for person, roles in members_of(department).items()
    ]


def administered_departments(request: HttpRequest) -> QuerySet[Department]:
    """The departments that the reader administers; who administers none is refused."""
    return Department.objects.filter(pk__in=_administered(request)).order_by("key")


def administered_department(request: HttpRequest, key: str) -> Department:
    """The department of this key; one that somebody else administers looks as if it were not there."""
    found = Department.objects.filter(key=key, pk__in=_administered(request)).first()
    if found is None:
        raise Http404
    return found


def _administered(request: HttpRequest) -> frozenset[int]:
    found = departments_with(reader_of(request), DOOR)
    if not found:
        raise PermissionDenied
    return found


def reader_of(request: HttpRequest) -> User:
    """The signed-in person behind a guarded view."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _account(address: str) -> User | None:
    """The account with exactly this address; what is no address belongs to nobody."""
    try:
        validate_email(address)
    except ValidationError:
        return None
    return User.objects.filter(email=address, is_active=True).first()
