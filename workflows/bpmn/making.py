"""The steps of a process, with their ways."""

from __future__ import annotations

from typing import Any

from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from workflows.bpmn.model import Arrow, Piece, Process
from workflows.bpmn.reading import GROUPS
from workflows.bpmn.steps import step_of, time_of, title_of
from workflows.bpmn.ways import arrows_on, goal, is_passed
from workflows.bpmn.words import StepKeys, slug
from workflows.node_type import node_types

Step = dict[str, Any]
CHOOSING = frozenset({"exclusiveGateway"})
SPLITTING = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})
BY_STAFF = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity",
})  # fmt: skip
CHOICES = frozenset({"user_task", "manual_task"})
ENDING = frozenset({"end", "terminate", "error_end"})


class Making:
    """Makes the steps of one process, one after another."""

    def __init__(self, process: Process, roles: dict[str, str], report: Report) -> None:
        self.process, self.roles, self.report = process, roles, report
        self.keys = StepKeys()
        self.steps: list[Step] = []
        self.known: dict[str, str] = {}  # the first step of a piece
        self.absorbed: set[str] = set()
        self.ended = ""

    def nodes(self) -> list[Step]:
        """All steps that something leads to."""
        pieces = [each for each in self.process.pieces.values() if not is_passed(self.process, each)]
        self._name_passed()
        self.absorbed = {each.identity for each in pieces if self._is_absorbed(each)}
        steps = [each for each in pieces if each.identity not in self.absorbed and not self._is_dropped(each)]
        for piece in steps:
            self.known[piece.identity] = self.keys.free(piece.name or piece.about, piece.tag)
        for piece in steps:
            self._make(piece)
        if not self.steps:
            raise Refused("This process has no step that can be carried.")
        if not any(node_types[step["type"]].begins for step in self.steps):
            self._begin()
        return self._reachable()

    def _name_passed(self) -> None:
        """Name what is taken out and did more than bring ways together."""
        for piece in self.process.pieces.values():
            if not is_passed(self.process, piece):
                continue
            if piece.tag in GROUPS:
                sentence = "The group is opened: its steps stand among the others."
                self.report.changed(piece.path, "group", sentence)
            elif piece.event and piece.event != "linkEventDefinition":
                self.report.lost(piece.path, "event", "What this event tells or waits for is not carried.")
            elif piece.tag == "intermediateThrowEvent":
                self.report.lost(piece.path, "event", "That this point was reached is not kept.")

    def _is_dropped(self, piece: Piece) -> bool:
        """What has no step of its own, named."""
        if piece.by_event:
            self.report.lost(piece.path, "group", "A group that an event sets off is not carried.")
            return True
        inside = self.process.pieces.get(piece.inside)
        while inside is not None:
            if inside.by_event:
                return True
            inside = self.process.pieces.get(inside.inside)
        if piece.tag == "boundaryEvent":
            host = self.process.pieces.get(piece.host)
            carried = host is not None and piece.event == "timerEventDefinition" and self._can_be_late(host)
            if not carried:
                sentence = "This event on the edge of a step is not carried, nor what only it leads to."
                self.report.lost(piece.path, "boundary", sentence)
            return not carried
        return False

    def _can_be_late(self, host: Piece) -> bool:
        return host.tag.endswith("ask") and host.tag not in ("sendTask", "receiveTask")

    def _make(self, piece: Piece) -> None:
        key, arrows = self.known[piece.identity], arrows_on(self.process, piece)
        if piece.tag == "boundaryEvent":
            late: Step = {"on": self.known[piece.host], "after": time_of(piece, self.report)}
            late |= {"interrupting": piece.interrupting, "next": self._to(arrows[0] if arrows else None)}
            self.steps.append({"key": key, "type": "deadline", "title": {"en": title_of(piece)}, **late})
        elif piece.tag in SPLITTING:
            self._split(piece, key, arrows)
        elif piece.tag == "eventBasedGateway":
            events = [{"to": self._to(arrow)} for arrow in arrows]
            self.steps.append({"key": key, "type": "event_based", "events": events})
        elif piece.tag in CHOOSING:
            self._choose({"key": key, "type": "user_task", "title": {"en": title_of(piece)}}, piece, arrows)
        else:
            self._step(piece, key, arrows)

    def _step(self, piece: Piece, key: str, arrows: list[Arrow]) -> None:
        step = step_of(piece, key, self._role(piece), self.report)
        if step["type"] in ENDING:
            self.steps.append(step)
            return
        following = self._gateway_after(arrows)
        if step["type"] in CHOICES and following is not None:
            self._choose(step, following, self.process.outgoing(following.identity))
            return
        if any(arrow.condition for arrow in arrows) and len(arrows) > 1 and step["type"] in CHOICES:
            self._choose(step, piece, arrows)
            return
        step["next"] = self._to(arrows[0] if arrows else None)
        if len(arrows) > 1:
            both = self.keys.free(f"{key}_all", "all")
            step["next"] = both
            self._parallel(both, arrows)
        self.steps.append(step)

    def _is_absorbed(self, piece: Piece) -> bool:
        """Whether a choice stands behind one step of staff alone: its ways are the outcomes of that step."""
        incoming = self.process.incoming(piece.identity)
        before = self.process.pieces.get(incoming[0].source) if len(incoming) == 1 else None
        if piece.tag not in CHOOSING or before is None or before.tag not in BY_STAFF:
            return False
        return len(self.process.outgoing(before.identity)) == 1

    def _gateway_after(self, arrows: list[Arrow]) -> Piece | None:
        """The choice that became the outcomes of this step."""
        found = arrows[0].target if len(arrows) == 1 else ""
        return self.process.pieces[found] if found in self.absorbed else None

    def _choose(self, step: Step, piece: Piece, arrows: list[Arrow]) -> None:
        """A person chooses the way; the conditions are named."""
        names, outcomes = StepKeys(), []
        for number, arrow in enumerate(arrows, 1):
            target = goal(self.process, arrow.target)
            label = arrow.name or (f"Go on: {title_of(target)}" if target else f"Way {number}")
            outcomes.append(
                {"key": names.free(label, "way"), "label": {"en": label}, "next": self._to(arrow)}
            )
            if arrow.condition:
                sentence = (
                    f'The condition "{arrow.condition[:200]}" is not carried: a person chooses the way.'
                )
                self.report.changed(arrow.path, "condition", sentence)
        if piece.tag in CHOOSING:
            self.report.changed(piece.path, "choice", "A person chooses the way here.")
        step.setdefault("role", self._role(piece))
        self.steps.append({**step, "outcomes": outcomes})

    def _split(self, piece: Piece, key: str, arrows: list[Arrow]) -> None:
        """Ways come together, part, or both."""
        if piece.tag != "parallelGateway" and len(arrows) > 1:
            self.report.changed(piece.path, "ways", "All ways are gone here: its conditions are not carried.")
        joins = len(self.process.incoming(piece.identity)) > 1
        if joins:
            parts = self.keys.free(f"{key}_split", "split") if len(arrows) > 1 else ""
            following = parts or self._to(arrows[0] if arrows else None)
            self.steps.append({"key": key, "type": "join", "next": following})
            key = parts
        if len(arrows) > 1:
            self._parallel(key, arrows)
        elif not joins:
            self.report.changed(piece.path, "gateway", "A gateway with one way in and out does nothing.")
            self.steps.append({"key": key, "type": "join", "next": self._to(arrows[0] if arrows else None)})

    def _parallel(self, key: str, arrows: list[Arrow]) -> None:
        branches = [
            {"to": self._to(arrow), **({"label": {"en": arrow.name}} if arrow.name else {})}
            for arrow in arrows
        ]
        self.steps.append({"key": key, "type": "parallel", "branches": branches})

    def _to(self, arrow: Arrow | None) -> str:
        """The key of the step that an arrow leads to; where it leads nowhere the case ends."""
        found = goal(self.process, arrow.target) if arrow is not None else None
        if found is not None and found.identity in self.known:
            return self.known[found.identity]
        if not self.ended:
            self.ended = self.keys.free("ended", "ended")
            self.steps.append({"key": self.ended, "type": "end", "outcome": "approved"})
        return self.ended

    def _role(self, piece: Piece) -> str:
        return self.roles.get(slug(piece.lane), "clerk")

    def _begin(self) -> None:
        """A process without a start begins where nothing leads to."""
        led_to = {target for step in self.steps for target in _targets(step)}
        first = next((step["key"] for step in self.steps if step["key"] not in led_to), self.steps[0]["key"])
        begin = self.keys.free("begin", "begin")
        self.steps.insert(0, {"key": begin, "type": "start", "form": "application", "next": first})
        self.report.changed(self.process.path, "start", "The process has no start: one was added.")

    def _reachable(self) -> list[Step]:
        """The steps that something leads to; the others are named."""
        steps = {step["key"]: step for step in self.steps}
        reached = {key for key, step in steps.items() if node_types[step["type"]].begins}
        waiting = list(reached)
        while waiting:
            key = waiting.pop()
            on_it = [each for each, step in steps.items() if step.get("on") == key]
            for other in (*_targets(steps[key]), *on_it):
                if other in steps and other not in reached:
                    reached.add(other)
                    waiting.append(other)
        for identity, key in self.known.items():
            if key in steps and key not in reached:
                self.report.lost(
                    self.process.pieces[identity].path, "unreachable", "Nothing that is carried leads here."
                )
        return [step for key, step in steps.items() if key in reached]


def _targets(step: Step) -> list[str]:
    found = [step["next"]] if "next" in step else []
    found += [each["next"] for each in step.get("outcomes", ())]
    return found + [each["to"] for name in ("branches", "events") for each in step.get(name, ())]
