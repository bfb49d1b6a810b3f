"""One line of text."""

from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library import samples
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input, Width
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.markup import Raw

Autocomplete = Literal[
    "name", "given-name", "family-name", "organization", "organization-title", "street-address",
    "postal-code", "address-level1", "address-level2", "country-name", "url",
]  # fmt: skip


class ShortTextOptions(FieldOptions):
    """How long the line may be, and how wide the input is."""

    limits: ClassVar[tuple[str, str]] = ("min_length", "max_length")
    min_length: int = Value(
        default=0, ge=0, le=1_000, title="Fewest characters", json_schema_extra=ui("number")
    )
    max_length: int = Value(
        default=200, ge=1, le=1_000, title="Most characters", json_schema_extra=ui("number")
    )
    width: Width | None = Value(default=None, title="Width in characters", json_schema_extra=ui("width"))
    autocomplete: Autocomplete | None = Value(
        default=None, title="What the browser may fill in", json_schema_extra=ui("select")
    )


@field_types.register
class ShortText(FieldType):
    """A name, a title, a place: anything of one line."""

    key: ClassVar[str] = "short_text"
    label: ClassVar[Text] = Text({"en": "Short text", "fr": "Texte court", "ar": "نص قصير"})
    icon: ClassVar[str] = "text-cursor-input"
    common = 1
    Options = ShortTextOptions
    options: ShortTextOptions
    accepts = (
        ({}, "  Leila   Haddad ", "Leila Haddad"),
        ({}, "Zoe\u0308", "Zo\u00eb"),
        ({}, " \u200b ", None),
        ({"max_length": 3}, "abc", "abc"),
    )
    rejects = (
        ({"max_length": 3}, "abcd", "too_long"),
        ({"min_length": 3}, "ab", "too_short"),
        ({}, "a\x00b", "characters"),
        ({}, "\ud800", "characters"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The line with spaces tidied."""
        text = one_line(as_line(raw))
        if not text:
            return None
        if len(text) > self.options.max_length:
            raise refuse("too_long", max=self.options.max_length)
        if len(text) < self.options.min_length:
            raise refuse("too_short", min=self.options.min_length)
        return text

    def example(self, random: Random) -> Raw:
        """Words of the length that is wanted."""
        return samples.line(random, self.options.min_length, self.options.max_length)

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Too many characters, too few, and one that shows nothing."""
        short = (("x" * (self.options.min_length - 1), "too_short"),) if self.options.min_length > 1 else ()
        return (("x" * (self.options.max_length + 1), "too_long"), ("a\x00b", "characters"), *short)

    def markup(self, face: Face) -> str:
        """One input."""
        return one_line_control(face, Input(width=self.options.width, autocomplete=self.options.autocomplete))

    def text(self, answer: Any, language: str) -> str:
        """The line as it was given."""
        return str(answer)

    def json_schema(self) -> dict[str, Any]:
        """A string within the limits."""
        return {
            "type": "string",
            "minLength": max(1, self.options.min_length),
            "maxLength": self.options.max_length,
        }
