"""The workflow of a case as a picture with the path that it took, and the same as a list in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language, page
from portal.clerk.staff import case_or_404, person, staff_only
from portal.shell import icons
from workflows.diagram import Live, OutlineStep, draw, live_state, outline
from workflows.node_type import node_types
from workflows.selectors.rights import may_read_answers
from workflows.selectors.step_times import timed_departments
from workflows.selectors.versions import Version, version_of


@dataclass(frozen=True)
class Line:
    """One step of the list."""

    step: OutlineStep
    icon: str
    family: str


@staff_only
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The page."""
    case = case_or_404(request, reference)
    version, live = version_of(case.version_id), live_state(case)
    title = case.service.name(language())
    context = {
        "case": case,
        "applicant": case.applicant.get_full_name() if may_read_answers(person(request), case) else "",
        "came": CameFrom.of(request),
        "version_number": version.number,
        "service_title": title,
        "picture": _picture(version, title, live),
        "lines": lines(version, live),
        "may_time": case.department_id in timed_departments(person(request)),
    }
    return page(request, "clerk/diagram.html", "queue", context, department=case.department)


def _picture(version: Version, title: str, live: Live) -> SafeString:
    workflow = version.package.workflow
    return draw(workflow, title, live=live, language=language(), icon=icons.svg, identity="case-workflow")


def lines(version: Version, live: Live) -> list[Line]:
    """The steps in words."""
    found = []
    for step in outline(version.package.workflow, live, language=language()):
        options = version.node(step.key)
        kind = node_types[options.type] if options else None
        found.append(Line(step, kind.icon if kind else "circle", kind.family if kind else "system"))
    return found
