"""Questions that belong together."""

from collections.abc import Iterator
from random import Random
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Group as Answers
from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face
from forms_library.definition import Field
from forms_library.field_type import FieldOptions, Reading, field_types, ui
from forms_library.markup import Raw
from forms_library.nested_type import Hidden, Line, NestedType, as_raw
from forms_library.row_names import in_group

NAMED = {"fields": [{"key": "first", "type": "short_text", "label": "First name"}]}


class GroupOptions(FieldOptions):
    """The questions of the group."""

    fields: list[Field] = Value(
        min_length=1, max_length=50, title="Questions", json_schema_extra=ui("fields")
    )


@field_types.register
class Group(NestedType):
    """A few questions under one heading, whose answers are kept together."""

    key: ClassVar[str] = "group"
    label: ClassVar[Text] = Text(
        {"en": "Group of questions", "fr": "Groupe de questions", "ar": "مجموعة أسئلة"}
    )
    icon: ClassVar[str] = "square-stack"
    Options = GroupOptions
    options: GroupOptions
    accepts = (
        (NAMED, as_raw({"first": " Leila "}), {"first": "Leila"}),
        (NAMED, as_raw({"first": ""}), None),
    )
    rejects = ((NAMED, as_raw({"first": "x" * 100_000}), "too_long"),)

    @property
    def kind(self) -> Kind:
        """A group of answers."""
        return Answers({part.field.key: part.kind for part in self.asked})

    def children(self) -> tuple[Field, ...]:
        """The questions of the group."""
        return tuple(self.options.fields)

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """What was typed in each question."""
        own = in_group(data, self.field.key)
        return as_raw({part.field.key: part.gather(own) for part in self.asked})

    def parse(self, raw: Raw, reading: Reading) -> dict[str, Any] | None:
        """The answers; all that is wrong with them at once."""
        refused: list[Complaint] = []
        record = self.parse_group(raw, reading, "", refused)
        if refused:
            raise AnswerRefused(*refused)
        return record or None

    def typed(self, answer: Any, language: str) -> Raw:
        """The answers as a person would type them."""
        return as_raw(self.typed_group(answer, language))

    def markup(self, face: Face) -> str:
        """The frame; the questions are drawn into it where the page is drawn."""
        return self.frame(face, "")

    def lines(self, answer: Any, language: str, depth: int, hidden: Hidden) -> Iterator[Line]:
        """Each question with its answer."""
        yield from self.answers_in(answer or {}, language, depth, hidden)

    def search_text(self, answer: Any, language: str) -> str:
        """What may be found of each answer."""
        return self.search_in(answer or {}, language)

    def export(self, answer: Any) -> dict[str, Any]:
        """The columns of the questions, behind the name of the group."""
        return self.columns(answer, lambda part: False)

    def columns(self, answer: Any, hidden: Hidden) -> dict[str, Any]:
        """The same with what is hidden masked."""
        return {
            f"{self.field.key}_{name}": value for name, value in self.columns_in(answer or {}, hidden).items()
        }

    def documents(self, answer: Any) -> tuple[str, ...]:
        """The documents of all answers."""
        return tuple(self.documents_in(answer or {}))

    def json_schema(self) -> dict[str, Any]:
        """An object."""
        return self.object_schema()

    def example(self, random: Random) -> Raw:
        """An answer to each question."""
        return as_raw(self.example_group(random))

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """One wrong answer for each question that refuses any."""
        given = self.example_group(Random(0))  # noqa: S311  an example, no secret
        return tuple(
            (as_raw({**given, part.field.key: typed}), code) for part, typed, code in self.wrong_inside()
        )
