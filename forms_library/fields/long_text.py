"""Several lines of text."""

from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import LONGEST_ANSWER, several_lines
from forms_library.complaints import refuse
from forms_library.controls import Face, described_by, labelled
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Attributes, Raw, attributes, typed_slot


class LongTextOptions(FieldOptions):
    """How long the text may be, and how many lines are seen at once."""

    max_length: int = Value(
        default=2_000, ge=1, le=LONGEST_ANSWER, title="Most characters", json_schema_extra=ui("number")
    )
    rows: int = Value(default=5, ge=2, le=30, title="Lines seen at once", json_schema_extra=ui("number"))


@field_types.register
class LongText(FieldType):
    """A description or a reason, in the applicant's own words."""

    key: ClassVar[str] = "long_text"
    label: ClassVar[Text] = Text({"en": "Long text", "fr": "Texte long", "ar": "نص طويل"})
    icon: ClassVar[str] = "align-left"
    Options = LongTextOptions
    options: LongTextOptions
    accepts = (({}, "One\r\nTwo \r\n", "One\nTwo"), ({}, "\n \n", None))
    rejects = (({"max_length": 3}, "abcd", "too_long"), ({}, "a\x1bb", "characters"))

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The text with its line breaks."""
        text = several_lines(as_line(raw))
        if len(text) > self.options.max_length:
            raise refuse("too_long", max=self.options.max_length)
        return text or None

    def markup(self, face: Face) -> str:
        """A text area; a line break after its start tag would be swallowed, so one is given."""
        values: Attributes = {
            "class": "govuk-textarea" + (" govuk-textarea--error" if face.errors else ""),
            "id": face.key,
            "name": face.key,
            "rows": self.options.rows,
            "dir": "auto" if face.right_to_left else None,
            "aria-describedby": described_by(face),
            "aria-invalid": "true" if face.errors else None,
        }
        return labelled(face, f"<textarea{attributes(values)}>\n{typed_slot()}</textarea>")

    def text(self, answer: Any, language: str) -> str:
        """The text as it was given."""
        return str(answer)

    def json_schema(self) -> dict[str, Any]:
        """A string within the limit."""
        return {"type": "string", "minLength": 1, "maxLength": self.options.max_length}
