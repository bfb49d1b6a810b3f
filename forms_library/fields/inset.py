"""A text that must not be missed."""

from typing import ClassVar

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import field_types
from forms_library.layout_type import LayoutType
from forms_library.prose import paragraphs


@field_types.register
class Inset(LayoutType):
    """Paragraphs set apart by a line at their side; its label is the text."""

    key: ClassVar[str] = "inset"
    label: ClassVar[Text] = Text({"en": "Inset text", "fr": "Texte en retrait", "ar": "نص بارز"})
    icon: ClassVar[str] = "text-quote"

    def markup(self, face: Face) -> str:
        """The paragraphs beside their line."""
        return f'<div class="govuk-inset-text" id="{face.key}">{paragraphs(face.label)}</div>'
