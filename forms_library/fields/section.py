"""The beginning of a part of a page."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.layout_type import LayoutType
from forms_library.markdown import html_of
from forms_library.markup import escape


class SectionOptions(FieldOptions):
    """What stands below the heading."""

    text: Text = Value(
        default=Text(""), title="Words", description="In Markdown.", json_schema_extra=ui("markdown")
    )


@field_types.register
class Section(LayoutType):
    """A large heading with a line above it, and a text; the questions after it belong to it."""

    key: ClassVar[str] = "section"
    label: ClassVar[Text] = Text({"en": "Section", "fr": "Section", "ar": "قسم"})
    icon: ClassVar[str] = "layout-list"
    Options = SectionOptions
    options: SectionOptions

    def markup(self, face: Face) -> str:
        """The heading and the text."""
        text = html_of(self.options.text.in_(face.language))
        heading = f'<h2 class="govuk-heading-l" id="{face.key}">{escape(face.label)}</h2>'
        return f'<div class="cw-section">{heading}{text}</div>'
