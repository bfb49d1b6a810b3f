"""Rows of the same questions: what a repeating group and a table have in common."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Kind, Rows
from engine.core.text import Text
from forms_library.complaints import AnswerRefused, Complaint, refuse
from forms_library.definition import Field
from forms_library.field_type import FieldOptions, FieldType, Reading, ui
from forms_library.markup import Raw
from forms_library.nested_type import Hidden, Line, NestedType, as_raw
from forms_library.row_names import in_rows, numbers
from forms_library.sentences import ADD
from forms_library.words import word

MOST_ROWS = 1_000
# a page that holds rows inside rows stays readable for the server
MOST_ROWS_IN_ALL = 5_000


class RowsOptions(FieldOptions):
    """How many rows there may be, and what one of them is called."""

    min: int = Value(default=0, ge=0, le=MOST_ROWS, title="Fewest", json_schema_extra=ui("number"))
    max: int = Value(default=100, ge=1, le=MOST_ROWS, title="Most", json_schema_extra=ui("number"))
    item_label: Text | None = Value(
        default=None, title='What one row is called: "Child"', json_schema_extra=ui("text")
    )


class RowsType(NestedType):
    """Any number of rows of the same questions."""

    options: RowsOptions
    errors: ClassVar[Mapping[str, Text]] = {
        "required": ADD,
        "too_few": Text({
            "en": "Add at least {min} to {phrase}",
            "fr": "Ajoutez au moins {min} éléments à {phrase}",
            "ar": "أضف {min} على الأقل إلى {phrase}",
        }),
        "too_many": Text({
            "en": "Give no more than {max} for {phrase}",
            "fr": "Indiquez au plus {max} éléments pour {phrase}",
            "ar": "لا تضف أكثر من {max} إلى {phrase}",
        }),
    }  # fmt: skip

    @property
    def kind(self) -> Kind:
        """Rows, for rules that count and add up."""
        return Rows({part.field.key: part.kind for part in self.asked})

    @abstractmethod
    def children(self) -> tuple[Field, ...]:
        """The questions of one row."""

    @property
    def one_line(self) -> bool:
        """Whether a row is drawn as one line of a table."""
        return False

    def row_label(self, number: int, language: str) -> str:
        """What a row is called: "Child 2"."""
        label = self.options.item_label.in_(language) if self.options.item_label else ""
        return f"{label or word('item', language)} {number}"

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """What was typed, row by row."""
        rows = in_rows(data, self.field.key)
        return as_raw(
            [{part.field.key: part.gather(rows[number]) for part in self.asked} for number in numbers(rows)]
        )

    def parse(self, raw: Raw, reading: Reading) -> list[dict[str, Any]] | None:
        """The rows; all that is wrong with them at once."""
        rows = raw if isinstance(raw, list) else []
        refused: list[Complaint] = []
        if len(rows) > self.options.max:
            raise refuse("too_many", max=self.options.max)
        found = [self.parse_group(row, reading, f"{number}-", refused) for number, row in enumerate(rows)]
        if refused:
            raise AnswerRefused(*refused)
        if found and len(found) < self.options.min:
            raise refuse("too_few", min=self.options.min)
        return found or None

    def typed(self, answer: Any, language: str) -> Raw:
        """The rows as a person would type them."""
        return as_raw([self.typed_group(row, language) for row in answer or [] if isinstance(answer, list)])

    def lines(self, answer: Any, language: str, depth: int, hidden: Hidden) -> Iterator[Line]:
        """Each row with its name, and its answers below."""
        for number, row in enumerate(answer or [], 1):
            yield Line(depth, self.row_label(number, language))
            yield from self.answers_in(row, language, depth + 1, hidden)

    def search_text(self, answer: Any, language: str) -> str:
        """What may be found of each row."""
        found = [self.search_in(row, language) for row in answer or []]
        return "\n".join(filter(None, found))

    def export(self, answer: Any) -> dict[str, Any]:
        """How many rows there are, and for each question the answers of all rows."""
        return self.columns(answer, lambda part: False)

    def columns(self, answer: Any, hidden: Hidden) -> dict[str, Any]:
        """The same with what is hidden masked."""
        columns: dict[str, Any] = {self.field.key: len(answer) if answer else None}
        rows = [self.columns_in(row, hidden) for row in answer or []]
        for name in self.columns_in({}, hidden):
            texts = ["" if row[name] is None else str(row[name]) for row in rows]
            columns[f"{self.field.key}_{name}"] = "; ".join(texts) if any(texts) else None
        return columns

    def documents(self, answer: Any) -> tuple[str, ...]:
        """The documents of all rows."""
        return tuple(found for row in answer or [] for found in self.documents_in(row))

    def json_schema(self) -> dict[str, Any]:
        """A list of objects."""
        return {"type": "array", "items": self.object_schema(), "maxItems": self.options.max}

    def example(self, random: Random) -> Raw:
        """A few rows."""
        least = max(self.options.min, 1)
        count = random.randint(least, min(least + 2, self.options.max))
        return as_raw([self.example_group(random) for _ in range(count)])

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Too many rows, and one wrong answer in a row."""
        row = self.example_group(Random(0))  # noqa: S311  an example, no secret
        refused: list[tuple[Raw, str]] = []
        if self.options.max <= 20:
            refused.append((as_raw([row] * (self.options.max + 1)), "too_many"))
        many = max(self.options.min, 1)
        for part, typed, code in self.wrong_inside():
            rows = [{**row, part.field.key: typed}, *[row] * (many - 1)]
            refused.append((as_raw(rows), code))
        return tuple(refused)


def is_rows(question: FieldType) -> bool:
    """Whether a question is answered by rows."""
    return isinstance(question, RowsType)
