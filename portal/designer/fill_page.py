"""The page on which a form of a trial is filled in: of an application, a step of staff or a correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.core.languages import direction
from forms_library.bound import CompiledForm
from forms_library.rendering import error_summary
from portal.designer.filling import Filled, Sheet, asked_now, drawn, read, sealed
from portal.designer.templatetags.designer import said
from portal.designer.trial import Asked, looked, played, role_name
from portal.designer.walk_steps import PREFIX, number_of, with_act, written
from workflows.dry_run import ActRefused, Report
from workflows.dry_run.pretending import made_up
from workflows.dry_run.stage import Stage
from workflows.models import WorkItem
from workflows.node_type import node_types
from workflows.selectors.first_actions import first_actions, form_of_start
from workflows.selectors.versions import version_of
from workflows.services.correcting import start_correction
from workflows.services.deciding import form_of
from workflows.services.refusals import NotOpen

Buttons = list[tuple[str, str, str]]  # the key of what is pressed, what the button says, its style


@dataclass(frozen=True)
class Found:
    """What the stage gave for the page, before it was taken down."""

    filled: Filled
    pages: list[dict[str, str]]
    asked: str
    actions: Buttons


def fill_in(asked: Asked) -> HttpResponse | Asked:
    """The page with the form; once it is filled in, the trial with a longer walk."""
    report, found = _looked(asked)
    if found is None:
        return asked
    filled, refused = found.filled, ""
    if _is_sent(asked) and not (filled.errors or filled.again or filled.more):
        refused, longer = _acted(asked, filled)
        if not refused:
            return longer
    return _page(asked, report, found, refused)


def _is_sent(asked: Asked) -> bool:
    """Whether answers were sent: the page carries the number of the made-up answers that stood in it."""
    return asked.posted.get("sent", "") == asked.posted.get("sample", "1") != ""


def _acted(asked: Asked, filled: Filled) -> tuple[str, Asked]:
    """The walk with what was filled in, and why that cannot be, if so."""
    if asked.posted.get("do") == "decide" and not asked.posted.get("outcome"):
        return _("Choose how this person ends the step."), asked
    longer = replace(asked, walk=with_act(asked.walk, asked.posted, filled.answers))
    if longer.walk == asked.walk:
        return _("This walk is too long to go on."), asked
    report, _page = played(longer)
    return (said(report.stopped.sentence) if report.stopped else ""), longer


def _looked(asked: Asked) -> tuple[Report, Found | None]:
    def look(stage: Stage) -> Found | None:
        sheet = _sheet(stage, asked)
        if sheet is None:
            return None
        filled = Filled(dict(sheet.first))
        if _is_sent(asked):
            stood = frozenset(asked.posted.get("asked", "").split(","))
            filled = read(sheet, asked.request.POST, stood, asked.posted.get("kept", ""))
        return Found(filled, list(drawn(sheet, filled)), asked_now(sheet, filled), _actions(stage, asked))

    return looked(asked, look)


def _sheet(stage: Stage, asked: Asked) -> Sheet | None:
    """What is to be filled in where the case stands; None where nothing is."""
    step = asked.posted.get("step", "")
    match asked.posted.get("fill"):
        case "apply" if stage.package.takes_applications and not stage.cases():
            return _made_up(stage, stage.parts.start_form, asked)
        case "open" if _opens(stage, step):
            return _made_up(stage, stage.parts.start_form, asked)
        case "decide":
            form = _form_of_step(stage, step)
            return _made_up(stage, form, asked) if form is not None else None
        case "correct":
            return _correction(stage, asked)
    return None


def _made_up(stage: Stage, form: CompiledForm, asked: Asked) -> Sheet | None:
    """The form with made-up answers; an empty one where none can be made up that it takes."""
    answers: Mapping[str, Any] = {}
    try:
        number = number_of(asked.posted.get("sample", "")) or 1
        answers = made_up(stage, form, number, asked.language, owner=stage.cast.applicant)
    except ActRefused:
        pass
    return Sheet(stage, form, answers, asked.language) if form.pages else None


def _opens(stage: Stage, step: str) -> bool:
    options = stage.parts.node(step)
    opened = options is not None and node_types[options.type].opened_by_staff(options)
    return bool(opened and not stage.cases() and form_of_start(stage.parts, step))


def _form_of_step(stage: Stage, step: str) -> CompiledForm | None:
    """The form that staff fill in at a step that is open."""
    found = WorkItem.objects.filter(department=stage.department, node_key=step, finished=None)
    item = found.select_related("process").order_by("pk").first()
    version = version_of(item.process.version_id) if item is not None else None
    options = version.node(step) if version is not None else None
    key = form_of(options) if options is not None else ""
    return version.staff_form(key) if version is not None and key else None


def _correction(stage: Stage, asked: Asked) -> Sheet | None:
    """The answers that the applicant is asked to correct, as they stand."""
    case = next((case for case in stage.cases() if case.finished is None), None)
    if case is None:
        return None
    try:
        draft = start_correction(case.reference, by=stage.cast.applicant)
    except NotOpen:
        return None
    named = draft.work_item.data.get("fields", []) if draft.work_item else []
    form, only = version_of(case.version_id).start_form, frozenset(named) or None
    return Sheet(stage, form, draft.answers, asked.language, only)


def _actions(stage: Stage, asked: Asked) -> Buttons:
    """The actions by which a case begins, where there are several."""
    start = asked.posted.get("step", "") if asked.posted.get("fill") == "open" else ""
    if asked.posted.get("fill") not in ("apply", "open"):
        return []
    options = stage.parts.node(start)
    roles = stage.package.staff_roles(options) if options else []
    user = stage.cast.who(roles[0])[0] if roles else stage.cast.applicant
    found = first_actions(user, stage.parts, stage.department.pk, start)
    language = get_language() or "en"
    return [(each.key, each.label.in_(language), each.style) for each in found] if len(found) > 1 else []


def _page(asked: Asked, report: Report, found: Found, refused: str) -> HttpResponse:
    posted, filled = asked.posted, found.filled
    work = next((one for one in report.open if one.step == posted.get("step")), None)
    choices = [each for each in work.choices if each.style != "return"] if work else []
    number = number_of(posted.get("sample", "")) or 1
    context = {
        "service": asked.service,
        "department": asked.service.department,
        "prefix": PREFIX,
        "script": written(asked.walk),
        "part": asked.part,
        "spoken": asked.language,
        "text_direction": direction(asked.language),
        "fill": posted.get("fill"),
        "step": posted.get("step", ""),
        "step_title": work.title if work else "",
        "role": role_name(asked, work.role) if work and work.role else "",
        "reason": posted.get("reason", ""),
        "sample": number,
        "another": number % 9 + 1,
        "pages": found.pages,
        "asked": found.asked,
        "kept": sealed(filled),
        "more": filled.more and not filled.errors,
        "refused": refused,
        "summary_html": error_summary(filled.errors, asked.language),
        "buttons": found.actions or [(each.key, each.label, each.style) for each in choices],
        "pressed": "action" if found.actions else "outcome",
    }
    return render(asked.request, "designer/try_fill.html", context, status=422 if filled.errors else 200)
