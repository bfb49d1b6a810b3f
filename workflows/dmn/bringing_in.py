"""The decision tables of a DMN file in our words, with a report of everything that is not as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from pydantic import ValidationError

from engine.core.decisions import DecisionTable
from engine.core.problems import Problems, from_pydantic
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from workflows.dmn.asking import Asking
from workflows.dmn.column_words import ColumnReader, Entry, InputColumn
from workflows.dmn.leftovers import Told, name_leftovers
from workflows.dmn.opening import child, children, local, open_definitions, text_of
from workflows.dmn.typing_items import item_types
from workflows.dmn.vocabulary import names_in

POLICIES = {
    "UNIQUE": "unique", "ANY": "any", "PRIORITY": "priority", "FIRST": "first", "RULE ORDER": "rule_order",
    "OUTPUT ORDER": "output_order", "COLLECT": "collect",
}  # fmt: skip
NOTE = 500  # characters
MOST_CELLS = 20_000
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class FoundTable:
    """One decision table of a file, as JSON; and why it cannot be one of ours as it is."""

    name: str
    document: dict[str, Any]
    problems: Problems


@dataclass(frozen=True)
class FromDmn:
    """What came out of a file."""

    tables: list[FoundTable]
    report: Report

    def named(self, name: str) -> FoundTable | None:
        """The table of a decision; without a name the only one."""
        if not name and len(self.tables) == 1:
            return self.tables[0]
        return next((table for table in self.tables if table.name == name), None)


def read_dmn(data: bytes, asking: Asking, *, only: str = "") -> FromDmn:
    """Every decision table of a file; with `only` that of one decision. Raises Refused."""
    root = open_definitions(data)
    report, told, names = Report(), Told(), names_in([root])
    told.tell(root)
    if sum(local(each) in ("inputEntry", "outputEntry") for each in root.iter()) > MOST_CELLS:
        raise Refused(f"This file has more than {MOST_CELLS:,} cells.")
    decisions = [each for each in children(root, "decision") if child(each, "decisionTable") is not None]
    if not decisions:
        raise Refused("This file holds no decision table.")
    _tell_types(root, told)
    definitions = {each.get("name", ""): each for each in children(root, "itemDefinition")}
    reader = ColumnReader(asking, names, item_types(root, names), definitions, report, told)
    reading = _Reading(root, reader, report, told)
    found = [reading.table(each) for each in decisions if not only or _name(each) == only]
    name_leftovers(root, told, report)
    return FromDmn(found, report)


def _tell_types(root: Element, told: Told) -> None:
    """The shape of what is given is that of the questions here; only what a type allows is more than that."""
    more = ("allowedValues", "typeConstraint", "functionItem")
    for element in children(root, "itemDefinition"):
        if not any(local(each) in more for each in element.iter()):
            told.tell_all(element)


def _name(element: Element) -> str:
    return element.get("name") or element.get("id") or "decision"


@dataclass
class _Reading:
    """The reading of the tables of a file."""

    root: Element
    reader: ColumnReader
    report: Report
    told: Told

    def table(self, decision: Element) -> FoundTable:
        """A decision with its table."""
        element, name = child(decision, "decisionTable"), _name(decision)
        assert element is not None  # noqa: S101  only decisions with a table come here
        self.told.tell(decision, element)
        path: Path = ("decision", name)
        self._requirements(decision, path)
        reader = self.reader
        inputs = [
            reader.input(each, (*path, "input", number))
            for number, each in enumerate(children(element, "input"), 1)
        ]
        rows = list(children(element, "rule"))
        outputs = [
            reader.output(each, (*path, "output", number), name, self._results(reader, rows, number - 1))
            for number, each in enumerate(children(element, "output"), 1)
        ]
        document: dict[str, Any] = {
            "hit_policy": self._policy(element, path),
            "inputs": [each.written for each in inputs],
            "outputs": [each.written for each in outputs],
            "rows": [
                {
                    "when": self._tests(reader, row, inputs, (*path, "rule", number)),
                    "then": [each.results[number - 1] for each in outputs],
                    **self._note(row, (*path, "rule", number)),
                }
                for number, row in enumerate(rows, 1)
            ],
        }
        document |= self._defaults([each.default for each in outputs], path)
        if aggregation := element.get("aggregation"):
            document["aggregation"] = aggregation.lower()
        return FoundTable(name, document, _wrong(document))

    def _policy(self, element: Element, path: Path) -> str:
        policy = element.get("hitPolicy", "UNIQUE")
        if policy not in POLICIES:
            self.report.lost(
                path, "policy", f'The hit policy "{policy}" is not known: the table is unique now.'
            )
        return POLICIES.get(policy, "unique")

    def _requirements(self, decision: Element, path: Path) -> None:
        """What a decision requires is said by the names in its columns; other decisions have to be there."""
        names = {each.get("id", ""): _name(each) for each in self.root if each.get("id")}
        self.told.tell(*children(decision, "variable"))
        for element in children(
            decision, "informationRequirement", "knowledgeRequirement", "authorityRequirement"
        ):
            self.told.tell(element, *children(element))
            for required in children(element, "requiredDecision", "requiredKnowledge", "requiredAuthority"):
                name = names.get(required.get("href", "").rpartition("#")[2], required.get("href", ""))
                sentence = f'It needs "{name}": see that its columns ask what was meant.'
                self.report.changed((*path, "requires", name), "requirement", sentence)
            for required in children(element, "requiredInput"):
                self._tell_input(required.get("href", "").rpartition("#")[2])

    def _tell_input(self, identity: str) -> None:
        for element in children(self.root, "inputData"):
            if element.get("id") == identity:
                self.told.tell(element, *children(element, "variable"))

    def _results(self, reader: ColumnReader, rows: Sequence[Element], column: int) -> list[Entry]:
        found = []
        for row in rows:
            self.told.tell(row)
            entries = [reader.entry(entry) for entry in children(row, "outputEntry")]
            found.append(entries[column] if column < len(entries) else Entry(""))
        return found

    def _tests(
        self, reader: ColumnReader, row: Element, inputs: Sequence[InputColumn], path: Path
    ) -> list[str]:
        entries = list(children(row, "inputEntry"))
        for surplus in entries[len(inputs) :]:
            self.report.lost(path, "surplus", f'The condition "{reader.entry(surplus).text}" has no column.')
        padded = [*entries, *[None] * len(inputs)]
        return [
            reader.cell(entry, column, (*path, "inputEntry", number))
            for number, (entry, column) in enumerate(zip(padded, inputs, strict=False), 1)
        ]

    def _note(self, row: Element, path: Path) -> dict[str, str]:
        remarks = [each for entry in children(row, "annotationEntry") for each in (entry, *children(entry))]
        self.told.tell(*remarks, *children(row, "description"))
        texts = [text_of(row, "description"), *(text_of(each) for each in children(row, "annotationEntry"))]
        note = "; ".join(filter(None, texts))
        if len(note) > NOTE:
            self.report.lost(path, "note", "The remark is too long: its end is not carried.")
        return {"note": note[:NOTE]} if note else {}

    def _defaults(self, defaults: Sequence[str], path: Path) -> dict[str, Any]:
        if defaults and all(defaults):
            return {"default": list(defaults)}
        if any(defaults):
            self.report.lost(path, "default", "Only some results have a value for no row: none is carried.")
        return {}


def _wrong(document: dict[str, Any]) -> Problems:
    """Why a table cannot be one of ours."""
    problems = Problems()
    try:
        DecisionTable.model_validate(document)
    except ValidationError as error:
        from_pydantic(error, problems, document)
    return problems
