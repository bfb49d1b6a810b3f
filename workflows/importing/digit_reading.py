"""One definition of DIGIT as its states and transitions, with what is wrong in it mended and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.core.problems import Part
from forms_library.importing.report import Report
from forms_library.importing.source import Node
from workflows.importing.digit_names import name_of

Path = tuple[Part, ...]
NO_MEANING = ("uuid", "tenantId", "auditDetails", "businessServiceId", "currentState", "id")
SENTENCES = {
    "isStateUpdatable": (
        "updatable",
        "That the application itself may be changed in this state is not carried: ask for a correction.",
    ),
    "getUri": ("address", "Addresses of the old system are not carried."),
    "postUri": ("address", "Addresses of the old system are not carried."),
}
DOCUMENTS = "That documents must be added in this state is not carried: ask for them in a form of the state."


@dataclass
class Transition:
    """One action of a state: its name, who may take it, and the state it leads to as it is written."""

    name: str
    roles: list[str]
    target: str
    path: Path
    to: StateDraft | None = None


@dataclass
class StateDraft:
    """One state; nameless is the one in which an application does not exist yet."""

    name: str
    path: Path
    uuid: str = ""
    status: str = ""
    sla: int | None = None  # milliseconds
    sla_path: Path = ()
    starts: bool = False
    ends: bool = False
    documents: bool = False
    transitions: list[Transition] = field(default_factory=list)


@dataclass
class Definition:
    """One workflow as it was read."""

    name: str
    business: str
    path: Path
    sla: int | None
    states: list[StateDraft]


def read_definition(value: dict[str, Any], path: Path, report: Report, instead: str) -> Definition:
    """Read a definition; every word that is not carried is named."""
    node = Node(value, path, report)
    business = name_of(node.get("business"))
    name = name_of(node.get("businessService")) or business or instead
    tenant = name_of(node.get("tenantId"))
    sla = _length(node, "businessServiceSla")
    states = _merged([_state(each, report, tenant) for each in _state_nodes(node)], report)
    _resolve(states, report)
    node.ignore(*NO_MEANING)
    node.leftovers(SENTENCES)
    return Definition(name, business, path, sla, states)


def _state_nodes(node: Node) -> list[Node]:
    """The states of a list; or of named values, where the name of a state may stand in front."""
    named = node.value.get("states")
    if isinstance(named, dict):
        node.value = {**node.value, "states": [_with_name(key, each) for key, each in named.items()]}
    return node.children("states")


def _with_name(key: str, value: Any) -> Any:
    return {"state": key, **value} if isinstance(value, dict) else value


def _state(node: Node, report: Report, tenant: str) -> StateDraft:
    draft = StateDraft(
        name_of(node.get("state")),
        node.path,
        uuid=name_of(node.get("uuid")),
        status=name_of(node.get("applicationStatus")),
        sla=_length(node, "sla"),
        sla_path=(*node.path, "sla"),
        starts=node.flag("isStartState"),
        ends=node.flag("isTerminateState"),
        documents=node.flag("docUploadRequired"),
    )
    if draft.documents and draft.name:
        report.lost((*node.path, "docUploadRequired"), "documents", DOCUMENTS)
    _same_tenant(node, tenant)
    for action in node.children("actions"):
        draft.transitions += _transition(action, draft, report, tenant)
    node.ignore(*NO_MEANING)
    return draft


def _transition(node: Node, state: StateDraft, report: Report, tenant: str) -> list[Transition]:
    _same_tenant(node, tenant)
    node.ignore(*NO_MEANING)
    if node.value.get("active") is False:
        node.forget()
        report.lost(node.path, "switched_off", "This action is switched off in the source.")
        return []
    node.ignore("active")
    name, roles = name_of(node.get("action")), list(_roles(node, report))
    target, written = name_of(node.get("nextState")), name_of(node.value.get("currentState"))
    if written not in ("", state.name, state.uuid):
        sentence = "This action says that it belongs to another state than the one that it stands in."
        report.defect((*node.path, "currentState"), "other_state", sentence)
    if not name:
        name = target or "action"
        report.defect((*node.path, "action"), "no_name", f'This action has no name. It is called "{name}".')
    if not roles:
        report.defect((*node.path, "roles"), "no_role", "Nobody may take this action, so it is not carried.")
        report.lost(node.path, "no_role", "Nobody may take this action, so it is not carried.")
        return []
    return [Transition(name, roles, target, node.path)]


def _roles(node: Node, report: Report) -> Iterator[str]:
    """The names of roles, each once; some sources describe each role by an object."""
    written = node.get("roles")
    listed = written if isinstance(written, list) else [written] if isinstance(written, str) else []
    seen: set[str] = set()
    for number, entry in enumerate(listed):
        found = entry.get("code") or entry.get("name") if isinstance(entry, dict) else entry
        if not name_of(found):
            report.defect((*node.path, "roles", number), "no_name", "This role has no name.")
        for name in (part.strip() for part in name_of(found).split(",")):
            if name and name not in seen:
                seen.add(name)
                yield name


def _length(node: Node, key: str) -> int | None:
    """A time in milliseconds; what is no length of time is named."""
    found = node.number(key)
    if found is None or found == 0:
        return None
    if found < 0:
        node.report.defect((*node.path, key), "negative", "A length of time cannot be less than nothing.")
        return None
    return int(found)


def _same_tenant(node: Node, tenant: str) -> None:
    other = name_of(node.get("tenantId"))
    if other and other != tenant:
        sentence = "Another tenant than that of the workflow is named; it is not carried."
        node.lost("tenantId", "tenant", sentence)


def _merged(states: list[StateDraft], report: Report) -> list[StateDraft]:
    """States of one name are one state; only one is nameless."""
    found: dict[str, StateDraft] = {}
    marked = any(not state.name and state.starts for state in states)
    for number, draft in enumerate(states):
        is_beginning = "" not in found and (draft.starts or not marked)
        if not draft.name and not is_beginning:
            draft.name = draft.status or f"STATE_{number + 1}"
            report.defect(draft.path, "no_name", f'This state has no name. It is called "{draft.name}".')
        first = found.setdefault(draft.name, draft)
        if first is not draft:
            sentence = f'The state "{draft.name}" is there twice; both are one.'
            report.defect(draft.path, "doubled_state", sentence)
            _take_in(first, draft)
    return list(found.values())


def _take_in(first: StateDraft, other: StateDraft) -> None:
    known = {(each.name, each.target, tuple(each.roles)) for each in first.transitions}
    first.transitions += [
        each for each in other.transitions if (each.name, each.target, tuple(each.roles)) not in known
    ]
    first.uuid, first.status = first.uuid or other.uuid, first.status or other.status
    if first.sla is None:
        first.sla, first.sla_path = other.sla, other.sla_path
    first.starts, first.ends = first.starts or other.starts, first.ends or other.ends
    first.documents = first.documents or other.documents


def _resolve(states: list[StateDraft], report: Report) -> None:
    """Find the state that each transition leads to: by its identifier, by its name, else it is made."""
    by_uuid = {state.uuid: state for state in states if state.uuid}
    by_name = {state.name: state for state in states if state.name}
    loosely = {state.name.casefold(): state for state in states if state.name}
    for state in list(states):
        for each in list(state.transitions):
            at = (*each.path, "nextState")
            if not each.target:
                sentence = f'The action "{each.name}" leads nowhere, so it is not carried.'
                report.lost(each.path, "no_target", sentence)
                state.transitions.remove(each)
                continue
            each.to = by_uuid.get(each.target) or by_name.get(each.target)
            if each.to is None and (near := loosely.get(each.target.casefold())) is not None:
                each.to = near
                report.defect(at, "other_spelling", f'The state "{near.name}" is spelt in another way here.')
            if each.to is None:
                made = StateDraft(each.target, each.path, ends=True)
                states.append(made)
                by_name[made.name] = loosely[made.name.casefold()] = each.to = made
                sentence = f'There is no state "{each.target}". It is made, and a case ends there.'
                report.defect(at, "unknown_state", sentence)
