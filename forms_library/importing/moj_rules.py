"""Expressions of MOJ Forms become CEL: they name pages, components and items by their identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_library.importing.conditions import Cannot, Subject, among, answered, compare, either, every
from forms_library.importing.source import Node

COMPARING = {"is": "==", "is_not": "!="}


class MojRules:
    """The questions of a service by identifier."""

    def __init__(self, subjects: Mapping[str, Subject]) -> None:
        self._subjects = subjects

    def conditional(self, node: Node) -> str:
        """One conditional: all or one of its expressions."""
        node.ignore("_uuid")
        kind = node.text("_type")
        parts = [self._expression(part) for part in node.children("expressions")]
        if not parts:
            raise Cannot("The condition is empty.", "empty_condition", defect=True)
        if kind not in ("if", "and", "or"):
            raise Cannot(f'The condition "{kind[:40]}" is not known here.')
        return either(parts) if kind == "or" else every(parts)

    def unknown(self, node: Node) -> set[str]:
        """The questions that a conditional reads and that there are not."""
        named = {part.text("component") for part in node.children("expressions")}
        return {name for name in named if name not in self._subjects}

    def conditionals(self, nodes: list[Node]) -> str:
        """Several conditionals: one is enough."""
        if not nodes:
            raise Cannot("The condition is empty.", "empty_condition", defect=True)
        return either([self.conditional(node) for node in nodes])

    def _expression(self, node: Node) -> str:
        operator, component, value = node.text("operator"), node.text("component"), node.get("field")
        node.ignore("page")  # the component alone names the question
        subject = self._subjects.get(component)
        if subject is None:
            raise Cannot(
                f'The condition reads "{component[:60]}", a question that there is not.',
                "unknown_field",
                True,
            )
        if not subject.path:
            raise Cannot(f'The condition reads "{subject.name[:60]}", which is not asked here.', "not_asked")
        if operator in ("is_answered", "is_not_answered"):
            return answered(subject, operator == "is_answered")
        if operator in ("contains", "does_not_contain"):
            return among(subject, value, operator == "contains")
        return _compared(subject, operator, value)


def _compared(subject: Subject, operator: str, value: Any) -> str:
    if operator not in COMPARING:
        raise Cannot(f'The comparison "{operator[:60]}" is not known here.')
    return compare(subject, COMPARING[operator], value)
