"""What the conditions of a digital-form-builder form become, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.core.problems import Part
from forms_library.importing.conditions import Cannot, Subject
from forms_library.importing.source import Node
from forms_library.importing.xgov_conditions import XgovConditions

Path = tuple[Part, ...]
# what nobody who fills in a form sees of a condition
DISPLAY = "The name that authors gave to this condition is not carried: rules are told in words here."


class Rules:
    """The conditions by name. Each is judged once, for itself; whoever uses one asks for its rule."""

    def __init__(self, root: Node, subjects: dict[str, Subject]) -> None:
        self.report, self.nodes = root.report, dict[str, Node]()
        for node in root.children("conditions"):
            self._take(node)
        models = {name: node.get("value") for name, node in self.nodes.items()}
        self._conditions = XgovConditions(models, subjects)
        self._uses = list(
            _uses({word: part for word, part in root.value.items() if word != "conditions"}, ())
        )
        self._broken: dict[str, Cannot] = {}
        self._unused: set[str] = set()
        for name in self.nodes:
            self._judge(name)

    def _take(self, node: Node) -> None:
        name = node.text("name")
        if name in self.nodes:
            sentence = f'There are two conditions "{name[:80]}": the second is not carried.'
            self.report.defect(node.path, "doubled_name", sentence)
            node.forget()
            return
        self.nodes[name] = node
        if node.text("displayName") not in ("", name):
            self.report.changed((*node.path, "displayName"), "display_name", DISPLAY)

    def _judge(self, name: str) -> None:
        at = self.nodes[name].path
        fields, others = self._conditions.reads(name)
        for field in sorted(fields):
            sentence = f'The condition reads "{field[:80]}", a field that there is not.'
            self.report.defect(at, "unknown_field", sentence)
        for other in sorted(others - set(self.nodes)):
            sentence = f'The condition names "{other[:80]}", a condition that there is not.'
            self.report.defect(at, "unknown_condition", sentence)
        try:
            self._conditions.cel(name)
        except Cannot as cannot:
            self._broken[name] = cannot
            if not (fields or others - set(self.nodes)):
                note = self.report.defect if cannot.defect else self.report.lost
                note(at, cannot.code, cannot.sentence)

    def rule(self, name: str, at: Path) -> str | None:
        """The rule of a condition for the place that uses it; None, and said so, when there is none."""
        broken = self._broken.get(name)
        if name in self.nodes and broken is None:
            return self._conditions.cel(name)
        if name in self.nodes:
            sentence = f'The condition "{name[:80]}" does not hold here, as it cannot be carried.'
            self.report.lost(at, "condition", sentence)
        return None

    def finish(self) -> None:
        """Name conditions that are used and do not exist, or exist and are used nowhere."""
        for at, name in self._uses:
            if name not in self.nodes:
                self.report.defect(at, "unknown_condition", f'There is no condition "{name[:80]}".')
        used = {name for _, name in self._uses}
        used |= {other for name in self.nodes for other in self._conditions.reads(name)[1]}
        for name, node in self.nodes.items():
            if name not in used:
                sentence = f'The condition "{name[:80]}" is used nowhere: not carried.'
                self.report.defect(node.path, "unused_condition", sentence)
                node.forget()
                self._unused.add(name)

    def unsaid(self, kept: set[str]) -> None:
        """Name conditions that are used only where nothing is carried; `kept` are those with a rule left."""
        ahead, met = kept & set(self.nodes), set[str]()
        while ahead:
            met |= ahead
            inside = {other for name in ahead for other in self._conditions.reads(name)[1]}
            ahead = (inside & set(self.nodes)) - met
        for name, node in self.nodes.items():
            if name not in met | self._unused:
                sentence = "The condition is not carried, as nothing that uses it is."
                self.report.lost(node.path, "condition", sentence)


def _uses(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    """All places at which a condition is named."""
    if isinstance(value, dict):
        for word, part in value.items():
            if word == "condition" and isinstance(part, str) and part.strip():
                yield (*at, word), part.strip()
            else:
                yield from _uses(part, (*at, word))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _uses(part, (*at, index))
