"""One of many answers, out of a list that opens."""

from typing import ClassVar

from engine.core.text import Text
from forms_library.choice_controls import drop_down
from forms_library.controls import Face, labelled
from forms_library.field_type import field_types
from forms_library.one_choice import OneChoice, OneChoiceOptions

TOWNS = {"choices": [{"key": "harbour", "label": "Old Harbour"}, {"key": "hill", "label": "Green Hill"}]}


@field_types.register
class Select(OneChoice):
    """One answer out of a long list; for a short one, radio buttons are easier."""

    key: ClassVar[str] = "select"
    label: ClassVar[Text] = Text(
        {"en": "One of a list", "fr": "Un choix dans une liste", "ar": "اختيار من قائمة"}
    )
    icon: ClassVar[str] = "chevrons-up-down"
    Options = OneChoiceOptions
    options: OneChoiceOptions
    accepts = ((TOWNS, "hill", "hill"), (TOWNS, "", None))
    rejects = ((TOWNS, "valley", "not_a_choice"),)

    def markup(self, face: Face) -> str:
        """A list that opens; its first line asks to choose."""
        choices = [choice.shown(face.language) for choice in self.options.choices]
        return labelled(face, drop_down(face, choices))
