"""For every kind of step a workflow around it, made from its own example; a new kind needs no line here.

Only what does not simply lead on to the next step is written out: splits, joins, what is set on a step.
"""

from __future__ import annotations

import copy
from typing import Any

from tests.workflows.complaints import COMPLAINT
from tests.workflows.conftest import PACKAGE, with_nodes
from tests.workflows.nodes.test_multi_instance import FIELD
from tests.workflows.steps import join, parallel, pause, task
from workflows.node_type import NodeType, node_types

Nodes = list[dict[str, Any]]
BEFORE, AFTER = task("before", "it"), task("after", "done")
SIDES = [task("left", "together"), task("right", "together")]
SPLIT, JOIN = parallel("split", "left", "right"), join("together", "after")
CALLING = {"key": "it", "type": "service_call", "address": "https://register.example/x", "next": "after"}
UNDO = {"key": "undone", "type": "compensation", "on": "before", "next": "give_back"}
GIVE_BACK = task("give_back", "over")
RULE = "answers.amount > 5.0"
VALUES = {
    "over": "answers.stalls",
    "when": "answers.amount > 500.0",
    "service": "background-check",
    "outcome": "approved",
}
VALUES |= {"address": "https://register.example/x", "secret": "payments", "place": "trade"}
SHAPES: dict[str, Nodes] = {
    "parallel": [task("before", "split"), SPLIT, *SIDES, JOIN, AFTER],
    "join": [task("before", "split"), SPLIT, *SIDES, {**JOIN, "needs": 2, "otherwise": "after"}, AFTER],
    "first_wins": [
        *(task("before", "split"), parallel("split", "left", "right")),
        *(
            task("left", "race"),
            task("right", "race"),
            {"key": "race", "type": "first_wins", "next": "after"},
        ),
        AFTER,
    ],
    "inclusive": [
        BEFORE,
        {
            "key": "it",
            "type": "inclusive",
            "branches": [{"when": RULE, "to": "left"}, {"when": "answers.amount > 0.0", "to": "right"}],
            "otherwise": "together",
        },
        *(*SIDES, JOIN, AFTER),
    ],
    "event_based": [
        BEFORE,
        {"key": "it", "type": "event_based", "events": [{"to": "rest"}, {"to": "signal"}]},
        pause("rest", "after"),
        {"key": "signal", "type": "signal_catch", "signal": "budget_is_open", "next": "after"},
        AFTER,
    ],
    "loop_back": [
        BEFORE,
        {"key": "it", "type": "loop_back", "again": "before", "at_most": 1, "next": "after"},
        AFTER,
    ],
    "multi_instance": [
        BEFORE,
        {"key": "it", "type": "multi_instance", "over": "answers.stalls", "body": "inspect", "next": "after"},
        *(task("inspect", "over"), AFTER),
    ],
    "sign": [
        task("before", "decision"),
        {"key": "decision", "type": "generate_document", "title": "D", "message": "received", "next": "it"},
        {"key": "it", "type": "sign", "document": "decision", "next": "after"},
        AFTER,
    ],
    "error": [BEFORE, CALLING, {"key": "caught", "type": "error", "on": "it", "next": "after"}, AFTER],
    "compensation": [BEFORE, {"key": "it", "type": "compensate", "next": "after"}, UNDO, GIVE_BACK, AFTER],
    "error_end": [BEFORE, {"key": "it", "type": "error_end", "code": "lost"}],
    "silence": [
        task("before", "after"),
        {"key": "it", "type": "silence", "on": "before", "after": {"working_days": 20}, "outcome": "done"},
        AFTER,
    ],
    "escalate": [BEFORE, {"key": "it", "type": "escalate", "code": "slow", "next": "after"}, AFTER],
}
SHAPES["compensate"] = SHAPES["compensation"]


def package_around(kind: type[NodeType]) -> tuple[dict[str, Any], str]:
    """A package whose cases come past a step of this kind, and where they begin ("": the first)."""
    if kind.key in ("state", "first_state"):
        return copy.deepcopy(COMPLAINT), ""
    package = _large()
    if kind.key in SHAPES:
        return with_nodes(package, *copy.deepcopy(SHAPES[kind.key])), ""
    if kind.key == "start":
        return with_nodes(package, task("before", "after"), AFTER), ""
    if kind.further_start:
        with_nodes(package, task("before", "after"), AFTER)
        package["workflow"]["nodes"].append(_led(kind, "after"))
        return package, "it"
    return with_nodes(package, *_around(kind)), ""


def _around(kind: type[NodeType]) -> Nodes:
    node = _led(kind, "after")
    options = kind.Options.model_validate(node)
    if kind.watches(options) is not None:
        return [task("before", "after"), _led(kind, "over", on="before"), AFTER]
    if kind.trigger(options) is not None:
        return [task("before", "after"), _led(kind, "after"), AFTER]
    return [BEFORE, node, *([AFTER] if kind.targets(options) else [])]


def _led(kind: type[NodeType], to: str, **more: Any) -> dict[str, Any]:
    """The example of a kind, with its ways leading there and what it refers to being there."""
    node = {**copy.deepcopy(kind.accepts[0]), "key": "it", "title": "It", **more}
    for edge in kind.targets(kind.Options.model_validate(node)):
        part: Any = node
        for name in edge.place[:-1]:
            part = part[name]
        part[edge.place[-1]] = to
    if "@" in str(node.get("address")):
        return node
    return {name: VALUES.get(name, value) for name, value in node.items() if name != "send"}


def _large() -> dict[str, Any]:
    """The small service with all that steps may refer to."""
    package = copy.deepcopy(PACKAGE)
    package["forms"]["application"]["pages"][0]["fields"] += [FIELD, PHONE]
    form = {"title": "F", "pages": [{"key": "p", "title": "P", "fields": [{**NOTE}]}]}
    package["forms"] |= {name: copy.deepcopy(form) for name in ("paper", "sheet", "visit")}
    return package


PHONE = {"key": "phone", "type": "short_text", "label": "Phone", "required": False}
NOTE = {"key": "note", "type": "short_text", "label": "Note", "required": False}
KINDS = list(node_types)
