"""A whole number."""

from typing import Any, ClassVar, Self

from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input, Width, affixed
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.localising import number_text, plain_number
from forms_library.markup import Raw

# What every reader of JSON keeps exactly.
LARGEST = 2**53 - 1


class IntegerOptions(FieldOptions):
    """The limits of the number and what it counts."""

    min: int | None = Value(
        default=None, ge=-LARGEST, le=LARGEST, title="Least", json_schema_extra=ui("number")
    )
    max: int | None = Value(
        default=None, ge=-LARGEST, le=LARGEST, title="Most", json_schema_extra=ui("number")
    )
    unit: Text | None = Value(default=None, title="Unit after the input", json_schema_extra=ui("text"))
    width: Width = Value(default=5, title="Width in characters", json_schema_extra=ui("width"))

    @model_validator(mode="after")
    def _least_below_most(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("The least must not be above the most")
        return self


@field_types.register
class Integer(FieldType):
    """A count: how many people, how many days."""

    key: ClassVar[str] = "integer"
    label: ClassVar[Text] = Text({"en": "Whole number", "fr": "Nombre entier", "ar": "عدد صحيح"})
    icon: ClassVar[str] = "hash"
    Options = IntegerOptions
    options: IntegerOptions
    errors = {
        "format": Text({
            "en": "{subject} must be a whole number, like 12",
            "fr": "{subject} doit être un nombre entier, par exemple 12",
            "ar": "يجب أن يكون {subject} عددًا صحيحًا، مثل 12",
        }),
        "too_small": Text({
            "en": "{subject} must be {min} or more",
            "fr": "{subject} doit être au moins {min}",
            "ar": "يجب أن يكون {subject} {min} أو أكثر",
        }),
        "too_large": Text({
            "en": "{subject} must be {max} or less",
            "fr": "{subject} doit être au plus {max}",
            "ar": "يجب أن يكون {subject} {max} أو أقل",
        }),
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

    def markup(self, face: Face) -> str:
        """One input with the keyboard of numbers."""
        unit = self.options.unit.in_(face.language) if self.options.unit else ""
        return affixed(
            face, Input(width=self.options.width, inputmode="numeric", left_to_right=True), suffix=unit
        )

    def text(self, answer: Any, language: str) -> str:
        """The number with its unit."""
        unit = self.options.unit.in_(language) if self.options.unit else ""
        return f"{number_text(int(answer), language)} {unit}".strip()

    def json_schema(self) -> dict[str, Any]:
        """An integer within the limits."""
        limits = {"minimum": self.options.min, "maximum": self.options.max}
        return {"type": "integer", **{name: limit for name, limit in limits.items() if limit is not None}}
