"""The page of one case, put together for reading, or shown again with what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from engine.audit.selectors import history
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk.answer_lines import Revealed, groups_of
from portal.clerk.assigning import colleagues
from portal.clerk.bar import Bar, bar_of
from portal.clerk.came_from import CameFrom
from portal.clerk.course import changes_offered
from portal.clerk.frame import language, may_in, page
from portal.clerk.notes import shown_notes
from portal.clerk.queue import view_names
from portal.clerk.staff import person
from portal.clerk.staff_form import StaffForm, sealed
from portal.clerk.timeline import happenings
from workflows.models import Case
from workflows.selectors.cases import CaseView, case_view


@dataclass(frozen=True)
class Typed:
    """What is shown again beside the case: the words, what is wrong with them, and what was kept."""

    reason: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    files: Mapping[str, Any] = field(default_factory=dict)
    conflict: str = ""
    note: str = ""
    address: str = ""
    wrong_address: str = ""


NOTHING = Typed()


def case_page(
    request: HttpRequest,
    reference: str,
    *,
    typed: Typed = NOTHING,
    revealed: Revealed | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a case for who may see it."""
    came, user = CameFrom.of(request), person(request)
    try:
        view = case_view(user, reference, language=language(), view=came.view, filters=came.filters)
    except Case.DoesNotExist as unknown:
        raise Http404 from unknown
    context = {
        "view": view,
        "case": view.case,
        "came": came,
        "list_name": view_names()[came.view] if came.view else "",
        "zone": view.case.department.time_zone,
        "here": came.case_address(view.case.reference),
        "typed": typed,
        **_answers(request, view, revealed),
        **_work(request, view, typed),
        **shown_notes(request, view),
        "changes": changes_offered(request, view.case),
        "happenings": happenings(view.timeline, view.applicant),
        "may_export": may_in(request, Permission.EXPORT_CASE, view.case.department_id),
    }
    section, department = "queue" if came.view else "cases", view.case.department
    return page(request, "clerk/case.html", section, context, department=department, status=status)


def _answers(request: HttpRequest, view: CaseView, revealed: Revealed | None) -> dict[str, Any]:
    only_changed = request.GET.get("changed") == "1" and view.answers.changed > 0
    query = request.GET.copy() if request.method == "GET" else CameFrom.of(request).as_query()
    query.pop("changed", None)
    whole, may_reveal = query.urlencode(), view.actions.may_reveal
    query["changed"] = "1"
    return {
        "groups": groups_of(
            view.answers.sections,
            revealed,
            only_changed=only_changed,
            may_reveal=may_reveal,
            zone=view.case.department.time_zone,
        ),
        "records": groups_of(view.answers.work, may_reveal=may_reveal),
        "only_changed": only_changed,
        "seen_before": _seen_before(request, view),
        "changed_query": f"?{query.urlencode()}",
        "whole_query": f"?{whole}",
    }


def _seen_before(request: HttpRequest, view: CaseView) -> bool:
    """Whether the reader did something on the case before the applicant changed it."""
    moments = [row.changed_at for section in view.answers.sections for row in section.rows if row.changed_at]
    if not moments:
        return False
    return history(view.case.chain).filter(actor=person(request), at__lt=max(moments)).exists()


def _work(request: HttpRequest, view: CaseView, typed: Typed) -> dict[str, Any]:
    bar = bar_of(view.actions)
    form = _form(view, bar)
    return {
        "bar": bar,
        "form": form,
        "form_html": form.html(typed.raw, typed.errors, typed.files) if form else "",
        "sealed": sealed(typed.files, view.case, person(request)) if form else "",
        "summary_html": error_summary(typed.errors, language()),
        "colleagues": _colleagues(view),
        "place": _place(view),
    }


def _place(view: CaseView) -> str:
    """Where the step is to be done, as the applicant wrote it; empty where that is masked or unknown."""
    wanted = view.actions.place
    rows = [row.row for section in view.answers.sections for row in section.rows] if wanted else []
    found = next((row for row in rows if row.field_key == wanted), None)
    return found.value_text if found is not None and not found.masked else ""


def _colleagues(view: CaseView) -> list[User]:
    """To whom the step can be given."""
    actions = view.actions
    if actions.step is None or not (actions.may_assign or actions.may_delegate):
        return []
    return colleagues(view.case, actions.roles)


def _form(view: CaseView, bar: Bar) -> StaffForm | None:
    if bar.kind != "decide":
        return None
    return StaffForm.of(view.case, view.actions.form_key, language())
