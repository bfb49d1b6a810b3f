"""Help that opens when it is wanted."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.layout_type import LayoutType
from forms_library.markdown import html_of
from forms_library.markup import escape


class DetailsOptions(FieldOptions):
    """What stands inside."""

    text: Text = Value(
        default=Text(""), title="Words", description="In Markdown.", json_schema_extra=ui("markdown")
    )


@field_types.register
class Details(LayoutType):
    """A line that opens to more text; its label is the line. It works without a script."""

    key: ClassVar[str] = "details"
    label: ClassVar[Text] = Text({"en": "Details", "fr": "Détails", "ar": "تفاصيل"})
    icon: ClassVar[str] = "chevron-right"
    Options = DetailsOptions
    options: DetailsOptions

    def markup(self, face: Face) -> str:
        """The line and what it opens."""
        line = f'<span class="govuk-details__summary-text">{escape(face.label)}</span>'
        text = html_of(self.options.text.in_(face.language))
        return (
            f'<details class="govuk-details" id="{face.key}"><summary class="govuk-details__summary">{line}'
            f'</summary><div class="govuk-details__text">{text}</div></details>'
        )
