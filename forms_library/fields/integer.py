"""A whole number."""

from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input, Width, affixed
from forms_library.field_type import FieldType, Reading, as_line, field_types, ui
from forms_library.localising import number_text, plain_number
from forms_library.markup import Raw
from forms_library.number_options import LIMIT_ERRORS, NumberOptions

# What every reader of JSON keeps exactly.
LARGEST = 2**53 - 1


class IntegerOptions(NumberOptions):
    """The limits of the number and what it counts."""

    min: int | None = Value(
        default=None, ge=-LARGEST, le=LARGEST, title="Least", json_schema_extra=ui("number")
    )
    max: int | None = Value(
        default=None, ge=-LARGEST, le=LARGEST, title="Most", json_schema_extra=ui("number")
    )
    width: Width = Value(default=5, title="Width in characters", json_schema_extra=ui("width"))


@field_types.register
class Integer(FieldType):
    """A count: how many people, how many days."""

    key: ClassVar[str] = "integer"
    label: ClassVar[Text] = Text({"en": "Whole number", "fr": "Nombre entier", "ar": "عدد صحيح"})
    icon: ClassVar[str] = "hash"
    common = 7
    Options = IntegerOptions
    options: IntegerOptions
    errors = {
        "format": Text({
            "en": "{subject} must be a whole number, like 12",
            "fr": "{subject} doit être un nombre entier, par exemple 12",
            "ar": "يجب أن يكون {subject} عددًا صحيحًا، مثل 12",
        }),
        **LIMIT_ERRORS,
    }  # fmt: skip
    accepts = (({}, " 1,250 ", 1250), ({}, "١٢", 12), ({}, "-3", -3), ({}, "12.0", 12), ({}, "", None))
    rejects = (
        ({}, "twelve", "format"),
        ({}, "1.5", "format"),
        ({}, "1e3", "format"),
        ({"min": 1}, "0", "too_small"),
        ({"max": 9}, "10", "too_large"),
        ({}, "9" * 400, "too_large"),
    )

    @property
    def kind(self) -> Kind:
        """A whole number."""
        return "integer"

    def parse(self, raw: Raw, reading: Reading) -> int | None:
        """The number within its limits."""
        text = one_line(as_line(raw))
        if not text:
            return None
        plain = plain_number(text, reading.language)
        whole, _, places = (plain or "").partition(".")
        if plain is None or places.strip("0"):
            raise refuse("format")
        return self._within_limits(whole)

    def _within_limits(self, whole: str) -> int:
        least = -LARGEST if self.options.min is None else self.options.min
        most = LARGEST if self.options.max is None else self.options.max
        # Digits beyond the largest number are not worth reading.
        number = int(whole) if len(whole) < 20 else (-LARGEST - 1 if whole.startswith("-") else LARGEST + 1)
        if number < least:
            raise refuse("too_small", min=least)
        if number > most:
            raise refuse("too_large", max=most)
        return number

    def example(self, random: Random) -> Raw:
        """A number between the limits."""
        least = self.options.min if self.options.min is not None else min(0, self.options.max or 0)
        most = self.options.max if self.options.max is not None else least + 100
        return str(random.randint(least, most))

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Words, a fraction, and numbers beyond the limits."""
        least, most = self.options.min, self.options.max
        return (
            ("twelve", "format"),
            ("1.5", "format"),
            *(((str(least - 1), "too_small"),) if least is not None and least > -LARGEST else ()),
            *(((str(most + 1), "too_large"),) if most is not None and most < LARGEST else ()),
        )

    def markup(self, face: Face) -> str:
        """One input with the keyboard of numbers."""
        look = Input(width=self.options.width, inputmode="numeric", left_to_right=True)
        before, after = self.options.before(face.language), self.options.after(face.language)
        return affixed(face, look, prefix=before, suffix=after)

    def text(self, answer: Any, language: str) -> str:
        """The number with its signs."""
        return self.options.around(number_text(int(answer), language), language)

    def json_schema(self) -> dict[str, Any]:
        """An integer within the limits."""
        limits = {"minimum": self.options.min, "maximum": self.options.max}
        return {"type": "integer", **{name: limit for name, limit in limits.items() if limit is not None}}
