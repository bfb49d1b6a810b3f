"""Everything that was recorded on a case, with who read what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engine.audit.selectors import history
from portal.clerk.frame import language, page
from portal.clerk.staff import case_or_404, person, staff_only
from portal.clerk.timeline import sentence
from workflows.models import Case
from workflows.node_type import node_types
from workflows.selectors.clocks import clock_history
from workflows.selectors.past_versions import MOVES, PastVersions, versions_in
from workflows.selectors.rights import may_read_answers
from workflows.selectors.timeline import Event, names_in
from workflows.selectors.versions import Version

ON_A_PAGE = 100
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Entry:
    """One entry of the record: its number in the chain, when, the sentence, and which answers it concerns."""

    position: int
    at: datetime
    sentence: SafeString
    fields: list[str]
    hash: str


@staff_only
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The record of a case, newest first, for who may see the case."""
    case = case_or_404(request, reference)
    named = may_read_answers(person(request), case)
    pages = Paginator(history(case.chain).order_by("-position"), ON_A_PAGE)
    shown = pages.get_page(_number(request))
    names = names_in(shown)
    past = PastVersions(case, history(case.chain).filter(verb__in=MOVES))
    context = {
        "case": case,
        "zone": case.department.time_zone,
        "applicant": case.applicant.get_full_name() if named else "",
        "entries": [_entry(entry, case, past.at(entry.at), names, named=named) for entry in shown],
        "page": shown,
        "clocks": clock_history(person(request), case, language()) if shown.number == 1 else [],
    }
    return page(request, "clerk/history.html", "cases", context, department=case.department)


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def _entry(entry: Any, case: Case, version: Version, names: Mapping[int, str], *, named: bool) -> Entry:
    details = json.loads(entry.details)
    fields = details.get("fields", [])
    keys = fields if isinstance(fields, list) else []
    is_applicant = entry.actor_id == case.applicant_id
    who = entry.actor.get_full_name() if entry.actor_id else ""
    options = version.node(details.get("node", ""))
    event = Event(
        verb=entry.verb,
        at=entry.at,
        who=_("The applicant") if is_applicant and not named else who,
        step=options.title.in_(language()) if options else "",
        outcome=_outcome(version, options, details.get("outcome", "")),
        number=len(keys) or int(details.get("level", 0)),
        subject=entry.subject.partition(":")[2],
        clock="stopped" if entry.verb == "work.decided" and keys and "vote" not in details else "",
        is_vote="vote" in details,
        whom=names.get(details.get("to"), ""),
        instead_of=names.get(details.get("instead_of"), ""),
        versions=versions_in(details),
    )
    applicant = case.applicant.get_full_name() if named else ""
    labels = [_label(version, key, details.get("values", {})) for key in keys]
    return Entry(entry.position, entry.at, sentence(event, applicant), labels, entry.hash)


def _outcome(version: Version, options: Any, key: str) -> str:
    known = node_types[options.type].outcomes(options) if options else []
    return next((choice.label.in_(language()) for choice in known if choice.key == key), "")


def _label(version: Version, key: str, values: Mapping[str, Any]) -> str:
    """Which answer it is about, and what it said before and says now where that was written down."""
    asked = version.start_form.fields.get(key)
    label = asked.field.label.in_(language()) if asked else key
    if key not in values:
        return label
    before, after = values[key]
    said = {"answer": label, "before": before, "after": after}
    return _("%(answer)s (was “%(before)s”, is “%(after)s”)") % said
