"""What rules of a workflow may read: the answers, what was recorded at each step, and the item of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.timezone import now

from engine.core.rules import Facts, Group, Kind, Rows, Schema
from workflows.clock import calendar_of
from workflows.instances import EACH, each_of, item_kind, kind_at
from workflows.node_type import NodeOptions, node_types

GroupOf = Callable[[str], Group | None]


def rule_schema(nodes: Iterable[NodeOptions], start_form: str, group_of_form: GroupOf) -> Schema:
    """The type world of the rules of one package."""
    steps = list(nodes)
    work: dict[str, Kind] = {}
    for options in steps:
        kind = node_types[options.type]
        form, records = kind.form(options), kind.records(options)
        if records:
            group = group_of_form(form) if form else None
            fields = dict(group.fields) if group else {}
            work[options.key] = Group({**fields, **records})
    roots = {"answers": group_of_form(start_form) or Group({}), "work": Group(work)}
    return Schema(roots | _lists(steps, roots, work))


def _lists(
    steps: Iterable[NodeOptions], roots: Mapping[str, Group], work: dict[str, Kind]
) -> dict[str, Group]:
    """The items of lists that steps go through; what is gathered from them is added to `work`."""
    each: dict[str, Kind] = {}
    for options in steps:
        through = node_types[options.type].goes_through(options)
        if through is None:
            continue
        each[options.key] = item_kind(kind_at(roots, through.over)) or Group({})
        body = work.get(through.body)
        fields = body.fields if isinstance(body, Group) else {}
        results = Rows({"outcome": "text", **fields, "item": "integer"})
        work[options.key] = Group({"results": results, "done": "integer"})
    return {EACH: Group(each)} if each else {}


def facts_of(case: Any, schema: Schema, item: Any = None) -> Facts:
    """The facts of a case at this moment, for a work item that may be about one item of a list."""
    each = each_of(case, item) if item is not None and EACH in schema.roots else {}
    return facts_with(case, schema, each)


def facts_with(case: Any, schema: Schema, each: Mapping[str, Any]) -> Facts:
    """The facts of a case for these items of lists."""
    calendar = calendar_of(case.department_id)
    today = now().astimezone(calendar.zone).date()
    return Facts(schema, {"answers": case.answers, "work": case.work, EACH: each}, today, calendar)
