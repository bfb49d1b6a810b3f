"""A line between questions."""

from typing import ClassVar

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import field_types
from forms_library.layout_type import LayoutType
from forms_library.markup import escape


@field_types.register
class Divider(LayoutType):
    """A line that parts what stands above from what stands below; a label stands on it as a word."""

    key: ClassVar[str] = "divider"
    label: ClassVar[Text] = Text({"en": "Divider", "fr": "Séparateur", "ar": "فاصل"})
    icon: ClassVar[str] = "minus"
    only_parts: ClassVar[bool] = True

    @property
    def needs_label(self) -> bool:
        """A line says enough."""
        return False

    def markup(self, face: Face) -> str:
        """The line, and the word if there is one."""
        css = "govuk-section-break govuk-section-break--visible govuk-section-break--l"
        line = f'<hr class="{css}" id="{face.key}">'
        return line + (f'<p class="govuk-hint cw-divider">{escape(face.label)}</p>' if face.label else "")
