"""From a published package to a Viewflow flow, once for each version and process."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

from viewflow.workflow.base import Flow

from engine.core.rules import Group, Rule, Schema, Want, compile_rule
from engine.core.worktime import Span
from forms_library.compiled import CompiledForm, shared_form
from workflows.definition import ServicePackage
from workflows.facts import rule_schema
from workflows.flow_names import name_of
from workflows.models import Case, ServiceVersion, WorkItem
from workflows.node_type import Blueprint, NodeOptions, node_types
from workflows.step import PREFIX
from workflows.unit import UnitLock

MODULE = "workflows.flows"  # what the database refers to; answers any version by name

_flows: dict[tuple[int, int], Any] = {}
_lock = threading.RLock()


class CaseFlow(Flow):  # type: ignore[misc]  # viewflow has no types
    """What every compiled flow is."""

    process_class = Case
    task_class = WorkItem
    lock_impl = UnitLock()
    service_id: int
    number: int
    audience: str
    decide_within: Span
    start_key: str
    form_key: str  # of the form that the answers of a case belong to; empty where nobody fills in one
    case_watchers: tuple[Any, ...] = ()  # steps that are set on the whole case for a time
    schema: Schema  # what rules over a case may read
    handlers: tuple[Any, ...] = ()  # steps that take over when something happens to the whole case
    rechecked: tuple[Any, ...] = ()  # steps that wait until the data of the case let them go on

    @classmethod
    def recheck(cls, case: Any) -> None:
        """The data of a case have changed: let the steps that wait for that look again."""
        for step in cls.rechecked:
            step.recheck(case)

    @classmethod
    def step(cls, key: str) -> Any:
        """A step by its key; None when the version has none of this key."""
        return cls._nodes_by_name.get(PREFIX + key)

    @classmethod
    def options_of(cls, key: str) -> NodeOptions | None:
        """What is set at a step."""
        step = cls.step(key)
        return None if step is None else step.options

    @classmethod
    def steps(cls) -> list[Any]:
        """All steps, in the order in which they are written."""
        return list(cls._nodes_by_name.values())


def flow_for(service_id: int, number: int) -> Any:
    """The flow of this version, or None when there is no such version."""
    key = (service_id, number)
    flow = _flows.get(key)
    if flow is None:
        with _lock:  # two threads must not make two classes; the second looks again
            flow = _flows.get(key)
            if flow is None:
                version = ServiceVersion.objects.filter(service_id=service_id, number=number).first()
                if version is None:
                    return None
                package = ServicePackage.model_validate(version.package)
                flow = _flows[key] = build_flow(package, service_id, number)
    return flow


def forget_flow(service_id: int, number: int) -> None:
    """Give up a flow whose version was never kept."""
    with _lock:
        _flows.pop((service_id, number), None)


def build_flow(package: ServicePackage, service_id: int, number: int) -> Any:
    """A flow class of this package; publishing builds one as a trial before it is kept."""
    blueprint = blueprint_of(package)
    attributes: dict[str, Any] = {
        "__module__": MODULE,
        "__doc__": package.title.in_("en"),
        "service_id": service_id,
        "number": number,
        "audience": package.audience,
        "decide_within": package.workflow.decide_within,
        "start_key": package.workflow.start,
        "form_key": package.start_form_key,
    }
    steps = [node_types[options.type].build(options, blueprint) for options in package.workflow.nodes]
    attributes |= {PREFIX + step.node_key: step for step in steps}
    attributes["schema"] = blueprint.schema
    flow: Any = type(name_of(service_id, number), (CaseFlow,), attributes)
    flow.handlers = tuple(step for step in flow.steps() if step.on_case)  # Viewflow has copied the steps
    flow.case_watchers = tuple(step for step in flow.steps() if step.watches_case)
    flow.rechecked = tuple(step for step in flow.steps() if step.rechecks)
    return flow


def blueprint_of(package: ServicePackage) -> Blueprint:
    """What the steps of a package may use."""

    @cache
    def compiled_form(key: str) -> CompiledForm:
        return shared_form(package.forms[key])

    schema = schema_of(package, lambda key: compiled_form(key).schema_group)

    def compiled_rule(text: str, want: Want = "bool") -> Rule:
        return compile_rule(text, schema, want)

    return Blueprint(
        compile_rule=compiled_rule,
        forms=package.forms,
        certificates=package.certificates,
        messages=package.messages,
        compiled_form=compiled_form,
        start_form=package.start_form_key,
        schema=schema,
        who=package.who,
    )


def schema_of(package: ServicePackage, group_of_form: Any) -> Schema:
    """The type world of the package's rules; a form that is missing gives no names."""

    def group(key: str) -> Group | None:
        found: Group | None = group_of_form(key) if key in package.forms else None
        return found

    return rule_schema(package.workflow.nodes, package.start_form_key, group)
