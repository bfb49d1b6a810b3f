"""What rules of a workflow may read: the answers, and what staff recorded at each step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.timezone import now

from engine.core.rules import Facts, Group, Kind, Schema
from workflows.clock import calendar_of
from workflows.node_type import NodeOptions, node_types


def rule_schema(
    nodes: Iterable[NodeOptions], start_form: str, group_of_form: Callable[[str], Group | None]
) -> Schema:
    """The type world of the rules of one package."""
    work: dict[str, Kind] = {}
    for options in nodes:
        kind = node_types[options.type]
        form, records = kind.form(options), kind.records(options)
        if records:
            group = group_of_form(form) if form else None
            fields = dict(group.fields) if group else {}
            work[options.key] = Group({**fields, **records})
    return Schema({"answers": group_of_form(start_form) or Group({}), "work": Group(work)})


def facts_of(case: Any, schema: Schema) -> Facts:
    """The facts of a case at this moment."""
    calendar = calendar_of(case.department_id)
    today = now().astimezone(calendar.zone).date()
    return Facts(schema, {"answers": case.answers, "work": case.work}, today, calendar)
