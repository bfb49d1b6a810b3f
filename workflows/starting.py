"""A case begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import now

from workflows.clock import begin_case
from workflows.flow_names import flow_named
from workflows.models import Case, ServiceVersion
from workflows.submissions import record_submission
from workflows.unit import unit


@dataclass(frozen=True)
class Beginning:
    """How a case begins when nobody has sent an application."""

    start: str = ""  # the key of the start; empty for the first of the workflow
    action: str = ""  # of the first state; empty for its first
    by: Any = None  # the member of staff who opens it
    parent: Any = None  # the case that it comes from
    awaited_by: Any = None  # the work item of the parent that waits for its end
    origin: str | None = None  # what began it, so that it begins once


def start_case(
    version: ServiceVersion,
    *,
    applicant: Any,
    reference: str,
    language: str,
    answers: Mapping[str, Any],
    summary: str = "",
    summaries: Mapping[str, str] | None = None,
    prefilled: Mapping[str, Any] | None = None,
    beginning: Beginning | None = None,
) -> Case:
    """Make a case, keep what was sent, and bring it to its first step.

    Without a beginning it is the application of its applicant.
    """
    how = beginning or Beginning(by=applicant)
    with unit():
        flow = flow_named(version.service_id, version.number)
        start = flow.step(how.start or flow.start_key)
        case = Case(
            flow_class=flow,
            reference=reference,
            service=version.service,
            version=version,
            department_id=version.service.department_id,
            applicant=applicant,
            language=language,
            parent=how.parent,
            awaited_by=how.awaited_by,
            origin=how.origin,
            data=_data(start, how, prefilled),
            summary=summary[:300],
            summaries=dict(summaries or {}),
            submitted_at=now(),
        )
        begin_case(case, flow.decide_within)
        for watcher in flow.case_watchers:
            watcher.watch_case(case)
        case.keep_answers(answers)
        if flow.form_key:
            record_submission(case, flow.form_key, start.node_key, applicant, list(answers), prefilled)
        for handler in flow.handlers:
            handler.watch_case(case)
        start.begin(case, how.by, how.action)
    return case


def _data(start: Any, how: Beginning, prefilled: Mapping[str, Any] | None) -> dict[str, Any]:
    done_by = {start.node_key: [how.by.pk]} if how.by is not None else {}
    return {"work": {}, "done_by": done_by, **({"prefilled": dict(prefilled)} if prefilled else {})}
