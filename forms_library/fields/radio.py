"""One of a few answers, all of them seen."""

from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import ticks
from forms_library.choices import Choices, keys_of, label_of
from forms_library.complaints import refuse
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw
from forms_library.sentences import SELECT

COLOURS = {"choices": [{"key": "red", "label": "Red"}, {"key": "blue", "label": "Blue"}]}


class RadioOptions(FieldOptions):
    """The answers that can be chosen."""

    choices: Choices
    divider_before: str = Value(
        default="", title='The choice that "or" stands before', json_schema_extra=ui("choice"), max_length=60
    )
    inline: bool = Value(default=False, title="Side by side", json_schema_extra=ui("toggle"))


@field_types.register
class Radio(FieldType):
    """One answer out of a few."""

    key: ClassVar[str] = "radio"
    label: ClassVar[Text] = Text(
        {"en": "One of a few", "fr": "Un choix parmi quelques-uns", "ar": "اختيار واحد"}
    )
    icon: ClassVar[str] = "circle-dot"
    Options = RadioOptions
    options: RadioOptions
    errors = {"required": SELECT, "not_a_choice": SELECT}
    accepts = ((COLOURS, "red", "red"), (COLOURS, "", None))
    rejects = ((COLOURS, "green", "not_a_choice"), (COLOURS, "Red", "not_a_choice"))

    @property
    def kind(self) -> Kind:
        """Text: the key of the choice."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The key of the choice."""
        choice = as_line(raw)
        if choice and choice not in keys_of(self.options.choices):
            raise refuse("not_a_choice")
        return choice or None

    def markup(self, face: Face) -> str:
        """A radio button for each answer."""
        choices = [choice.shown(face.language) for choice in self.options.choices]
        inline = " govuk-radios--inline" if self.options.inline else ""
        buttons = ticks(face, "radio", choices, self.options.divider_before)
        return fieldset(face, f'<div class="govuk-radios{inline}">{buttons}</div>')

    def text(self, answer: Any, language: str) -> str:
        """The label of the choice."""
        return label_of(self.options.choices, answer, language)

    def json_schema(self) -> dict[str, Any]:
        """One of the keys."""
        return {"type": "string", "enum": keys_of(self.options.choices)}
