"""Notes and flags of a case: each a POST that ends on the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from portal.clerk import posted
from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language, may_in
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services
from workflows.selectors.cases import CaseView
from workflows.selectors.flags import offered_flags
from workflows.services.noting import LONGEST, colleagues_of
from workflows.services.refusals import WorkRefused

TEXT, KEY, TELL, FLAG = "_text", "_key", "_tell", "_flag"


def shown_notes(request: HttpRequest, view: CaseView) -> dict[str, Any]:
    """What the card of notes and flags shows."""
    may_write = may_in(request, Permission.WORK_CASE, view.case.department_id)
    offered = offered_flags(view.case, language()) if may_write else {}
    return {
        "may_note": may_write,
        "notes": [(note, _marked(note.text, note.told)) for note in view.notes or ()],
        "note_key": uuid4(),
        "note_longest": LONGEST,
        "note_colleagues": colleagues_of(view.case.department, but=person(request)) if may_write else [],
        "flags_offered": {key: label for key, label in offered.items() if key not in view.flags},
    }


@staff_only
@require_POST
def add_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note on a case."""
    case = case_or_404(request, reference)
    require(person(request), Permission.WORK_CASE, case.department_id)
    text, also = posted.text(request, TEXT, LONGEST), _person(request.POST.get(TELL, ""))
    write = partial(services.add_note, text=text, key=_key(request), also_tell=[also] if also else [])
    return _done(request, case.reference, write, _("Your note is kept. The applicant never sees it."))


@staff_only
@require_POST
def set_flag(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a flag on a case."""
    case = case_or_404(request, reference)
    require(person(request), Permission.WORK_CASE, case.department_id)
    flag = posted.key(request, FLAG)
    return _done(request, case.reference, partial(services.set_flag, key=flag), _("The case is flagged."))


@staff_only
@require_POST
def take_flag_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a flag off a case."""
    case = case_or_404(request, reference)
    require(person(request), Permission.WORK_CASE, case.department_id)
    flag = posted.key(request, FLAG)
    return _done(request, case.reference, partial(services.take_flag_off, key=flag), _("The flag is off."))


def _done(request: HttpRequest, reference: str, act: Callable[..., object], words: str) -> HttpResponse:
    try:
        act(reference=reference, by=person(request))
        messages.success(request, words)
    except WorkRefused as refused:
        messages.warning(request, said(refused))
    return redirect(CameFrom.of(request).case_address(reference))


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return uuid4()


def _person(public_id: str) -> User | None:
    try:
        return User.objects.filter(public_id=UUID(public_id), is_active=True).first()
    except ValueError:
        return None


def _marked(text: str, names: Iterable[str]) -> SafeString:
    """The text with the mentions of those who were told in bold, lines kept."""
    known = "|".join(re.escape(name) for name in names)
    parts = re.split(f"(@(?:{known}))(?!\\w)", text, flags=re.IGNORECASE) if known else [text]
    marked = (format_html("<b>{}</b>", part) if number % 2 else part for number, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in marked))
