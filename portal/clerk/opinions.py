"""Asking somebody outside, again or beside the workflow, and taking a link back."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from engine.departments.access import require
from engine.departments.permissions import Permission
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.came_from import CameFrom
from portal.clerk.case_page import Typed, case_page
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, item_or_404, person, staff_only
from workflows import services
from workflows.models import Case
from workflows.selectors.opinions import showable_fields
from workflows.services.opinions_beside import MOST_DAYS
from workflows.services.refusals import OpinionIncomplete, WorkRefused

ADDRESS, QUESTION = "_address", "_question"
LONGEST = 254
USUAL_DAYS = 10
SENTENCES = {
    "address": gettext_lazy("Enter an e-mail address, like name@example.org"),
    "question": gettext_lazy("Enter what you want to know"),
    "fields": gettext_lazy("Select answers of this case"),
    "days": gettext_lazy("Enter a number of days from 1 to 90"),
}


@staff_only
@require_POST
def ask(request: HttpRequest, item_id: int) -> HttpResponse:
    """Send a new link to the address that was typed."""
    item, case = item_or_404(request, item_id)
    address = request.POST.get(ADDRESS, "").strip()[:LONGEST]
    try:
        services.ask_for_opinion(item_id=item.pk, address=address, by=person(request))
        messages.success(request, _("A new link is on its way. The one before leads nowhere any more."))
    except OpinionIncomplete:
        sentence = _("Enter an e-mail address, like name@example.org")
        typed = Typed(address=address, wrong_address=sentence)
        return case_page(request, case.reference, typed=typed, status=422)
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))


@staff_only
@require_POST
def take_back(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take the link back that was sent last."""
    item, case = item_or_404(request, item_id)
    try:
        services.take_opinion_back(item_id=item.pk, by=person(request))
        messages.success(request, _("The link leads nowhere any more."))
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask_beside(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whom, what and with which answers, then send a link; the case goes on meanwhile."""
    case = case_or_404(request, reference)
    for right in (Permission.WORK_CASE, Permission.SEE_PERSONAL_DATA):
        require(person(request), right, case.department_id)
    if request.method != "POST":
        return _ask(request, case, [])
    try:
        services.ask_beside(
            reference=case.reference,
            address=request.POST.get(ADDRESS, "")[:LONGEST],
            question=posted.text(request, QUESTION),
            fields=posted.keys(request, posted.FIELDS),
            days=posted.number(request, posted.DAYS, MOST_DAYS),
            by=person(request),
        )
        messages.success(request, _("The link is on its way. The case goes on meanwhile."))
    except OpinionIncomplete as incomplete:
        return _ask(request, case, incomplete.missing)
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect("clerk:case", case.reference)


@staff_only
@require_POST
def end_link(request: HttpRequest, reference: str, opinion_id: int) -> HttpResponse:
    """Take a link back that was sent beside the workflow."""
    case = case_or_404(request, reference)
    try:
        services.end_link(reference=case.reference, opinion_id=opinion_id, by=person(request))
        messages.success(request, _("The link leads nowhere any more."))
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))


def _ask(request: HttpRequest, case: Case, missing: Sequence[str]) -> HttpResponse:
    wrong = {name: str(SENTENCES[name]) for name in missing}
    errors = [FieldError(name, "", words, "required", f"opinion-{name}") for name, words in wrong.items()]
    context = {
        "case": case,
        "address": request.POST.get(ADDRESS, "")[:LONGEST],
        "question": posted.text(request, QUESTION),
        "offered": showable_fields(case, language()),
        "chosen": posted.keys(request, posted.FIELDS),
        "days": request.POST.get(posted.DAYS, str(USUAL_DAYS))[:4],
        "wrong": wrong,
        "summary_html": error_summary(errors, language()) if errors else "",
    }
    status = 422 if errors else 200
    return page(request, "clerk/opinion.html", "cases", context, department=case.department, status=status)
