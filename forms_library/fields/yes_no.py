"""Yes or no."""

from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import Choice, ticks
from forms_library.complaints import refuse
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw
from forms_library.sentences import SELECT
from forms_library.words import word

MEANING = {"yes": True, "no": False, "": None}


class YesNoOptions(FieldOptions):
    """Other words for yes and no."""

    yes: Text | None = Value(default=None, title="Word for yes", json_schema_extra=ui("text"))
    no: Text | None = Value(default=None, title="Word for no", json_schema_extra=ui("text"))


@field_types.register
class YesNo(FieldType):
    """A question with two answers; nothing is chosen beforehand."""

    key: ClassVar[str] = "yes_no"
    label: ClassVar[Text] = Text({"en": "Yes or no", "fr": "Oui ou non", "ar": "نعم أو لا"})
    icon: ClassVar[str] = "toggle-left"
    common = 5
    Options = YesNoOptions
    options: YesNoOptions
    errors = {"required": SELECT, "not_a_choice": SELECT}
    accepts = (({}, "yes", True), ({}, "no", False), ({}, "", None))
    rejects = (({}, "maybe", "not_a_choice"), ({}, "<b>", "not_a_choice"))

    @property
    def kind(self) -> Kind:
        """Yes or no."""
        return "yes_no"

    def parse(self, raw: Raw, reading: Reading) -> bool | None:
        """True or False."""
        choice = as_line(raw)
        if choice not in MEANING:
            raise refuse("not_a_choice")
        return MEANING[choice]

    def typed(self, answer: Any, language: str) -> Raw:
        """The choice that was made."""
        return {True: "yes", False: "no"}.get(answer, "")

    def example(self, random: Random) -> Raw:
        """Yes or no."""
        return random.choice(("yes", "no"))

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Neither of them."""
        return (("maybe", "not_a_choice"), ("<b>", "not_a_choice"))

    def markup(self, face: Face) -> str:
        """Two radio buttons side by side."""
        choices = [
            Choice("yes", self._word("yes", face.language)),
            Choice("no", self._word("no", face.language)),
        ]
        buttons = ticks(face, "radio", choices)
        return fieldset(face, f'<div class="govuk-radios govuk-radios--inline">{buttons}</div>')

    def _word(self, choice: str, language: str) -> str:
        own = self.options.yes if choice == "yes" else self.options.no
        return own.in_(language) if own else word(choice, language)

    def text(self, answer: Any, language: str) -> str:
        """The word that was chosen."""
        return self._word("yes" if answer else "no", language)

    def json_schema(self) -> dict[str, Any]:
        """True or false."""
        return {"type": "boolean"}
