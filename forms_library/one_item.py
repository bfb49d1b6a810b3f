"""One item of a list among the answers, to be read by itself: a row, or one of several choices."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from forms_library.bound import CompiledForm
from forms_library.field_type import FieldType
from forms_library.nested_type import as_html
from forms_library.rows_type import RowsType


@dataclass(frozen=True)
class OneItem:
    """What an item is called, and its answers; a choice has none."""

    title: str
    html: SafeString


def one_item(
    compiled: CompiledForm, key: str, value: Any, number: int, language: str, *, hide: Collection[str] = ()
) -> OneItem | None:
    """An item of the question with this key; what is of the classes in `hide` comes masked."""
    asked = compiled.fields.get(key)
    if asked is None:
        return None
    question, nothing = asked.question, mark_safe("")

    def hidden(part: FieldType) -> bool:
        return part.field.data_class in hide or part.masking != "none"

    if isinstance(question, RowsType):
        lines = question.answers_in(value or {}, language, 0, hidden)
        html = mark_safe(as_html(lines))  # noqa: S308  the lines are escaped there
        return OneItem(question.row_label(number, language), html)
    if hidden(question):
        return OneItem(str(number), nothing)
    return OneItem(question.text([value], language) if value else str(number), nothing)
