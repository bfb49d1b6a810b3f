"""What was answered so far, in the middle of a form."""

from typing import ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.definition import Key
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.layout_type import LayoutType
from forms_library.markup import element, escape, lines_slot


class SummaryOfAnswersOptions(FieldOptions):
    """Which answers are shown; with none named, all of the pages before."""

    fields: list[Key] = Value(
        default_factory=list, max_length=50, title="Questions", json_schema_extra=ui("fields")
    )


@field_types.register
class SummaryOfAnswers(LayoutType):
    """A list of earlier questions with their answers, masked where they are masked elsewhere."""

    key: ClassVar[str] = "summary_of_answers"
    label: ClassVar[Text] = Text(
        {"en": "Summary of answers", "fr": "Récapitulatif des réponses", "ar": "ملخص الإجابات"}
    )
    icon: ClassVar[str] = "clipboard-list"
    repeats_answers: ClassVar[bool] = True
    Options = SummaryOfAnswersOptions
    options: SummaryOfAnswersOptions

    def repeated_keys(self) -> tuple[str, ...]:
        """The fields that the options name."""
        return tuple(self.options.fields)

    @property
    def needs_label(self) -> bool:
        """The list may have a heading."""
        return False

    def markup(self, face: Face) -> str:
        """The heading, and a place for the answers."""
        heading = f'<h2 class="govuk-heading-m">{escape(face.label)}</h2>' if face.label else ""
        list_of_answers = element("dl", {"class": "govuk-summary-list"}, lines_slot())
        return element("div", {"id": face.key, "class": "cw-summary"}, heading + list_of_answers)
