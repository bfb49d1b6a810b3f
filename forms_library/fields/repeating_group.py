"""The same questions any number of times."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.definition import Check, Field
from forms_library.field_type import field_types, ui
from forms_library.nested_type import as_raw, button
from forms_library.row_names import ADD
from forms_library.rows_type import RowsOptions, RowsType
from forms_library.words import word

NAMED = {"fields": [{"key": "first", "type": "short_text", "label": "First name"}], "max": 2}


class RepeatingGroupOptions(RowsOptions):
    """The questions of each row, and rules across them."""

    fields: list[Field] = Value(
        min_length=1, max_length=50, title="Questions of each", json_schema_extra=ui("fields")
    )
    checks: list[Check] = Value(
        default_factory=list, max_length=50, title="Rules for each", json_schema_extra=ui("checks")
    )


@field_types.register
class RepeatingGroup(RowsType):
    """Children, premises, journeys: a block of questions for each."""

    key: ClassVar[str] = "repeating_group"
    label: ClassVar[Text] = Text({"en": "Repeating group", "fr": "Groupe répétable", "ar": "مجموعة متكررة"})
    icon: ClassVar[str] = "list-plus"
    common = 12
    Options = RepeatingGroupOptions
    options: RepeatingGroupOptions
    accepts = (
        (NAMED, as_raw([{"first": " Leila "}, {"first": "Sami"}]), [{"first": "Leila"}, {"first": "Sami"}]),
        (NAMED, as_raw([]), None),
    )
    rejects = (
        (NAMED, as_raw([{"first": "a"}, {"first": "b"}, {"first": "c"}]), "too_many"),
        ({**NAMED, "min": 2}, as_raw([{"first": "a"}]), "too_few"),
        (NAMED, as_raw([{"first": "x" * 100_000}]), "too_long"),
    )

    def children(self) -> tuple[Field, ...]:
        """The questions of each row."""
        return tuple(self.options.fields)

    def markup(self, face: Face) -> str:
        """The frame with the button for another; the rows are drawn into it where the page is drawn."""
        text = word("add_item", face.language)
        return self.frame(face, button(f"{face.key}-{ADD}", text, face.label, face.key))
