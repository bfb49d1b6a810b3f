"""Text with headings, lists and links between questions."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.layout_type import LayoutType
from forms_library.markdown import html_of


class ContentOptions(FieldOptions):
    """The text."""

    text: Text = Value(
        default=Text(""),
        title="Words",
        description="In Markdown: paragraphs, lists, links, bold, headings.",
        json_schema_extra=ui("markdown"),
    )


@field_types.register
class Content(LayoutType):
    """A longer text in Markdown; where it has none of its own, its label is the text."""

    key: ClassVar[str] = "content"
    label: ClassVar[Text] = Text({"en": "Text with headings", "fr": "Texte mis en forme", "ar": "نص منسق"})
    icon: ClassVar[str] = "text"
    Options = ContentOptions
    options: ContentOptions

    @property
    def needs_label(self) -> bool:
        """The label stands for a missing text."""
        return not self.options.text

    def markup(self, face: Face) -> str:
        """The text as HTML."""
        text = self.options.text.in_(face.language) or face.label
        return f'<div id="{face.key}" class="cw-content">{html_of(text)}</div>'
