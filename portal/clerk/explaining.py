"""Why a question was asked or not, in words; reading personal answers on the way is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from forms_library.why import Line
from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language, page
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services
from workflows.services import NothingToExplain

LONGEST_NAME = 300


@dataclass(frozen=True)
class Reason:
    """One sentence with those that it rests on."""

    line: Line
    below: list[Reason] = field(default_factory=list)


@staff_only
@require_safe
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """All questions of the form, asked or not."""
    found = case_or_404(request, reference)
    case, pages = services.questions_of(reference=found.reference, by=person(request), language=language())
    context = {"case": case, "came": CameFrom.of(request), "pages": pages}
    return page(request, "clerk/why_questions.html", "cases", context, department=case.department)


@staff_only
@require_safe
def question(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """The reasons for one of them."""
    found = case_or_404(request, reference)
    if len(name) > LONGEST_NAME:
        raise Http404
    try:
        told = services.explain(reference=found.reference, name=name, by=person(request), language=language())
    except NothingToExplain as unknown:
        raise Http404 from unknown
    context = {
        "case": told.case,
        "came": CameFrom.of(request),
        "heading": told.label,
        "reasons": tree(told.reasons.lines),
        "choices": [reason for each in told.choices for reason in tree(each.lines)],
        "cells": told.cells,
    }
    return page(request, "clerk/why.html", "cases", context, department=told.case.department)


def tree(lines: Sequence[Line]) -> list[Reason]:
    """The lines by their depth: each holds those that stand deeper below it."""
    top: list[Reason] = []
    way: list[Reason] = []
    for line in lines:
        reason = Reason(line)
        while way and way[-1].line.depth >= line.depth:
            way.pop()
        (way[-1].below if way else top).append(reason)
        way.append(reason)
    return top
