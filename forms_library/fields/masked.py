"""A code of a known form: a postcode, a company number, or a pattern of the department's own."""

from contextlib import suppress
from functools import cached_property
from random import Random
from typing import Any, ClassVar, Literal, Self

import rstr
from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Kind
from engine.core.rules.patterns import LONGEST_PATTERN, matches, problem_of
from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import AnswerRefused, refuse
from forms_library.controls import Face, Input, Width
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw
from forms_library.masks import MASKS, Mask

MOST_TRIES = 20
LONGEST = 500
OWN: dict[str, Any] = {"pattern": "[A-Z]{2}-[0-9]{4}", "example": "AB-1234"}


class _Writer(rstr.Rstr):
    """Writes texts of a pattern in which nothing comes more often than it must, but for so many times."""

    def __init__(self, random: Random, spare: int) -> None:
        super().__init__(random)
        self.spare = spare

    def _handle_repeat(self, start_range: int, end_range: int, value: Any) -> str:
        return super()._handle_repeat(start_range, min(end_range, start_range + self.spare), value)


class MaskedOptions(FieldOptions):
    """A form of the library, or a pattern of one's own."""

    format: Literal[tuple(MASKS)] | None = Value(  # type: ignore[valid-type]
        default=None, title="Known shape", json_schema_extra=ui("select")
    )
    pattern: str | None = Value(
        default=None,
        title="Own pattern",
        description="A regular expression of RE2 that the whole answer must match: [A-Z]{2}-[0-9]{4}",
        max_length=LONGEST_PATTERN,
        json_schema_extra=ui("text"),
    )
    example: str = Value(default="", title="Example", max_length=60, json_schema_extra=ui("text"))
    max_length: int = Value(
        default=60, ge=1, le=LONGEST, title="Most characters", json_schema_extra=ui("number")
    )
    width: Width | None = Value(default=10, title="Width in characters", json_schema_extra=ui("width"))

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if (self.format is None) == (self.pattern is None):
            raise ValueError("Give either a form of the library or a pattern of your own")
        if self.pattern is None:
            return self
        if problem := problem_of(self.pattern):
            raise ValueError(f"The pattern cannot be used: {problem}")
        if self.example and not matches(self.pattern, self.example):
            raise ValueError("The example does not match the pattern")
        return self


@field_types.register
class Masked(FieldType):
    """A code; spaces and small letters are put right where the form is known."""

    key: ClassVar[str] = "masked"
    label: ClassVar[Text] = Text({"en": "Code or number", "fr": "Code ou numéro", "ar": "رمز أو رقم"})
    icon: ClassVar[str] = "regex"
    Options = MaskedOptions
    options: MaskedOptions
    errors = {
        "format": Text({
            "en": "{subject} must be in the right form{example}",
            "fr": "{subject} doit avoir la forme attendue{example}",
            "ar": "يجب أن يكون {subject} بالصيغة الصحيحة{example}",
        }),
    }  # fmt: skip
    accepts = (
        ({"format": "postcode_gb"}, "sw1a1aa", "SW1A 1AA"),
        ({"format": "postcode_fr"}, "٦٩٠٠١", "69001"),
        (OWN, "AB-1234", "AB-1234"),
        ({"pattern": "(a+)+"}, "aaaa", "aaaa"),
        ({"format": "digits"}, "", None),
    )
    rejects = (
        ({"format": "postcode_gb"}, "69001", "format"),
        (OWN, "AB-12345", "format"),
        ({"pattern": "(a+)+", "max_length": 500}, "a" * 400 + "!", "format"),
        ({"format": "digits", "max_length": 4}, "12345", "too_long"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    @cached_property
    def form(self) -> Mask:
        """What the code must look like."""
        options = self.options
        own = Mask(options.pattern or "", options.example, drop_spaces=False, capitals=False)
        return MASKS[options.format] if options.format else own

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The code in its form."""
        text = latin_digits(one_line(as_line(raw)))
        if not text:
            return None
        if len(text) > self.options.max_length:
            raise refuse("too_long", max=self.options.max_length)
        code = self.form.tidied(text)
        if not matches(self.form.pattern, code):
            raise refuse("format", example=self._like())
        return code

    def _like(self) -> Text | str:
        example = self.options.example or self.form.example
        like = {"en": f", like {example}", "fr": f", par exemple {example}", "ar": f"، مثل {example}"}
        return Text(like) if example else ""

    def example(self, random: Random) -> Raw:
        """A code of this form, of the length that is taken."""
        for number in range(MOST_TRIES):
            made = _Writer(random, self.options.max_length >> number // 2)
            with suppress(AnswerRefused):  # a pattern may allow characters that no answer may have
                code = one_line(made.xeger(self.form.pattern))
                if 0 < len(code) <= self.options.max_length and matches(self.form.pattern, code):
                    return code
        return self.options.example or self.form.example

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Too many characters, and what does not match; a pattern that takes anything refuses nothing."""
        refused = [("x" * (self.options.max_length + 1), "too_long")]
        if not matches(self.form.pattern, "<?>"):
            refused.append(("<?>", "format"))
        return tuple(refused)

    def markup(self, face: Face) -> str:
        """One input, left to right in every language."""
        look = Input(
            width=self.options.width,
            inputmode="numeric" if self.form.numeric else None,
            autocomplete=self.form.autocomplete,
            spellcheck="false",
            left_to_right=True,
        )
        return one_line_control(face, look)

    def text(self, answer: Any, language: str) -> str:
        """The code."""
        return str(answer)

    def html(self, answer: Any, language: str) -> str:
        """The code, left to right in every language."""
        return super().html(answer, language).replace("<bdi>", '<bdi dir="ltr">')

    def json_schema(self) -> dict[str, Any]:
        """A string; own patterns stay out: those who check the schema may not have a safe matcher."""
        limits = {"type": "string", "minLength": 1, "maxLength": self.options.max_length}
        return {**limits, "pattern": f"^{self.form.pattern}$"} if self.options.format else limits
