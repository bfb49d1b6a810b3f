"""Rows and groups as they are to be filled in: what was typed, what is stored, blank rows to begin with."""

from typing import Any

from forms_library.bound import CompiledField
from forms_library.complaints import AnswerRefused
from forms_library.field_type import Reading
from forms_library.markup import Raw
from forms_library.nested_type import as_raw
from forms_library.rows_type import RowsType


def provisional(asked: CompiledField, raw: Any, reading: Reading) -> Any:
    """The answer that was typed, as far as it can be read, so that questions depending on it are shown."""
    if asked.has_rows:
        return [_group(asked, row, reading) for row in raw] if isinstance(raw, list) else None
    if asked.children:
        return _group(asked, raw, reading)
    try:
        return asked.question.parse(raw, reading)
    except AnswerRefused:
        return None


def _group(asked: CompiledField, raw: Any, reading: Reading) -> dict[str, Any]:
    given = raw if isinstance(raw, dict) else {}
    found = {
        child.key: provisional(child, given[child.key], reading)
        for child in asked.children
        if child.key in given
    }
    return {key: answer for key, answer in found.items() if answer is not None}


def with_rows(asked: CompiledField, answer: Any) -> Any:
    """The answer with as many blank rows as are to be filled in."""
    if not asked.has_rows:
        return _filled(asked, answer) if asked.children else answer
    rows = [_filled(asked, row) for row in answer] if isinstance(answer, list) else []
    return rows + [_filled(asked, {}) for _ in range(_blank(asked) - len(rows))]


def _filled(asked: CompiledField, record: Any) -> dict[str, Any]:
    given = dict(record) if isinstance(record, dict) else {}
    for child in asked.children:
        if child.children and (filled := with_rows(child, given.get(child.key))):
            given[child.key] = filled
    return given


def _blank(asked: CompiledField) -> int:
    least = asked.question.options.min if isinstance(asked.question, RowsType) else 0
    return max(least, 1 if asked.field.required or asked.require else 0)


def rows_typed(asked: CompiledField, raw: Any, given: Any, worked_out: Any, language: str) -> Raw:
    """What stands in the inputs: what was typed, else what is stored; what is worked out as it is now."""
    if not asked.has_rows:
        return as_raw(_cells(asked, raw, given, worked_out, language))
    rows, results = (
        given if isinstance(given, list) else [],
        worked_out if isinstance(worked_out, list) else [],
    )
    typed = raw if isinstance(raw, list) else []
    return as_raw(
        [
            _cells(asked, _at(typed, number), row, _at(results, number), language)
            for number, row in enumerate(rows)
        ]
    )


def _at(rows: list[Any], number: int) -> Any:
    return rows[number] if number < len(rows) else None


def _cells(asked: CompiledField, raw: Any, given: Any, worked_out: Any, language: str) -> dict[str, Raw]:
    typed, stored, results = (one if isinstance(one, dict) else {} for one in (raw, given, worked_out))
    found = {}
    for child in asked.children:
        key = child.key
        if child.children:
            found[key] = rows_typed(child, typed.get(key), stored.get(key), results.get(key), language)
        elif child.question.computed:
            found[key] = child.question.typed(results.get(key), language)
        elif child.question.has_answer:
            found[key] = typed[key] if key in typed else child.question.typed(stored.get(key), language)
    return found
