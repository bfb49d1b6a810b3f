"""A warning between questions."""

from typing import ClassVar

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import field_types
from forms_library.layout_type import LayoutType
from forms_library.markup import escape
from forms_library.words import word


@field_types.register
class Warning(LayoutType):  # noqa: A001  the word of the pattern
    """What has consequences when it is overlooked; its label is the text."""

    key: ClassVar[str] = "warning"
    label: ClassVar[Text] = Text({"en": "Warning", "fr": "Avertissement", "ar": "تحذير"})
    icon: ClassVar[str] = "triangle-alert"

    def markup(self, face: Face) -> str:
        """The sign and the text; the sign is spoken as a word."""
        said = f'<span class="govuk-visually-hidden">{escape(word("warning", face.language))}</span>'
        return (
            f'<div class="govuk-warning-text" id="{face.key}">'
            '<span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
            f'<strong class="govuk-warning-text__text">{said} {escape(face.label)}</strong></div>'
        )
