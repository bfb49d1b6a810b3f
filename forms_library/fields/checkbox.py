"""One box to tick."""

from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import Choice, tick
from forms_library.complaints import refuse
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw
from forms_library.words import word

MEANING = {"yes": True, "": False}


class CheckboxOptions(FieldOptions):
    """The words beside the box."""

    words: Text | None = Value(default=None, title="Words beside the box", json_schema_extra=ui("text"))


@field_types.register
class Checkbox(FieldType):
    """A yes that is ticked, and a no that is left; where an answer is required, the box must be ticked."""

    key: ClassVar[str] = "checkbox"
    label: ClassVar[Text] = Text({"en": "Checkbox", "fr": "Case à cocher", "ar": "خانة اختيار"})
    icon: ClassVar[str] = "square-check"
    Options = CheckboxOptions
    options: CheckboxOptions
    errors = {
        "required": Text({
            "en": "Tick the box to continue: {phrase}",
            "fr": "Cochez la case pour continuer : {phrase}",
            "ar": "ضع علامة في الخانة للمتابعة: {phrase}",
        }),
        "not_a_choice": Text({
            "en": "Tick the box, or leave it: {phrase}",
            "fr": "Cochez la case ou laissez-la vide : {phrase}",
            "ar": "ضع علامة في الخانة أو اتركها: {phrase}",
        }),
    }  # fmt: skip
    accepts = (({}, "yes", True), ({}, "", False))
    rejects = (({}, "no", "not_a_choice"), ({}, "", "required"))

    @property
    def kind(self) -> Kind:
        """Yes or no."""
        return "yes_no"

    def parse(self, raw: Raw, reading: Reading) -> bool:
        """Whether the box was ticked."""
        ticked = as_line(raw)
        if ticked not in MEANING:
            raise refuse("not_a_choice")
        return MEANING[ticked]

    def typed(self, answer: Any, language: str) -> Raw:
        """The box, if it was ticked."""
        return "yes" if answer is True else ""

    def is_empty(self, answer: Any) -> bool:
        """A box that is left is not enough where it must be ticked."""
        return not answer

    def example(self, random: Random) -> Raw:
        """Ticked; it may have to be."""
        return "yes"

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What no box sends."""
        return (("no", "not_a_choice"), ("<b>", "not_a_choice"))

    def markup(self, face: Face) -> str:
        """The box below its question, with words of its own or with yes."""
        words = self.options.words.in_(face.language) if self.options.words else word("yes", face.language)
        box = tick(face, "checkbox", Choice("yes", words), face.key)
        return fieldset(face, f'<div class="govuk-checkboxes">{box}</div>')

    def text(self, answer: Any, language: str) -> str:
        """Yes or no."""
        return word("yes" if answer else "no", language)

    def json_schema(self) -> dict[str, Any]:
        """True or false."""
        return {"type": "boolean"}
