"""One of a few answers, all of them seen."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.choice_controls import ticks
from forms_library.controls import Face, fieldset
from forms_library.field_type import field_types, ui
from forms_library.one_choice import OneChoice, OneChoiceOptions

COLOURS = {"choices": [{"key": "red", "label": "Red"}, {"key": "blue", "label": "Blue"}]}


class RadioOptions(OneChoiceOptions):
    """The answers that can be chosen."""

    divider_before: str = Value(
        default="", title='The choice that "or" stands before', json_schema_extra=ui("choice"), max_length=60
    )
    inline: bool = Value(default=False, title="Side by side", json_schema_extra=ui("toggle"))


@field_types.register
class Radio(OneChoice):
    """One answer out of a few."""

    key: ClassVar[str] = "radio"
    label: ClassVar[Text] = Text(
        {"en": "One of a few", "fr": "Un choix parmi quelques-uns", "ar": "اختيار واحد"}
    )
    icon: ClassVar[str] = "circle-dot"
    common = 3
    Options = RadioOptions
    options: RadioOptions
    accepts = ((COLOURS, "red", "red"), (COLOURS, "", None))
    rejects = ((COLOURS, "green", "not_a_choice"), (COLOURS, "Red", "not_a_choice"))

    def markup(self, face: Face) -> str:
        """A radio button for each answer."""
        choices = [choice.shown(face.language) for choice in self.options.choices]
        inline = " govuk-radios--inline" if self.options.inline else ""
        buttons = ticks(face, "radio", choices, self.options.divider_before)
        return fieldset(face, f'<div class="govuk-radios{inline}">{buttons}</div>')
