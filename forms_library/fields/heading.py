"""A heading between questions."""

from typing import ClassVar

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import field_types
from forms_library.layout_type import LayoutType
from forms_library.markup import escape


@field_types.register
class Heading(LayoutType):
    """A second-level heading that parts a page into sections; its label is the text."""

    key: ClassVar[str] = "heading"
    label: ClassVar[Text] = Text({"en": "Heading", "fr": "Titre", "ar": "عنوان"})
    icon: ClassVar[str] = "heading"
    only_parts: ClassVar[bool] = True

    def markup(self, face: Face) -> str:
        """The heading."""
        return f'<h2 class="govuk-heading-m" id="{face.key}">{escape(face.label)}</h2>'
