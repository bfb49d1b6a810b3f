"""A decision table as DMN 1.3: FEEL wherever it can say the same, CEL under its own name elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from engine.core.decisions import DecisionTable, Input, Output, Row
from engine.core.text import Text
from forms_library.importing.report import Report
from workflows.dmn.asking import Asking
from workflows.dmn.bringing_in import POLICIES
from workflows.dmn.feel_words import feel_cell, feel_rule
from workflows.dmn.names import CEL, FEEL, OURS, dmn, ours
from workflows.dmn.placing import draw

TYPES = {
    "text": "string", "integer": "number", "decimal": "number", "date": "date", "yes_no": "boolean",
    "choices": "tTexts",
}  # fmt: skip
WORDS = {ours: theirs for theirs, ours in POLICIES.items()}
DECISION = "decision"


@dataclass(frozen=True)
class ToDmn:
    """The file, and what other tools cannot read in it."""

    content: bytes
    report: Report


def write_dmn(table: DecisionTable, *, name: str, asking: Asking, language: str) -> ToDmn:
    """The XML text in UTF-8 of one table."""
    report = Report()
    root = Element(
        dmn("definitions"), id="definitions", name=name, namespace=f"{OURS}:{name}",
        expressionLanguage=FEEL, exporter="Caseway",
    )  # fmt: skip
    roots = _roots(table)
    _types(root, table, roots)
    decision = SubElement(root, dmn("decision"), id=DECISION, name=name)
    SubElement(decision, dmn("variable"), name=name, typeRef=_result_type(table))
    for each in roots:
        needed = SubElement(decision, dmn("informationRequirement"), id=f"needs_{each}")
        SubElement(needed, dmn("requiredInput"), href=f"#input_{each}")
    _Table(decision, asking, report, language).write(table)
    for each in roots:
        given = SubElement(root, dmn("inputData"), id=f"input_{each}", name=each)
        SubElement(given, dmn("variable"), name=each, typeRef=f"t_{each}")
    draw(root, DECISION, roots)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return ToDmn(content, report)


def _paths(table: DecisionTable) -> dict[str, str]:
    """The columns that ask for a single answer, with its type."""
    found = {each.expression: TYPES[each.type] for each in table.inputs}
    return {path: kind for path, kind in found.items() if path.replace(".", "_").isidentifier()}


def _roots(table: DecisionTable) -> list[str]:
    """What the columns begin with: the answers, or what was recorded before."""
    return list(dict.fromkeys(path.partition(".")[0] for path in _paths(table) if path != "today"))


def _types(root: Element, table: DecisionTable, roots: Sequence[str]) -> None:
    paths = _paths(table)
    if "tTexts" in paths.values():
        texts = SubElement(root, dmn("itemDefinition"), name="tTexts", isCollection="true")
        SubElement(texts, dmn("typeRef")).text = "string"
    for each in roots:
        own = SubElement(root, dmn("itemDefinition"), name=f"t_{each}")
        _components(own, {path.partition(".")[2]: kind for path, kind in paths.items() if _is_of(path, each)})
    result = SubElement(root, dmn("itemDefinition"), name="tResult")
    if len(table.outputs) > 1:
        _components(result, {output.key: TYPES[output.type] for output in table.outputs})
    else:
        kind = "number" if table.aggregation == "count" else TYPES[table.outputs[0].type]
        SubElement(result, dmn("typeRef")).text = kind
    if table.gives_many:
        several = SubElement(root, dmn("itemDefinition"), name="tResults", isCollection="true")
        SubElement(several, dmn("typeRef")).text = "tResult"


def _is_of(path: str, root: str) -> bool:
    return path.startswith(f"{root}.")


def _components(parent: Element, parts: dict[str, str]) -> None:
    """What stands inside a type, group by group."""
    for name in dict.fromkeys(path.partition(".")[0] for path in parts):
        part = SubElement(parent, dmn("itemComponent"), name=name)
        inside = {path.partition(".")[2]: kind for path, kind in parts.items() if _is_of(path, name)}
        if inside:
            _components(part, inside)
        else:
            SubElement(part, dmn("typeRef")).text = parts[name]


def _result_type(table: DecisionTable) -> str:
    return "tResults" if table.gives_many else "tResult"


@dataclass
class _Table:
    """The writing of the table itself."""

    decision: Element
    asking: Asking
    report: Report
    language: str
    rows: int = field(default=0)

    def write(self, table: DecisionTable) -> None:
        element = SubElement(self.decision, dmn("decisionTable"), hitPolicy=WORDS[table.hit_policy])
        if table.aggregation:
            element.set("aggregation", table.aggregation.upper())
        for number, column in enumerate(table.inputs, 1):
            self._input(element, column, number)
        for number, result in enumerate(table.outputs, 1):
            self._output(element, result, table.default, number)
        for number, row in enumerate(table.rows, 1):
            self._row(element, row, table, number)

    def _input(self, element: Element, column: Input, number: int) -> None:
        made = SubElement(element, dmn("input"), id=f"input_{number}")
        self._head(made, column.label)
        asked = SubElement(made, dmn("inputExpression"), typeRef=TYPES[column.type])
        asked.set(ours("type"), column.type)
        self._rule(asked, column.expression, ("inputs", number))
        if values := _values(column):
            SubElement(SubElement(made, dmn("inputValues")), dmn("text")).text = values

    def _output(self, element: Element, result: Output, default: list[str] | None, number: int) -> None:
        made = SubElement(element, dmn("output"), id=f"output_{number}", name=result.key)
        self._head(made, result.label)
        made.set("typeRef", TYPES[result.type])
        made.set(ours("type"), result.type)
        if result.values:
            SubElement(SubElement(made, dmn("outputValues")), dmn("text")).text = ", ".join(result.values)
        if default is not None:
            self._rule(
                SubElement(made, dmn("defaultOutputEntry")),
                default[number - 1],
                ("default", number),
                result.type,
            )

    def _head(self, element: Element, label: Text | None) -> None:
        if label is not None:
            element.set("label", label.in_(self.language))
            element.set(ours("label"), json.dumps(label.model_dump(mode="json"), ensure_ascii=False))

    def _row(self, element: Element, row: Row, table: DecisionTable, number: int) -> None:
        made = SubElement(element, dmn("rule"), id=f"rule_{number}")
        if row.note:
            SubElement(made, dmn("description")).text = row.note
        for place, (text, column) in enumerate(zip(row.when, table.inputs, strict=True), 1):
            entry = SubElement(made, dmn("inputEntry"), id=f"rule_{number}_if_{place}")
            found = feel_cell(text, self.asking, column.expression, column.type)
            self._text(entry, text, found, ("rule", number, "if", place))
        for place, (text, result) in enumerate(zip(row.then, table.outputs, strict=True), 1):
            entry = SubElement(made, dmn("outputEntry"), id=f"rule_{number}_then_{place}")
            self._rule(entry, text, ("rule", number, "then", place), result.type)

    def _rule(self, element: Element, text: str, path: tuple[str | int, ...], kind: str = "text") -> None:
        self._text(element, text, feel_rule(text, self.asking, kind), path)

    def _text(self, element: Element, text: str, feel: str | None, path: tuple[str | int, ...]) -> None:
        """FEEL, with our own words beside it where they are others; CEL where FEEL cannot say it."""
        if feel is None:
            element.set("expressionLanguage", CEL)
            sentence = f'"{text[:80]}" is written as CEL: other tools do not work it out.'
            self.report.changed(path, "language", sentence)
        elif feel != text:
            element.set(ours("text"), text)
        SubElement(element, dmn("text")).text = text if feel is None else feel


def _values(column: Input) -> str:
    if column.values:
        return ", ".join(column.values)
    low, high = column.minimum, column.maximum
    if low and high:
        return f"[{low}..{high}]"
    return f">= {low}" if low else f"<= {high}" if high else ""
