"""The answers of cases as files. An export obeys the rights of who asks and is recorded first.

Personal and sensitive answers come masked. Who may show personal data can ask for them in full; that is
recorded as reading them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.access import departments_with, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.application_pdf import Section, application_pdf
from forms_library.compiled import CompiledForm
from forms_library.review import review
from workflows.clock import calendar_of
from workflows.models import Case, CaseState, Service
from workflows.selectors.case_finding import find_case
from workflows.selectors.versions import version_of
from workflows.services.answer_files import csv_lines, json_parts

HIDDEN = ("personal", "sensitive")
AT_ONCE = 500
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
LIST_KINDS = ("csv", "xlsx", "json")


@dataclass(frozen=True)
class AnswerFile:
    """A file to be sent part by part."""

    name: str
    content_type: str
    parts: Iterable[bytes]


def exportable_services(user: User) -> QuerySet[Service]:
    """The services whose cases the person may export."""
    allowed = departments_with(user, Permission.EXPORT_CASE)
    found = Service.objects.filter(department_id__in=allowed).exclude(current=None)
    return found.select_related("department").defer("working").order_by("department__key", "key")


def export_answers(
    user: User, service: Service, *, kind: str, state: str = "", in_full: bool = False
) -> AnswerFile:
    """The cases of a service, in one state or in all; recorded."""
    require(user, Permission.EXPORT_CASE, service.department_id)
    hide = _hide(user, service.department_id, in_full=in_full)
    cases = Case.objects.filter(service=service)
    if state in CaseState.values:
        cases = cases.filter(state=state)
    forms = _forms(cases)
    chain = audit.department_chain(service.department.key)
    details = {"kind": kind, "rows": cases.count(), "in_full": in_full, "state": state}
    _record(user, chain, service.department_id, f"service:{service.key}", details)
    if in_full:
        _record_read(user, chain, service.department_id, f"service:{service.key}", forms)
    name = f"{service.key}-{timezone.now():%Y-%m-%d}.{kind}"
    return AnswerFile(name, CONTENT_TYPES[kind], _parts(kind, _walk(cases, service), forms, hide))


def export_case_answers(
    user: User, reference: str, *, kind: str, in_full: bool = False, language: str = "en"
) -> AnswerFile:
    """One case; recorded in its own chain."""
    case = find_case(user, reference)
    require(user, Permission.EXPORT_CASE, case.department_id)
    hide, forms = _hide(user, case.department_id, in_full=in_full), [version_of(case.version_id).start_form]
    subject, details = f"case:{case.pk}", {"kind": kind, "rows": 1, "in_full": in_full}
    _record(user, case.chain, case.department_id, subject, details)
    if in_full:
        _record_read(user, case.chain, case.department_id, subject, forms)
    parts = [_pdf(case, hide, language)] if kind == "pdf" else _parts(kind, [case], forms, hide)
    return AnswerFile(f"{case.reference}.{kind}", CONTENT_TYPES[kind], parts)


def _hide(user: User, department_id: int, *, in_full: bool) -> Collection[str]:
    if in_full:
        require(user, Permission.SEE_PERSONAL_DATA, department_id)
        return ()
    return HIDDEN


def _forms(cases: QuerySet[Case]) -> list[CompiledForm]:
    """The forms that these cases were filled in, the newest version first."""
    used = cases.order_by("-version_id").values_list("version_id", flat=True).distinct()
    return [version_of(version_id).start_form for version_id in used]


def _walk(cases: QuerySet[Case], service: Service) -> Iterator[Case]:
    """The cases in the order in which they were sent, a few hundred in memory at a time."""
    cases, last = cases.defer("summary").order_by("submitted_at", "pk"), None
    while True:
        page = list((cases.filter(_after(last)) if last else cases)[:AT_ONCE])
        for case in page:
            case.service = service
            yield case
        if len(page) < AT_ONCE:
            return
        last = page[-1]


def _after(case: Case) -> Q:
    at = case.submitted_at
    return Q(submitted_at__gte=at) & (Q(submitted_at__gt=at) | Q(pk__gt=case.pk))


def _parts(
    kind: str, cases: Iterable[Case], forms: list[CompiledForm], hide: Collection[str]
) -> Iterable[bytes]:
    if kind == "csv":
        return csv_lines(cases, forms, hide)
    if kind == "json":
        return json_parts(cases, hide)
    from workflows.services.answer_workbook import xlsx_parts  # its library is large, and seldom wanted

    return xlsx_parts(cases, forms, hide)


def _pdf(case: Case, hide: Collection[str], language: str) -> bytes:
    version, calendar = version_of(case.version_id), calendar_of(case.department_id)
    form = version.start_form
    sections = review(
        form,
        case.answers,
        language,
        timezone.now().astimezone(calendar.zone).date(),
        hide=hide,
        reveal=() if hide else list(form.fields),
        calendar=calendar,
    )
    return application_pdf(
        department=case.department,
        language=language,
        title=form.form.title.in_(language),
        sections=[
            Section(section.title, [(row.label, row.value_text) for row in section.rows])
            for section in sections
        ],
        made_at=timezone.now(),
        reference=case.reference,
    )


def _record(user: User, chain: str, department_id: int, subject: str, details: dict[str, Any]) -> None:
    audit.record(
        "case.exported",
        chain=chain,
        actor=user,
        department_id=department_id,
        subject=subject,
        details=details,
    )


def _record_read(
    user: User, chain: str, department_id: int, subject: str, forms: Iterable[CompiledForm]
) -> None:
    keys = {asked.key for form in forms for asked in form.questions() if asked.field.data_class in HIDDEN}
    audit.record_read(user, chain=chain, department_id=department_id, subject=subject, fields=keys)
