"""Moving open cases to another version: the plan, what it would do with each case, and steering it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engine.departments.access import require
from engine.departments.permissions import Permission
from portal.designer import move_words
from portal.designer.rights import designers_only, find_service, person
from workflows.models import CaseClass, CaseFate, MovePhase, MoveStatus, Service, VersionMove
from workflows.moving import telling as selectors
from workflows.moving.matching import CANCELLED
from workflows.services import moving_versions as services
from workflows.services.moving_versions import MoveRefused

CANCEL = "-"  # among the choices for a step; its keys never look like this
STEP = "step-"
LARGEST_KEY = 2**63 - 1
VERBS: Mapping[str, Callable[..., Any]] = {
    "look": services.look_at_cases,
    "move": services.move_cases,
    "stop": services.stop_move,
    "resume": services.resume_move,
    "back": services.bring_back,
}


@dataclass(frozen=True)
class Tab:
    """One class or fate of cases to look through."""

    label: str
    address: str
    number: int
    is_current: bool


@designers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """The plans of a service, and the beginning of another."""
    service = _service(request, department_key, key)
    if request.method == "POST":
        numbers = [_number(request.POST.get(name, "")) for name in ("source", "target")]
        try:
            move = services.plan_move(
                service=service, source=numbers[0], target=numbers[1], by=person(request)
            )
        except MoveRefused as why:
            return _plans(request, service, numbers, move_words.refused(why))
        return redirect("designer:move", department_key, key, move.pk)
    return _plans(request, service, [], "")


def _plans(request: HttpRequest, service: Service, chosen: list[int], error: str) -> HttpResponse:
    versions = selectors.versions_with_cases(person(request), service)
    older = [number for number, cases in versions if cases and number != versions[0][0]]
    context = {
        "service": service,
        "department": service.department,
        "moves": selectors.moves_of(person(request), service)[:50],
        "versions": versions,
        "source": chosen[0] if chosen else next(iter(older), 0),
        "target": chosen[1] if chosen else next((number for number, _cases in versions), 0),
        "error": error,
    }
    return render(request, "designer/moves.html", context, status=422 if error else 200)


@designers_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, department_key: str, key: str, move_id: int) -> HttpResponse:
    """One plan: its questions, what it would do with the cases, and how far it is."""
    service, move = _found(request, department_key, key, move_id)
    view = selectors.move_view(person(request), move, get_language() or "en")
    if request.method == "POST":
        asked = {line.key: request.POST.get(STEP + line.key, "") for line in view.steps if line.asks}
        chosen = {step: CANCELLED if to == CANCEL else to for step, to in asked.items() if to}
        ticked = {name: request.POST.get(name) == "yes" for name in ("leaves_removed", "asks_applicant")}
        try:
            services.answer_plan(move_id=move.pk, steps=chosen, by=person(request), **ticked)
            services.look_at_cases(move_id=move.pk, by=person(request))
            messages.success(request, _("The plan is kept. Every open case is looked at now."))
        except MoveRefused as why:
            messages.warning(request, move_words.refused(why))
        return redirect("designer:move", department_key, key, move_id)
    return render(request, "designer/move.html", _context(service, view))


def _context(service: Service, view: selectors.MoveView) -> dict[str, Any]:
    move, figures = view.move, view.figures
    fates = figures.fates
    running = move.status == MoveStatus.RUNNING
    seen = move.phase == MovePhase.LOOK and move.status == MoveStatus.DONE
    moved_before = move.begun_at is not None and not running
    return {
        "service": service,
        "department": service.department,
        "view": view,
        "move": move,
        "asked": [line for line in view.steps if line.asks],
        "same": [line for line in view.steps if not line.asks],
        "changed": {line.key: move_words.settings_in_words(line.match.changed) for line in view.steps},
        "cancel": CANCEL,
        "safe": figures.kinds.get(CaseClass.SAFE, 0),
        "needs": figures.kinds.get(CaseClass.NEEDS, 0),
        "blocked": figures.kinds.get(CaseClass.BLOCKED, 0),
        "moved": fates.get(CaseFate.MOVED, 0),
        "left": fates.get(CaseFate.LEFT, 0),
        "restored": fates.get(CaseFate.RESTORED, 0),
        "kept": fates.get(CaseFate.KEPT, 0),
        "running": running,
        "may_change": move.begun_at is None and not running,
        "may_move": (seen and figures.kinds.get(CaseClass.SAFE, 0) > 0)
        or (moved_before and figures.still_open),
        "may_bring_back": moved_before and fates.get(CaseFate.MOVED, 0) > 0,
        "is_seen": figures.seen > 0,
    }


@designers_only
@require_POST
def act(request: HttpRequest, department_key: str, key: str, move_id: int, verb: str) -> HttpResponse:
    """Look, move, stop, go on, or bring back."""
    _service_found, move = _found(request, department_key, key, move_id)
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](move_id=move.pk, by=person(request))
    except MoveRefused as why:
        messages.warning(request, move_words.refused(why))
    return redirect("designer:move", department_key, key, move_id)


@designers_only
@require_safe
def cases(request: HttpRequest, department_key: str, key: str, move_id: int) -> HttpResponse:
    """The cases of a plan, each with its reasons."""
    service, move = _found(request, department_key, key, move_id)
    view = selectors.move_view(person(request), move, get_language() or "en")
    kind, fate = request.GET.get("class", ""), request.GET.get("fate", "")
    kind, fate = (kind if kind in CaseClass.values else ""), (fate if fate in CaseFate.values else "")
    after = _number(request.GET.get("after", ""))
    listed = selectors.cases_of_move(person(request), move, kind=kind, fate=fate, after=after)
    chosen = {name: value for name, value in (("class", kind), ("fate", fate)) if value}
    context = {
        "service": service,
        "department": service.department,
        "move": move,
        "view": view,
        "tabs": _tabs(view.figures, kind, fate),
        "lines": [
            (row, [move_words.told(each, view.old, view.new) for each in row.reasons]) for row in listed.rows
        ],
        "first_address": "?" + urlencode(chosen) if after else "",
        "next_address": "?" + urlencode({**chosen, "after": listed.next_place}) if listed.next_place else "",
    }
    return render(request, "designer/move_cases.html", context)


def _tabs(figures: selectors.Figures, kind: str, fate: str) -> list[Tab]:
    kinds = {"safe": _("Safe"), "needs": _("Needs an answer"), "blocked": _("Blocked")}
    fates = {
        "moved": _("Moved"),
        "left": _("Not moved"),
        "restored": _("Brought back"),
        "kept": _("Not brought back"),
    }
    found = [Tab(_("All"), "?", figures.seen, not kind and not fate)]
    for name, label in kinds.items():
        found.append(Tab(label, f"?class={name}", figures.kinds.get(name, 0), name == kind))
    for name, label in fates.items():
        if figures.fates.get(name):
            found.append(Tab(label, f"?fate={name}", figures.fates[name], name == fate))
    return found


def _service(request: HttpRequest, department_key: str, key: str) -> Service:
    """The service, for who administers its department."""
    service = find_service(request, department_key, key)
    require(person(request), Permission.ADMINISTER_DEPARTMENT, service.department_id)
    return service


def _found(request: HttpRequest, department_key: str, key: str, move_id: int) -> tuple[Service, VersionMove]:
    service = _service(request, department_key, key)
    move = selectors.find_move(person(request), service, move_id) if move_id <= LARGEST_KEY else None
    if move is None:
        raise Http404
    return service, move


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= LARGEST_KEY else 0
