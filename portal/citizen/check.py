"""All answers once more, then sending them: once, however often the button is pressed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engine.core.voice import marking
from forms_library.review import ReviewRow, ReviewSection, review
from forms_library.words import word
from portal.citizen import fault
from portal.citizen.changed import newer_or_none
from portal.citizen.drafts import (
    address_of_check,
    address_of_page,
    address_to_go_on,
    application_title,
    open_walk,
    sent_or_none,
)
from portal.citizen.walk import Walk
from portal.shell import errors
from portal.shell.requests import SignedInRequest
from workflows.selectors.first_actions import beginnings
from workflows.services import AnswersRefused, DraftMoved, NotOpen, ServiceClosed, submit
from workflows.services.refusals import UnknownOutcome


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Show all answers; send them when asked to."""
    walk = open_walk(request.user, draft_id)
    elsewhere = sent_or_none(walk.draft)
    if elsewhere is not None:
        return elsewhere
    newer = newer_or_none(request, walk) if request.method != "POST" else None
    if newer is not None:
        return newer
    broken = fault.page_or_none(request, walk)
    if broken is not None:
        return broken
    if walk.first_unfinished is not None:
        return redirect(address_to_go_on(walk))
    return _send(request, walk) if request.method == "POST" else _show(request, walk)


def _send(request: SignedInRequest, walk: Walk) -> HttpResponse:
    """The revision on the page says which answers the person has looked at."""
    revision = request.POST.get("revision", "")
    if revision != str(walk.draft.revision):
        return _show(request, walk, moved=True)
    try:
        action = request.POST.get("action", "")
        submit(walk.draft, by=request.user, revision=walk.draft.revision, action=action)
    except UnknownOutcome:  # no button that is offered
        return _show(request, walk)
    except DraftMoved:
        return _show(request, open_walk(request.user, walk.draft.pk), moved=True)
    except ServiceClosed:  # its new version takes no applications
        return errors.gone(request)
    except (AnswersRefused, NotOpen):  # a day has passed, or the time for the answer is over
        return redirect("citizen:draft", walk.draft.pk)
    if walk.draft.work_item_id is not None:
        messages.success(request, _("Your corrections were sent. Thank you."))
    return sent_or_none(open_walk(request.user, walk.draft.pk).draft) or redirect("citizen:applications")


@marking()
def _show(request: SignedInRequest, walk: Walk, *, moved: bool = False) -> HttpResponse:
    draft, count = walk.draft, len(walk.pages) + 1
    context = {
        "draft": draft,
        "department": draft.department,
        "service_title": application_title(draft.service_version_id, walk.language),
        "sections": sections_of(walk),
        "step": count,
        "steps": count,
        "moved": moved,
        "is_correction": draft.work_item_id is not None,
        "beginnings": beginnings(request.user, draft, walk.language),
        "address": address_of_check(draft),
        "back_address": address_of_page(draft, walk.pages[-1]) if walk.pages else "/",
    }
    return render(request, "citizen/check.html", context)


def sections_of(walk: Walk) -> list[dict[str, Any]]:
    """The answers page by page, each with the way to change it."""
    found = review(walk.form, walk.draft.answers, walk.language, walk.today, calendar=walk.calendar)
    shown = [(section, _rows(walk, section)) for section in found if section.page_key in walk.pages]
    return [{"title": section.title, "rows": rows} for section, rows in shown if rows]


def _rows(walk: Walk, section: ReviewSection) -> list[dict[str, Any]]:
    address = address_of_page(walk.draft, section.page_key)
    return [
        _row(row, "" if walk.form.fields[row.field_key].question.computed else address, walk.language)
        for row in section.rows
        if walk.only is None or row.field_key in walk.only
    ]


def _row(row: ReviewRow, address: str, language: str) -> dict[str, Any]:
    return {
        "label": row.label,
        "value": row.value_html,
        "hidden_note": word("masked", language) if row.masked else "",
        "change": f"{address}?to=check#{row.anchor}" if address else "",
    }
