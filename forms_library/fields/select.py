"""One of many answers, out of a list that opens."""

from typing import Any, ClassVar

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import drop_down
from forms_library.choices import Choices, keys_of, label_of
from forms_library.complaints import refuse
from forms_library.controls import Face, labelled
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types
from forms_library.markup import Raw
from forms_library.sentences import SELECT

TOWNS = {"choices": [{"key": "harbour", "label": "Old Harbour"}, {"key": "hill", "label": "Green Hill"}]}


class SelectOptions(FieldOptions):
    """The answers that can be chosen."""

    choices: Choices


@field_types.register
class Select(FieldType):
    """One answer out of a long list; for a short one, radio buttons are easier."""

    key: ClassVar[str] = "select"
    label: ClassVar[Text] = Text(
        {"en": "One of a list", "fr": "Un choix dans une liste", "ar": "اختيار من قائمة"}
    )
    icon: ClassVar[str] = "chevrons-up-down"
    Options = SelectOptions
    options: SelectOptions
    errors = {"required": SELECT, "not_a_choice": SELECT}
    accepts = ((TOWNS, "hill", "hill"), (TOWNS, "", None))
    rejects = ((TOWNS, "valley", "not_a_choice"),)

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
        """A list that opens; its first line asks to choose."""
        return labelled(
            face, drop_down(face, [choice.shown(face.language) for choice in self.options.choices])
        )

    def text(self, answer: Any, language: str) -> str:
        """The label of the choice."""
        return label_of(self.options.choices, answer, language)

    def json_schema(self) -> dict[str, Any]:
        """One of the keys."""
        return {"type": "string", "enum": keys_of(self.options.choices)}
