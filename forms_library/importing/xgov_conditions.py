"""Conditions of digital-form-builder forms, as models and as strings, become CEL."""

from collections.abc import Mapping
from typing import Any

from forms_library.importing.conditions import (
    Cannot,
    Subject,
    among,
    compare,
    either,
    every,
    number,
    quoted,
)
from forms_library.importing.xgov_strings import DEEPEST, UNITS, Written, names_in

COMPARING = {
    "is": "==", "is not": "!=", "is at least": ">=", "is at most": "<=", "is less than": "<",
    "is more than": ">", "is before": "<", "is after": ">",
}  # fmt: skip
LENGTHS = {"is longer than": ">", "is shorter than": "<", "has length": "=="}
PAST = {"is at least": "<=", "is at most": ">=", "is less than": ">", "is more than": "<"}
FUTURE = {"is at least": ">=", "is at most": "<=", "is less than": "<", "is more than": ">"}
LONGEST = 5_000
RELATIVE = {"is before": "<", "is after": ">", "is": "=="}


class XgovConditions:
    """All conditions of one form, translated when they are asked for."""

    def __init__(self, models: Mapping[str, Any], subjects: Mapping[str, Subject]) -> None:
        self._models, self._subjects = models, subjects
        self._known: dict[str, str | Cannot] = {}
        self._open: set[str] = set()

    def cel(self, name: str) -> str:
        """The condition of this name; raises Cannot."""
        if name not in self._models:
            raise Cannot(f'There is no condition "{name}".', "unknown_condition", defect=True)
        if name in self._open:
            raise Cannot("The conditions refer to each other in a circle.", "circle", defect=True)
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self._tried(name)
            self._open.discard(name)
        found = self._known[name]
        if isinstance(found, Cannot):
            raise found
        return found

    def _tried(self, name: str) -> str | Cannot:
        model = self._models[name]
        try:
            rule = Written(model, self._subject).cel() if isinstance(model, str) else self._group(model, 0)
        except Cannot as cannot:
            return cannot
        return rule if len(rule) <= LONGEST else Cannot("The condition is too long.")

    def reads(self, name: str) -> tuple[set[str], set[str]]:
        """What a condition reads: fields that there are not, and conditions that there may be."""
        model = self._models[name]
        if isinstance(model, str):
            return {word for word in names_in(model) if self._found(word) is None}, set()
        fields, others, stack = set[str](), set[str](), [model]
        while stack:
            part = stack.pop()
            if not isinstance(part, dict):
                continue
            stack += part["conditions"] if isinstance(part.get("conditions"), list) else []
            if "conditionName" in part:
                others.add(as_name(part["conditionName"]))
            elif "field" in part and self._found(_field_of(part)) is None:
                fields.add(as_name(_field_of(part)))
        return fields, others

    def _found(self, name: Any) -> Subject | None:
        written = as_name(name)
        return self._subjects.get(written) or self._subjects.get(written.rsplit(".", 1)[-1])

    def _subject(self, name: Any) -> Subject:
        found = self._found(name)
        if found is None:
            raise Cannot(
                f'The condition reads "{name}", a field that there is not.', "unknown_field", defect=True
            )
        if not found.path:
            raise Cannot(
                f'The condition reads "{name}", which is asked in rows or not at all: no answer is meant.',
                "not_asked",
            )
        return found

    def _group(self, model: Any, depth: int) -> str:
        parts = model.get("conditions") if isinstance(model, dict) else None
        if not isinstance(parts, list) or not parts:
            raise Cannot("The condition is empty.", "empty_condition", defect=True)
        alternatives: list[list[str]] = [[]]
        for part in parts:
            if not isinstance(part, dict):
                raise Cannot("A part of the condition is no condition.", "shape", defect=True)
            if str(part.get("coordinator", "")).lower() == "or" and alternatives[-1]:
                alternatives.append([])  # "and" binds tighter than "or"
            alternatives[-1].append(self._part(part, depth))
        return either([every(parts) for parts in alternatives])

    def _part(self, part: dict[str, Any], depth: int) -> str:
        if depth > DEEPEST:
            raise Cannot("The condition is nested too deep.")
        if "conditionName" in part:
            return self._other(as_name(part["conditionName"]))
        if "conditions" in part:
            return self._group(part, depth + 1)
        if "field" not in part:
            raise Cannot("A part of the condition reads no field.", "shape", defect=True)
        value = part.get("value")
        subject = self._subject(_field_of(part))
        operator = str(part.get("operator", "")).strip().lower()
        if isinstance(value, dict) and (value.get("type") == "RelativeTime" or "timePeriod" in value):
            return _relative(subject, operator, value)
        return _compared(subject, operator, value.get("value") if isinstance(value, dict) else value)

    def _other(self, name: str) -> str:
        """A condition inside another: what is wrong with it is told at its own place."""
        try:
            return self.cel(name)
        except Cannot as cannot:
            if name not in self._models or cannot.code == "circle":
                raise
            raise Cannot(f'The condition "{name[:80]}" inside it cannot be carried.', "condition") from None


def _field_of(part: dict[str, Any]) -> Any:
    """The name of the field that a part reads."""
    field = part["field"]
    return field.get("name") if isinstance(field, dict) else field


def as_name(name: Any) -> str:
    """A name as it is written, without blanks around it; empty for what is no name."""
    return str(name).strip() if isinstance(name, str | int | float) and not isinstance(name, bool) else ""


def _compared(subject: Subject, operator: str, raw: Any) -> str:
    if operator in ("contains", "does not contain"):
        return among(subject, raw, holds=operator == "contains")
    if operator in LENGTHS:
        return f"size({subject.path}) {LENGTHS[operator]} {number(raw, whole=True)}"
    if operator == "matches" and subject.kind == "text":
        return f"{subject.path}.matches({quoted(str(raw))})"
    if operator not in COMPARING:
        raise Cannot(f'The comparison "{operator[:60]}" is not known here.')
    return compare(subject, COMPARING[operator], raw)


def _relative(subject: Subject, operator: str, value: dict[str, Any]) -> str:
    unit = str(value.get("timeUnit") or value.get("unit") or "")
    period = str(value.get("timePeriod") or value.get("period") or "")
    past = "future" not in str(value.get("direction", ""))
    sign = ({**PAST, **RELATIVE} if past else {**FUTURE, **RELATIVE}).get(operator)
    if unit not in UNITS or subject.kind != "date" or sign is None:
        raise Cannot("A time counted from now is compared in a way that is not known here.")
    steps = number(period, whole=True)
    return f"{subject.path} {sign} {UNITS[unit]}(today, {steps if past else f'-{steps}'})"
