"""The calls about rules: what one rule means, and which answer decides about what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from engine.departments.access import require
from engine.departments.permissions import Permission
from portal.designer.posted_json import Posted, document_in, json_view, text_in
from portal.designer.rights import person
from portal.designer.rule_answers import Wanted, rule_answer
from portal.designer.rule_lines import rule_lines
from workflows.models import Service


@require_POST
@json_view
def rule(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """A rule as text and as a tree, whichever of them was posted."""
    require(person(request), Permission.DESIGN_SERVICE, service.department_id)
    path = posted.get("path")
    return rule_answer(
        document_in(posted),
        path=path if isinstance(path, list) else [],
        text=text_in(posted, "text", 5_000),
        tree=posted.get("tree"),
        language=get_language() or "en",
        wanted=Wanted(text_in(posted, "gives"), posted.get("any_kind") is True),
    )


@require_POST
@json_view
def lines(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Which answer of a form decides about what."""
    require(person(request), Permission.DESIGN_SERVICE, service.department_id)
    return {"lines": rule_lines(document_in(posted), text_in(posted, "form"), get_language() or "en")}
