"""Opening a case of another service from a case: what it is told, and what is taken when it has ended."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from engine.core.decisions.compiling import WANTS
from engine.core.decisions.deciding import stored
from engine.core.problems import Problems
from engine.core.rules import Facts, Rule, RuleRefused, Schema, compile_rule
from workflows.ending import end_case
from workflows.facts import facts_of
from workflows.instances import EACH, each_of, kind_at
from workflows.models import Case, CaseState, Service
from workflows.node_type import Blueprint, Surroundings
from workflows.parts import Part
from workflows.recording import recorded_case
from workflows.starting import Beginning, start_case
from workflows.unit import lock_case
from workflows.worked_out import WorkedOut, check_values, worked_out

logger = logging.getLogger(__name__)
DEEPEST = 4  # cases inside each other, so that two services that call each other come to an end
CALLED = "called:"  # how the origin of such a case begins
_PATH = r"^(answers|work\.[a-z][a-z0-9_]*|each\.[a-z][a-z0-9_]*)(\.[A-Za-z][A-Za-z0-9_]*)+$"
CopyPath = Annotated[str, StringConstraints(pattern=_PATH, max_length=200)]


class CannotCall(Exception):
    """The case cannot be opened; `code` says why, for workflows and operators."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Copied(Part):
    """One answer that is handed on as it is, also a group, a list or a file."""

    copied: CopyPath = Field(alias="copy", title="Answer", description="For example answers.residence")


Input = WorkedOut | Copied


def check_inputs(inputs: Mapping[str, Input], around: Surroundings, problems: Problems) -> None:
    """Note rules that cannot work, and answers that are not there."""
    check_values(
        {name: given for name, given in inputs.items() if isinstance(given, WorkedOut)}, around, problems
    )
    for name, given in inputs.items():
        if isinstance(given, Copied) and kind_at(around.schema.roots, given.copied) is None:
            problems.at(name, "copy").mend("unknown_field", f'There is no answer "{given.copied}".')


def rules_in(inputs: Mapping[str, Input], blueprint: Blueprint) -> dict[str, Rule]:
    """The rules among the inputs, made ready."""
    return {
        name: blueprint.compile_rule(given.value, WANTS[given.type])
        for name, given in inputs.items()
        if isinstance(given, WorkedOut)
    }


def inputs_of(
    inputs: Mapping[str, Input], rules: Mapping[str, Rule], activation: Any, schema: Schema
) -> dict[str, Any]:
    """The answers that the other case begins with, as far as they are known; CannotCall on a fault."""
    case, item = activation.process, activation.task
    values, notes = worked_out(rules, facts_of(case, schema, item), activation.flow_task.node_key)
    if notes.get("faults"):
        raise CannotCall("rule_fault")
    world = {"answers": case.answers, "work": case.work}
    if EACH in schema.roots:
        world[EACH] = each_of(case, item)
    copied = {name: _at(world, given.copied) for name, given in inputs.items() if isinstance(given, Copied)}
    return {**values, **{name: value for name, value in copied.items() if value is not None}}


def _at(world: Mapping[str, Any], path: str) -> Any:
    found: Any = world
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def begin_called(activation: Any, answers: Mapping[str, Any]) -> Case:
    """Open the case of the other service, of the version that is current now; raises CannotCall."""
    case, item, key = activation.process, activation.task, activation.flow_task.options.service
    services = Service.objects.filter(department_id=case.department_id, key=key, archived_at=None)
    service = services.select_related("current").defer("working").first()
    if service is None or service.current is None:
        raise CannotCall("no_service")
    if str(case.origin or "").startswith(CALLED) and _depth(case) >= DEEPEST:
        raise CannotCall("too_deep")
    number = int(case.data.get("called", 0)) + 1
    case.data["called"] = number
    case.save(update_fields=["data"])
    version, person = service.current, None if case.applicant.is_department else case.applicant
    version.service = service
    origin = f"{CALLED}{item.pk}:{item.attempts}"
    called = start_case(
        version,
        applicant=case.applicant,
        reference=f"{case.reference}-{number}",
        language=case.language,
        answers=answers,
        beginning=Beginning(by=person, parent=case, awaited_by=item, origin=origin),
    )
    recorded_case("case.called", called, None, above=case.reference)
    return called


def _depth(case: Case) -> int:
    """How many cases lie above: a called case is named after the one that called it."""
    return case.reference.count("-") - 1


def outputs_of(outputs: Mapping[str, WorkedOut], ended: Case) -> tuple[dict[str, Any], list[str]]:
    """What is taken from a case that has ended, and the names of what could not be worked out."""
    if not outputs:
        return {}, []
    facts, faults, values = facts_of(ended, ended.flow_class.schema), list[str](), dict[str, Any]()
    for name, wanted in outputs.items():
        try:
            values |= _value(name, wanted, facts, ended)
        except RuleRefused:  # a later version of the service asks other questions
            faults.append(name)
            logger.warning("output %s of case %s cannot be read", name, ended.pk)
    return values, faults


def _value(name: str, wanted: WorkedOut, facts: Facts, ended: Case) -> dict[str, Any]:
    outcome = compile_rule(wanted.value, ended.flow_class.schema, WANTS[wanted.type]).run(facts)
    return {name: stored(outcome.value)} if outcome.known else {}


def cancel_called(item: Any) -> None:
    """End the case that a step waited for; the case above is locked already, so the order is from above."""
    for key in Case.objects.filter(awaited_by=item).values_list("pk", flat=True):
        called = lock_case(key)
        called.awaited_by = None
        if called.finished is None:
            end_case(called, CaseState.WITHDRAWN)
            recorded_case("case.ended_with_parent", called, None)
        else:
            called.save(update_fields=["awaited_by"])
