"""Several lines of text."""

from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library import samples
from forms_library.cleaning import LONGEST_ANSWER, several_lines
from forms_library.complaints import refuse
from forms_library.controls import Face, described_by, labelled
from forms_library.counting import CountUnit, counter
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Attributes, Raw, attributes, typed_slot


class LongTextOptions(FieldOptions):
    """How long the text may be, and how many lines are seen at once."""

    limits: ClassVar[tuple[str, str]] = ("min_length", "max_length")
    max_length: int = Value(
        default=2_000, ge=1, le=LONGEST_ANSWER, title="Most characters", json_schema_extra=ui("number")
    )
    min_length: int = Value(
        default=0, ge=0, le=LONGEST_ANSWER, title="Fewest characters", json_schema_extra=ui("number")
    )
    max_words: int | None = Value(
        default=None, ge=1, le=5_000, title="Most words", json_schema_extra=ui("number")
    )
    rows: int = Value(default=5, ge=2, le=30, title="Lines seen at once", json_schema_extra=ui("number"))


@field_types.register
class LongText(FieldType):
    """A description or a reason, in the applicant's own words."""

    key: ClassVar[str] = "long_text"
    label: ClassVar[Text] = Text({"en": "Long text", "fr": "Texte long", "ar": "نص طويل"})
    icon: ClassVar[str] = "align-left"
    common = 2
    Options = LongTextOptions
    options: LongTextOptions
    errors = {
        "too_many_words": Text({
            "en": "{subject} must be {max} words or fewer",
            "fr": "{subject} doit comporter {max} mots au plus",
            "ar": "يجب ألا يزيد {subject} عن {max} كلمة",
        }),
    }  # fmt: skip
    accepts = (
        ({"max_words": 2}, "one  two ", "one  two"),
        ({}, "One\r\nTwo \r\n", "One\nTwo"),
        ({}, "\n \n", None),
    )
    rejects = (
        ({"max_words": 2}, "one two\nthree", "too_many_words"),
        ({"min_length": 3}, "ab", "too_short"),
        ({"max_length": 3}, "abcd", "too_long"),
        ({}, "a\x1bb", "characters"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The text with its line breaks."""
        text, limits = several_lines(as_line(raw)), self.options
        if len(text) > limits.max_length:
            raise refuse("too_long", max=limits.max_length)
        if limits.max_words and len(text.split()) > limits.max_words:
            raise refuse("too_many_words", max=limits.max_words)
        if text and len(text) < limits.min_length:
            raise refuse("too_short", min=limits.min_length)
        return text or None

    def example(self, random: Random) -> Raw:
        """A few lines within the limits."""
        limits = self.options
        if limits.min_length > 1:
            return samples.line(random, limits.min_length, limits.max_length)
        lines = samples.words(random, min(limits.max_words or 12, 12)).replace(" ", "\n", 1)
        return lines[: limits.max_length].strip() or "x"

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Too many characters or words, too few characters, and one that shows nothing."""
        limits = self.options
        refused: list[tuple[Raw, str]] = [
            ("x" * (limits.max_length + 1), "too_long"),
            ("a\x1bb", "characters"),
        ]
        if limits.max_words and limits.max_words * 2 < limits.max_length:
            refused.append(("x " * limits.max_words + "x", "too_many_words"))
        if limits.min_length > 1:
            refused.append(("x" * (limits.min_length - 1), "too_short"))
        return tuple(refused)

    def markup(self, face: Face) -> str:
        """A text area; a line break after its start tag would be swallowed, so one is given."""
        limit, unit = self._counted()
        described = described_by(face)
        values: Attributes = {
            "class": "govuk-textarea" + (" govuk-textarea--error" if face.errors else ""),
            "id": face.key,
            "name": face.key,
            "rows": self.options.rows,
            "dir": "auto" if face.right_to_left else None,
            "aria-describedby": " ".join([described or "", f"{face.key}-count"]).strip()
            if limit
            else described,
            "aria-invalid": "true" if face.errors else None,
        }
        area = f"<textarea{attributes(values)}>\n{typed_slot()}</textarea>"
        return labelled(face, area + (counter(face, limit, unit) if limit else ""))

    def _counted(self) -> tuple[int, CountUnit]:
        """The limit that is counted live: the words, else the characters where the form sets their number."""
        if self.options.max_words:
            return self.options.max_words, "words"
        return (self.options.max_length if "max_length" in self.options.model_fields_set else 0), "characters"

    def text(self, answer: Any, language: str) -> str:
        """The text as it was given."""
        return str(answer)

    def json_schema(self) -> dict[str, Any]:
        """A string within the limit."""
        least = max(1, self.options.min_length)
        return {"type": "string", "minLength": least, "maxLength": self.options.max_length}
