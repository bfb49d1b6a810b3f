"""Values that the server works out: how each sort is stored, read back, described and shown."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from engine.core.rules import Kind, Want
from forms_library.complaints import refuse
from forms_library.field_type import as_line
from forms_library.localising import date_text, number_text
from forms_library.markup import Raw
from forms_library.words import word

Sort = Literal["text", "integer", "decimal", "date", "yes_no"]
WANTED: Mapping[Sort, Want] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "yes_no": "bool",
}
KINDS: Mapping[Sort, Kind] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "yes_no": "yes_no",
}
MOST_CHARACTERS = 5_000
READERS: Mapping[Sort, Callable[[str], Any]] = {
    "text": lambda text: text[:MOST_CHARACTERS],
    "integer": int,
    "decimal": lambda text: str(Decimal(text)),
    "date": lambda text: date.fromisoformat(text).isoformat(),
    "yes_no": lambda text: {"true": True, "false": False}[text.lower()],
}
SCHEMAS: Mapping[Sort, dict[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "yes_no": {"type": "boolean"},
}


def stored(value: Any, places: int) -> Any:
    """What a rule gave, as JSON."""
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    if isinstance(value, date):
        return value.isoformat()
    return value[:MOST_CHARACTERS] if isinstance(value, str) else value


def read_back(raw: Raw, sort: Sort) -> Any:
    """A stored value out of its text; raises AnswerRefused."""
    text = str(raw.get("value", "")) if isinstance(raw, dict) else as_line(raw)
    if not text:
        return None
    try:
        return READERS[sort](text)
    except (ValueError, ArithmeticError, KeyError):
        raise refuse("format") from None


def as_typed(answer: Any) -> str:
    """A stored value as text."""
    if answer is None:
        return ""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def as_read(answer: Any, sort: Sort, language: str) -> str:
    """A stored value as people read it."""
    match sort:
        case "yes_no":
            return word("yes" if answer else "no", language)
        case "date":
            return date_text(date.fromisoformat(answer), language)
        case "integer" | "decimal":
            return number_text(Decimal(answer), language)
    return str(answer)
