"""Who comes into the workbench: people with a right to see cases in at least one department."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from engine.departments.access import departments_with
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Case, WorkItem
from workflows.selectors.case_finding import find_case

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Guarded = Callable[..., HttpResponseBase]


def staff_only(view: View[P]) -> Guarded:
    """Ask for a sign-in, then for a department in which the person may see cases."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not departments_with(person(request), Permission.VIEW_CASE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def person(request: HttpRequest) -> User:
    """The signed-in person behind a guarded view."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def case_or_404(request: HttpRequest, reference: str) -> Case:
    """The case of this reference; staff of another department are refused by the finding itself."""
    try:
        return find_case(person(request), reference)
    except Case.DoesNotExist as unknown:
        raise Http404 from unknown


def item_or_404(request: HttpRequest, item_id: int) -> tuple[WorkItem, Case]:
    """A work item with its case, for who may see the case."""
    item = WorkItem.objects.filter(pk=item_id).select_related("process").first()
    if item is None:
        raise Http404
    return item, case_or_404(request, item.process.reference)
