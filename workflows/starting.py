"""A case begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import now

from workflows.clock import due
from workflows.compiler import flow_for
from workflows.models import Case, ServiceVersion
from workflows.submissions import record_submission
from workflows.unit import Unresolvable, unit


def start_case(
    version: ServiceVersion,
    *,
    applicant: Any,
    reference: str,
    language: str,
    answers: Mapping[str, Any],
    summary: str = "",
    prefilled: Mapping[str, Any] | None = None,
) -> Case:
    """Make the case of a sent application, keep what was sent, and bring it to its first step."""
    with unit():
        flow = flow_for(version.service_id, version.number)
        if flow is None:
            raise Unresolvable(f"service {version.service_id} has no version {version.number}")
        case = Case(
            flow_class=flow,
            reference=reference,
            service=version.service,
            version=version,
            department_id=version.service.department_id,
            applicant=applicant,
            language=language,
            data={
                "work": {},
                "done_by": {flow.start_key: [applicant.pk]},
                **({"prefilled": dict(prefilled)} if prefilled else {}),
            },
            summary=summary[:300],
            submitted_at=now(),
        )
        case.due_at = due(case, flow.decide_within, case.submitted_at)
        case.save()
        case.keep_answers(answers)
        start = flow.step(flow.start_key)
        record_submission(case, start.options.form, start.node_key, applicant, list(answers), prefilled)
        start.begin(case)
    return case
