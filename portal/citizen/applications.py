"""My applications, and one of them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engine.departments.models import User
from engine.departments.spoken import ours
from portal.citizen.drafts import application_title
from portal.citizen.finding import application_or_404
from portal.citizen.my_case import MyCase
from portal.shell.reading import settle
from portal.shell.requests import SignedInRequest
from workflows.models import Case, WorkItem, WorkKind
from workflows.selectors.applications import MY_TURN
from workflows.selectors.merges import kept_case
from workflows.selectors.versions import package_of
from workflows.services import unsent_drafts

MOST = 100


@dataclass(frozen=True)
class Line:
    """One application in the list."""

    case: Case
    title: str
    until: datetime | None

    @property
    def is_my_turn(self) -> bool:
        """Whether the applicant is to act."""
        return self.case.state in MY_TURN


@never_cache
@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """Everything that the person has sent or begun; first what waits for them."""
    cases = _cases(request.user)
    drafts = [draft for draft in unsent_drafts(request.user) if draft.revision]
    versions = [case.version_id for case in cases] + [draft.service_version_id for draft in drafts]
    language = settle(_languages(versions))
    lines = _lines(cases, language)
    context = {
        "waiting": [line for line in lines if line.is_my_turn],
        "others": [line for line in lines if not line.is_my_turn],
        "drafts": [(draft, application_title(draft.service_version_id, language)) for draft in drafts],
        "is_empty": not lines and not drafts,
    }
    return render(request, "citizen/applications.html", context)


def _cases(user: User) -> list[Case]:
    found = Case.objects.filter(applicant=user).select_related("service", "department")
    return list(found.defer("data", "service__working").order_by("-submitted_at")[:MOST])


def _languages(versions: list[int]) -> list[str]:
    """The languages of the list: ours, and those of the services in it."""
    theirs = (language for version in versions for language in package_of(version).languages)
    return list(dict.fromkeys([*ours(), *theirs]))


def _lines(cases: list[Case], language: str) -> list[Line]:
    waiting = [case.pk for case in cases if case.state in MY_TURN]
    asked = (
        WorkItem.objects.filter(process_id__in=waiting, kind=WorkKind.APPLICANT, finished=None)
        if waiting
        else []
    )
    until = {item.process_id: item.due_at for item in asked}
    return [Line(case, application_title(case.version_id, language), until.get(case.pk)) for case in cases]


def _until(cases: list[int]) -> dict[int, datetime | None]:
    """Until when each of the cases waits for its applicant."""
    asked = WorkItem.objects.filter(process_id__in=cases, kind=WorkKind.APPLICANT, finished=None)
    return dict(asked.values_list("process_id", "due_at"))


@never_cache
@require_safe
@login_required
def one(request: SignedInRequest, reference: str) -> HttpResponse:
    """How one application stands, and what its applicant can do."""
    return page_of(request, reference)


def page_of(
    request: SignedInRequest,
    reference: str,
    *,
    reason_missing: bool = False,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one application, with what was typed if it has to be shown again."""
    found = application_or_404(request, reference)
    case, language = found.case, get_language() or "en"
    context = {
        "application": found,
        "mine": MyCase(found, language),
        "case": case,
        "department": case.department,
        "service_title": application_title(case.version_id, language),
        "reason_missing": reason_missing,
        "reason": reason,
        "kept": kept_case(case),
    }
    return render(request, "citizen/application.html", context, status=status)
