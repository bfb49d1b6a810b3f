"""Answers as cells, as rows of repeating groups, and as JSON; whatever may not be seen comes masked."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from forms_library.compiled import CompiledForm
from forms_library.field_type import FieldType
from forms_library.nested_type import NestedType
from forms_library.rows_type import RowsType

Cells = dict[str, Any]
ROW = "row"  # the number of a row in its group: 2, or 2.1 inside the second


def answer_cells(compiled: CompiledForm, answers: Mapping[str, Any], hide: Collection[str]) -> Cells:
    """One row for all answers: a repeating group is its number of rows and its rows as JSON."""
    cells: Cells = {}
    for asked in compiled.questions():
        cells.update(_cells(asked.question, answers.get(asked.key), hide))
    return cells


def answer_json(compiled: CompiledForm, answers: Mapping[str, Any], hide: Collection[str]) -> dict[str, Any]:
    """The answers as they are stored, masked where they may not be seen."""
    return {
        asked.key: _json(asked.question, answers[asked.key], hide)
        for asked in compiled.questions()
        if answers.get(asked.key) is not None
    }


def group_tables(compiled: CompiledForm, hide: Collection[str]) -> dict[str, list[str]]:
    """The tables that repeating groups need, each with its columns; a nested one is named "outer.inner"."""
    tables: dict[str, list[str]] = {}
    for asked in compiled.questions():
        _tables(asked.question, "", hide, tables)
    return tables


def group_rows(
    compiled: CompiledForm, answers: Mapping[str, Any], hide: Collection[str]
) -> Iterator[tuple[str, Cells]]:
    """Every row of every repeating group, with the name of its table."""
    for asked in compiled.questions():
        yield from _rows(asked.question, answers.get(asked.key), "", "", hide)


def _hidden(question: FieldType, hide: Collection[str]) -> bool:
    return question.field.data_class in hide or (question.masking != "none" and bool(hide))


def _cells(question: FieldType, answer: Any, hide: Collection[str]) -> Cells:
    if _hidden(question, hide):
        masked = None if answer is None else question.mask(answer, "en")
        return dict.fromkeys(_names(question, hide), masked)
    key = question.field.key
    if isinstance(question, RowsType):
        written = json.dumps(_json(question, answer, hide), ensure_ascii=False) if answer else None
        return {key: len(answer or []), f"{key}_rows": written}
    if isinstance(question, NestedType):
        inner = answer or {}
        return {
            f"{key}_{name}": value
            for part in question.asked
            for name, value in _cells(part, inner.get(part.field.key), hide).items()
        }
    return question.export(answer)


def _names(question: FieldType, hide: Collection[str]) -> Iterator[str]:
    """The columns of a question whether or not its answer may be seen."""
    key = question.field.key
    if isinstance(question, RowsType):
        yield from (key, f"{key}_rows")
    elif isinstance(question, NestedType):
        yield from (f"{key}_{name}" for part in question.asked for name in _names(part, hide))
    else:
        yield from question.export(None)


def _json(question: FieldType, answer: Any, hide: Collection[str]) -> Any:
    if answer is None:
        return None
    if _hidden(question, hide):
        return question.mask(answer, "en")
    if isinstance(question, RowsType):
        return [_group(question, row, hide) for row in answer]
    return _group(question, answer, hide) if isinstance(question, NestedType) else answer


def _group(question: NestedType, record: Mapping[str, Any], hide: Collection[str]) -> dict[str, Any]:
    parts = {part.field.key: part for part in question.asked}
    return {
        key: _json(parts[key], value, hide)
        for key, value in record.items()
        if key in parts and value is not None
    }


def _tables(question: FieldType, before: str, hide: Collection[str], tables: dict[str, list[str]]) -> None:
    if not isinstance(question, NestedType) or _hidden(question, hide):
        return
    name = f"{before}{question.field.key}"
    if isinstance(question, RowsType):
        tables[name] = [ROW, *_flat(question, {}, hide)]
    for part in question.asked:
        _tables(part, f"{name}.", hide, tables)


def _rows(
    question: FieldType, answer: Any, before: str, number: str, hide: Collection[str]
) -> Iterator[tuple[str, Cells]]:
    if not isinstance(question, NestedType) or answer is None or _hidden(question, hide):
        return
    name = f"{before}{question.field.key}"
    if isinstance(question, RowsType):
        for index, row in enumerate(answer, 1):
            own = f"{number}.{index}" if number else str(index)
            yield name, {ROW: own, **_flat(question, row, hide)}
            yield from _inside(question, row, f"{name}.", own, hide)
    else:
        yield from _inside(question, answer, f"{name}.", number, hide)


def _inside(
    question: NestedType, record: Mapping[str, Any], before: str, number: str, hide: Collection[str]
) -> Iterator[tuple[str, Cells]]:
    for part in question.asked:
        yield from _rows(part, record.get(part.field.key), before, number, hide)


def _flat(question: NestedType, record: Mapping[str, Any], hide: Collection[str]) -> Cells:
    """The cells of one row; rows inside it stand in a table of their own."""
    return {
        name: value
        for part in question.asked
        if not isinstance(part, RowsType)
        for name, value in _cells(part, record.get(part.field.key), hide).items()
    }
