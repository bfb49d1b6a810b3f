"""Questions side by side."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.layout_type import LayoutType
from forms_library.markup import escape


class ColumnsOptions(FieldOptions):
    """How many of the questions that follow stand in one row."""

    next: int = Value(default=2, ge=2, le=4, title="Questions in the row", json_schema_extra=ui("number"))


@field_types.register
class Columns(LayoutType):
    """Puts the next two to four questions in one row where there is room; the order stays what it is."""

    key: ClassVar[str] = "columns"
    label: ClassVar[Text] = Text({"en": "Columns", "fr": "Colonnes", "ar": "أعمدة"})
    icon: ClassVar[str] = "columns-3"
    only_parts: ClassVar[bool] = True
    Options = ColumnsOptions
    options: ColumnsOptions

    @property
    def needs_label(self) -> bool:
        """Columns may have a heading."""
        return False

    def markup(self, face: Face) -> str:
        """A mark before the row, which the style sheet reads; a label is its heading."""
        heading = f'<h2 class="govuk-heading-s">{escape(face.label)}</h2>' if face.label else ""
        return f'<div class="cw-columns cw-columns--{self.options.next}" id="{face.key}">{heading}</div>'
