"""Columns and cells of a foreign table in our words."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from engine.core.feel import FeelRefused, Names, read_cell, read_expression
from engine.core.feel.nodes import Span
from engine.core.feel.types import Types, resolved
from engine.core.text import Text
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from workflows.dmn.asking import Asking, spoken
from workflows.dmn.cell_words import listed, say_cell, span_of
from workflows.dmn.feel_words import feel_cell, feel_rule
from workflows.dmn.leftovers import Told
from workflows.dmn.names import CEL, ours
from workflows.dmn.opening import child, children
from workflows.dmn.said import NUMBERS, WHOLE, NotCarried, Said, fit
from workflows.dmn.to_rules import Translation
from workflows.dmn.typing_items import type_named

KINDS = {"string": "text", "number": "decimal", "boolean": "yes_no", "date": "date"}
LONGEST_SECONDS = 5  # for all tables of a file
COLUMN_KINDS = ("text", "integer", "decimal", "date", "yes_no", "choices")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class InputColumn:
    """A column that is asked, as JSON."""

    written: dict[str, Any]
    asking: Asking

    @property
    def kind(self) -> str:
        """What it can be."""
        return str(self.written["type"])


@dataclass(frozen=True)
class OutputColumn:
    """A column that is answered, as JSON, with its result for every row and for none."""

    written: dict[str, Any]
    results: list[str]
    default: str


@dataclass(frozen=True)
class Entry:
    """A text of the file: FEEL, or one of our rules; with our own words where we wrote it."""

    text: str
    is_rule: bool = False
    own: str | None = None


@dataclass
class ColumnReader:
    """Reads the columns of one table; whatever cannot be said in our words stays as it was, and is named."""

    asking: Asking
    names: Names
    types: Types
    definitions: Mapping[str, Element]
    report: Report
    told: Told
    until: float = field(default_factory=lambda: time.monotonic() + LONGEST_SECONDS)

    # --- what is asked
    def input(self, element: Element, path: Path) -> InputColumn:
        """One input with its expression, its kind and its values."""
        expression = child(element, "inputExpression")
        self.told.tell(element)
        entry = self.entry(expression)
        said = self._asked(expression, entry, path)
        kind = (
            self._kind(expression)
            if expression is not None and expression.get(ours("type"))
            else str(said.kind)
        )
        is_own = expression is not None and expression.get(ours("type")) is not None
        label = _label(element, "" if is_own else entry.text)
        written: dict[str, Any] = {"expression": said.text, "type": kind, **label}
        written |= self._values(self._allowed(element, expression), kind, path)
        return InputColumn(written, self.asking)

    def _asked(self, expression: Element | None, entry: Entry, path: Path) -> Said:
        kind = self._kind(expression)
        if entry.is_rule or self._is_own_rule(entry):
            return Said(entry.text if entry.own is None else entry.own, kind or "text")
        try:
            said = Translation(self.asking).say(read_expression(entry.text, self.names))
            if said.kind == WHOLE:
                said = fit(said, "integer")
            if said.kind not in COLUMN_KINDS:
                raise NotCarried("A column asks a single value.")
            return said
        except (NotCarried, FeelRefused) as refused:
            self.report.lost(
                (*path, "inputExpression"), "question", _because("question", entry.text, refused)
            )
        return Said(f"answers.{key_of(entry.text) or 'question'}", kind or "text")

    def _is_own_rule(self, entry: Entry, kind: str = "text") -> bool:
        """Whether we wrote a text, and nobody has changed it since."""
        return entry.own is not None and feel_rule(entry.own, self.asking, kind) == entry.text

    def _kind(self, element: Element | None) -> str:
        """Our kind of value for a type of the file; empty where it does not say."""
        if element is None:
            return ""
        if (own := element.get(ours("type"))) in COLUMN_KINDS:
            return str(own)
        kind = resolved(type_named(element.get("typeRef")), self.types)
        if kind.base == "list" and kind.item and resolved(kind.item, self.types).base == "string":
            return "choices"
        return KINDS.get(kind.base, "")

    def _allowed(self, element: Element, expression: Element | None) -> Element | None:
        """The values that a column names, or its type."""
        if (own := child(element, "inputValues")) is not None:
            return own
        name = expression.get("typeRef", "") if expression is not None else ""
        definition = self.definitions.get(name)
        if definition is None or child(definition, "itemComponent") is not None:
            return None
        self.told.tell(definition, *children(definition, "typeRef"))
        return child(definition, "allowedValues")

    def _values(self, element: Element | None, kind: str, path: Path) -> dict[str, Any]:
        """All values of a column, or its lowest and highest."""
        text = self.entry(element).text
        if not text:
            return {}
        try:
            tests = read_cell(text, self.names).tests
            if kind in ("text", "choices") and (values := listed(tests)) is not None:
                return {"values": [json.dumps(value, ensure_ascii=False) for value in values]}
            if len(tests) == 1 and (span := span_of(tests[0])):
                return self._ends(span, kind)
            if kind == "yes_no":
                return {}
        except (NotCarried, FeelRefused):
            pass
        self.report.lost((*path, "values"), "values", f"The values {text[:80]} are not carried.")
        return {}

    def _ends(self, span: Span, kind: str) -> dict[str, Any]:
        ends = {"minimum": (span.low, span.low_included), "maximum": (span.high, span.high_included)}
        if not all(included or end is None for end, included in ends.values()):
            raise NotCarried("The ends of a column are part of it.")
        say = Translation(self.asking)
        return {name: _literal(say.say(end), kind) for name, (end, _) in ends.items() if end is not None}

    # --- cells
    def cell(self, element: Element | None, column: InputColumn, path: Path) -> str:
        """A condition in our words."""
        entry = self.entry(element)
        if not entry.text or entry.text == "-":
            return "-"
        expression, own = str(column.written["expression"]), entry.own
        if entry.is_rule:
            return entry.text
        if own is not None and feel_cell(own, self.asking, expression, column.kind) == entry.text:
            return own
        try:
            return say_cell(read_cell(entry.text, self.names), column.asking, expression, column.kind)
        except (NotCarried, FeelRefused) as refused:
            self.report.lost(path, "condition", _because("condition", entry.text, refused))
        return entry.text

    def entry(self, element: Element | None) -> Entry:
        """The text of an element, which is carried now."""
        if element is None:
            return Entry("")
        if time.monotonic() > self.until:
            raise Refused("This file takes too long to read.")
        self.told.tell(element, *children(element, "text"))
        rule = element.get("expressionLanguage") == CEL
        return Entry(self.told.text(element), rule, element.get(ours("text")))

    # --- what is answered
    def output(self, element: Element, path: Path, decision: str, entries: Sequence[Entry]) -> OutputColumn:
        """One output with its results."""
        self.told.tell(element)
        default = self.entry(child(element, "defaultOutputEntry"))
        places: list[Path] = [(*path, "rule", number) for number, _ in enumerate(entries, 1)]
        places.append((*path, "default"))
        texts = [*entries, default]
        said = [self._said(entry, place) for entry, place in zip(texts, places, strict=True)]
        kind = self._output_kind(element, said)
        found = [self._result(*each, kind) for each in zip(said, texts, places, strict=True)]
        is_own, name = element.get(ours("type")) is not None, element.get("name") or decision
        written: dict[str, Any] = {"key": key_of(name) or "result", "type": kind}
        written |= _label(element, "" if is_own else name)
        written |= self._listed(child(element, "outputValues"), kind, path)
        return OutputColumn(written, found[:-1], found[-1])

    def _output_kind(self, element: Element, said: Sequence[Said | None]) -> str:
        """What a result is: as the file says, or as its values are."""
        kind = self._kind(element) or _common([each for each in said if each])
        if kind == "decimal" and element.get(ours("type")) is None and _all_whole(said):
            return "integer"
        return "text" if kind == "choices" else kind

    def _said(self, entry: Entry, path: Path) -> Said | None:
        if not entry.text or entry.is_rule or self._is_own_rule(entry):
            return None
        try:
            return Translation(self.asking).say(read_expression(entry.text, self.names))
        except (NotCarried, FeelRefused) as refused:
            self.report.lost(path, "result", _because("result", entry.text, refused))
        return None

    def _result(self, said: Said | None, entry: Entry, path: Path, kind: str) -> str:
        if said is None:
            is_own = not entry.is_rule and self._is_own_rule(entry)
            return entry.own or entry.text if is_own else entry.text
        try:
            return _literal(said, kind)
        except NotCarried as refused:
            self.report.lost(path, "result", _because("result", entry.text, refused))
        return entry.text

    def _listed(self, element: Element | None, kind: str, path: Path) -> dict[str, Any]:
        """The values of a result, the most important first."""
        text = self.entry(element).text
        if not text:
            return {}
        try:
            tests = read_cell(text, self.names).tests
            say = Translation(self.asking)
            return {"values": [_literal(say.say(test.inside), kind) for test in tests]}
        except (NotCarried, FeelRefused):
            self.report.lost((*path, "values"), "values", f"The values {text[:80]} are not carried.")
        return {}


def _because(what: str, text: str, refused: NotCarried | FeelRefused) -> str:
    return f'The {what} "{text[:80]}" is not carried. {refused.sentence}'


def _literal(said: Said, kind: str) -> str:
    """A result as its column needs it; whole numbers are written as they stand."""
    return said.text if said.kind == WHOLE and kind in NUMBERS else fit(said, kind).text


def _all_whole(found: Sequence[Said | None]) -> bool:
    return all(each is None or each.kind in (WHOLE, "integer") for each in found) and any(found)


def _common(found: Sequence[Said]) -> str:
    """The kind of results of which the file says none."""
    kinds = {str(each.kind) for each in found if isinstance(each.kind, str)}
    if kinds and kinds <= {WHOLE, "integer"}:
        return "integer"
    if kinds and kinds <= {*NUMBERS}:
        return "decimal"
    only = next(iter(kinds), "text") if len(kinds) == 1 else "text"
    return only if only in COLUMN_KINDS and only != "choices" else "text"


def key_of(name: str) -> str:
    """A key out of a name; one that is a key already stays."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,59}", name):
        return name
    plain = "_".join(spoken(name).split())[:60]
    return plain if re.match(r"[a-z]", plain) else f"k_{plain}" if plain and plain.isascii() else ""


def _label(element: Element, name: str) -> dict[str, Any]:
    """The heading: ours in every language, or that of the file."""
    own = element.get(ours("label"))
    if own is not None:
        try:
            return {"label": Text.model_validate(json.loads(own)).model_dump(mode="json")}
        except ValueError:
            pass
    label = element.get("label") or name
    return {"label": label} if label else {}
