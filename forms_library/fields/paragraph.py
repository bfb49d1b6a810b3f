"""A text between questions."""

from typing import ClassVar

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import field_types
from forms_library.layout_type import LayoutType
from forms_library.prose import paragraphs


@field_types.register
class Paragraph(LayoutType):
    """One or more paragraphs; its label is the text, an empty line starts a new one."""

    key: ClassVar[str] = "paragraph"
    label: ClassVar[Text] = Text({"en": "Paragraph", "fr": "Paragraphe", "ar": "فقرة"})
    icon: ClassVar[str] = "pilcrow"

    def markup(self, face: Face) -> str:
        """The paragraphs."""
        return f'<div id="{face.key}">{paragraphs(face.label)}</div>'
