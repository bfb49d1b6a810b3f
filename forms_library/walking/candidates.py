"""Answers worth trying: those that the rules of a form are written about, and those beside them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

from engine.core.rules import Constant, Group, Rows
from forms_library.catalogue import field_types
from forms_library.complaints import AnswerRefused
from forms_library.field_type import FieldType, Reading
from forms_library.walking.posting import Sheet, rows_sheet, some_answer

# more choices than this are not all tried: those that rules name, and two others
ALL_CHOICES = 12
MOST = 40
# texts of a length that a rule names are tried up to this one
LONGEST = 100
# what comes out of a comparison of two answers: smaller, the same, larger
STEPS = (-1, 0, 1)


def candidates(
    question: FieldType, named: Iterable[Constant], reading: Reading, random: Random
) -> tuple[list[Any], bool]:
    """Answers that the question takes, and whether no others could make a difference to the rules."""
    constants = sorted(named, key=lambda constant: (type(constant).__name__, str(constant)))
    found: list[Any] = []
    for answer in _possible(question, constants, reading, random):
        if answer not in found and _takes(question, answer, reading):
            found.append(answer)
        if len(found) == MOST:
            return found, False
    return found, _all_of(question)


def _takes(question: FieldType, answer: Any, reading: Reading) -> bool:
    if question.upload_rules:
        return False
    try:
        return bool(question.parse(question.typed(answer, reading.language), reading) == answer)
    except AnswerRefused:
        return False


def _all_of(question: FieldType) -> bool:
    """Whether constants and their neighbours stand for every answer: not so for texts in parts, and rows."""
    return isinstance(question.kind, str) and not question.upload_rules


def _possible(
    question: FieldType, constants: list[Constant], reading: Reading, random: Random
) -> Iterator[Any]:
    if question.upload_rules:
        return
    if question.children():
        yield from _nested(question, constants, reading, random)
        return
    kind, schema = question.kind, question.json_schema()
    numbers = [Decimal(c) for c in constants if isinstance(c, int | Decimal) and not isinstance(c, bool)]
    match kind:
        case "yes_no":
            yield from (True, False)
        case "text":
            yield from _texts(schema, constants)
        case "choices":
            yield from _choices(schema, constants)
        case "integer":
            yield from (int(n + step) for n in numbers for step in STEPS if n == n.to_integral_value())
        case "decimal":
            yield from _decimals(question, numbers, reading)
        case "date":
            yield from _days(constants, reading.today)
        case Group():
            yield from _groups(question, kind, constants, random, reading)
    yield from _examples(question, reading, random)


def _examples(question: FieldType, reading: Reading, random: Random) -> Iterator[Any]:
    for _ in range(4):
        try:
            answer = question.parse(question.example(random), reading)
        except AnswerRefused:
            continue
        if answer is not None:
            yield answer


def _offered(schema: Mapping[str, Any], constants: list[Constant]) -> list[str]:
    keys = [key for key in schema.get("enum", ()) if isinstance(key, str)]
    if len(keys) <= ALL_CHOICES:
        return keys
    named = [key for key in keys if key in constants]
    return named + [key for key in keys if key not in named][:2]


def _texts(schema: Mapping[str, Any], constants: list[Constant]) -> Iterator[str]:
    yield from _offered(schema, constants)
    for text in (constant for constant in constants if isinstance(constant, str)):
        yield text
        yield f"{text}x"
    for length in (constant for constant in constants if type(constant) is int and 0 < constant < LONGEST):
        yield "x" * length
        yield "x" * (length + 1)


def _choices(schema: Mapping[str, Any], constants: list[Constant]) -> Iterator[list[str]]:
    """Each choice alone, those that rules name together, all of them, and none."""
    keys = _offered(schema.get("items", {}), constants)
    named = [key for key in keys if key in constants]
    yield from ([key] for key in keys)
    for size in (2, 3):
        yield from (list(some) for some in combinations(named, size))
    yield [*keys]
    yield []


def _decimals(question: FieldType, numbers: list[Decimal], reading: Reading) -> Iterator[str]:
    """At and beside each number, written the way that the question itself stores it."""
    for number in (n + step for n in numbers for step in (*STEPS, Decimal("-0.01"), Decimal("0.01"))):
        try:
            stored = question.parse(question.typed(f"{number:f}", reading.language), reading)
        except (AnswerRefused, ValueError):
            continue
        if stored is not None:
            yield stored


def _days(constants: list[Constant], today: date) -> Iterator[str]:
    """Beside each day that is written out, and so many days, months and years away from today."""
    marks = [today]
    for constant in constants:
        if isinstance(constant, str):
            marks += _written(constant)
        elif isinstance(constant, int) and not isinstance(constant, bool) and abs(constant) < 3_000:
            for sign in (-1, 1):
                marks += _away(today, sign * constant)
    for day in dict.fromkeys(marks):
        for step in STEPS:
            yield (day + timedelta(days=step)).isoformat()


def _written(text: str) -> list[date]:
    try:
        return [date.fromisoformat(text)]
    except ValueError:
        return []


def _away(today: date, count: int) -> list[date]:
    found = [today + timedelta(days=count)]
    year, month = today.year + count, today.year * 12 + today.month - 1 + count
    for years, months in ((year, today.month), (month // 12, month % 12 + 1)):
        if 1 < years < 9_998:
            found.append(today.replace(year=years, month=months, day=min(today.day, 28)))
    return found


def _groups(
    question: FieldType, kind: Group, constants: list[Constant], random: Random, reading: Reading
) -> Iterator[dict[str, Any]]:
    """A whole answer with each of its texts replaced by what the rules name."""
    for whole in _examples(question, reading, random):
        yield whole
        for part, of in kind.fields.items():
            if of == "text":
                yield from ({**whole, part: text} for text in constants if isinstance(text, str))


def _nested(
    question: FieldType, constants: list[Constant], reading: Reading, random: Random
) -> Iterator[Any]:
    """A whole answer by chance; then with each question inside answered by what the rules name."""
    whole = _parsed(question, some_answer(question, random, reading), reading)
    if not isinstance(question.kind, Rows):
        for inside in _varied(question, whole or {}, constants, reading, random):
            yield inside
        return
    counts = row_counts(constants, getattr(question.options, "min", 0), getattr(question.options, "max", 20))
    rows = {
        count: _parsed(question, rows_sheet(question, count, random, reading), reading) for count in counts
    }
    yield from (found for found in rows.values() if found)
    first = (whole or [{}])[0]
    for inside in _varied(question, first, constants, reading, random):
        yield from ([inside, *(found or [])[1:]] for found in rows.values() if found)


def _varied(
    question: FieldType, whole: Mapping[str, Any], constants: list[Constant], reading: Reading, random: Random
) -> Iterator[dict[str, Any]]:
    for child in question.children():
        asked = field_types[child.type](child)
        if asked.has_answer and not asked.computed:
            found, _ = candidates(asked, constants, reading, random)
            yield from ({**whole, child.key: answer} for answer in found)


def _parsed(question: FieldType, sheet: Sheet, reading: Reading) -> Any:
    try:
        return question.parse(question.gather(sheet.posted()), reading)
    except AnswerRefused:
        return None


def row_counts(named: Iterable[Constant], least: int, most: int) -> list[int]:
    """How many rows are worth trying: few, the limits, and what the rules count."""
    counts = {least, least + 1, least + 2, most}
    counts |= {
        int(c) + step for c in named if isinstance(c, int) and not isinstance(c, bool) for step in STEPS
    }
    return sorted(count for count in counts if least <= count <= min(most, 20))
