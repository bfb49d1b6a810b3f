"""A statement that must be agreed to."""

from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import Choice, tick
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw
from forms_library.prose import paragraphs

AGREE = Text({"en": "I agree", "fr": "J’accepte", "ar": "أوافق"})


class DeclarationOptions(FieldOptions):
    """What is declared, and the words beside the box."""

    statement: Text = Value(default=Text(""), title="Statement", json_schema_extra=ui("long_text"))
    agree: Text = Value(default=AGREE, title="Words beside the box", json_schema_extra=ui("text"))


@field_types.register
class Declaration(FieldType):
    """A box that a person ticks to confirm; never ticked beforehand."""

    key: ClassVar[str] = "declaration"
    label: ClassVar[Text] = Text({"en": "Declaration", "fr": "Déclaration", "ar": "إقرار"})
    icon: ClassVar[str] = "square-check-big"
    Options = DeclarationOptions
    options: DeclarationOptions
    errors = {
        "required": Text({
            "en": "Confirm that you agree before you continue",
            "fr": "Confirmez votre accord avant de continuer",
            "ar": "أكّد موافقتك قبل المتابعة",
        }),
    }  # fmt: skip
    accepts = (({}, "yes", True), ({}, "", None))
    rejects = (({"statement": "True"}, "", "required"),)

    @property
    def kind(self) -> Kind:
        """Yes, or not answered."""
        return "yes_no"

    def parse(self, raw: Raw, reading: Reading) -> bool | None:
        """True when the box was ticked."""
        return True if as_line(raw) == "yes" else None

    def typed(self, answer: Any, language: str) -> Raw:
        """The box, if it was ticked."""
        return "yes" if answer is True else ""

    def example(self, random: Random) -> Raw:
        """Agreed."""
        return "yes"

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Not agreed."""
        return (("", "required"),)

    def markup(self, face: Face) -> str:
        """The statement, then the box."""
        box = tick(face, "checkbox", Choice("yes", self.options.agree.in_(face.language)), face.key)
        statement = paragraphs(self.options.statement.in_(face.language))
        return fieldset(face, f'{statement}<div class="govuk-checkboxes">{box}</div>')

    def text(self, answer: Any, language: str) -> str:
        """The words that were agreed to."""
        return self.options.agree.in_(language)

    def json_schema(self) -> dict[str, Any]:
        """True: what is not agreed to is not stored."""
        return {"const": True}
