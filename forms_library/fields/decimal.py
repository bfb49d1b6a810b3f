"""A number with decimal places."""

from decimal import Decimal as Exact
from random import Random
from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.amounts import (
    AMOUNT_ERRORS,
    Limit,
    amount_of,
    amount_schema,
    amounts_refused,
    some_amount,
    typed_amount,
)
from forms_library.controls import Face, Input, Width, affixed
from forms_library.field_type import FieldType, Reading, field_types, ui
from forms_library.localising import number_text
from forms_library.markup import Raw
from forms_library.number_options import NumberOptions


class DecimalOptions(NumberOptions):
    """The limits of the number, its places and its unit."""

    places: int = Value(default=2, ge=0, le=6, title="Decimal places", json_schema_extra=ui("number"))
    min: Limit | None = Value(default=None, title="Least", json_schema_extra=ui("number"))
    max: Limit | None = Value(default=None, title="Most", json_schema_extra=ui("number"))
    width: Width = Value(default=10, title="Width in characters", json_schema_extra=ui("width"))


@field_types.register
class Decimal(FieldType):
    """A measure: metres, kilograms, percent. Stored exactly, never as a binary fraction."""

    key: ClassVar[str] = "decimal"
    label: ClassVar[Text] = Text({"en": "Decimal number", "fr": "Nombre décimal", "ar": "عدد عشري"})
    icon: ClassVar[str] = "ruler"
    Options = DecimalOptions
    options: DecimalOptions
    errors = AMOUNT_ERRORS
    accepts = (
        ({}, "1,250.5", "1250.50"),
        ({"places": 0}, "12", "12"),
        ({}, "٣٫٥", "3.50"),
        ({}, "-0.10", "-0.10"),
        ({"places": 3}, "0.001", "0.001"),
        ({}, "", None),
    )
    rejects = (
        ({}, "much", "format"),
        ({}, "1.234", "too_many_places"),
        ({"min": "0"}, "-1", "too_small"),
        ({"max": 10}, "10.01", "too_large"),
        ({}, "9" * 16, "too_large"),
        ({}, "NaN", "format"),
        ({}, "1e5", "format"),
    )

    @property
    def kind(self) -> Kind:
        """An exact number."""
        return "decimal"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The number with its places, as text."""
        limits = self.options
        return amount_of(raw, reading, places=limits.places, least=limits.min, most=limits.max)

    def typed(self, answer: Any, language: str) -> Raw:
        """The number with the decimal sign of the language."""
        return typed_amount(answer, language)

    def example(self, random: Random) -> Raw:
        """A number between the limits."""
        return some_amount(random, self.options.places, self.options.min, self.options.max)

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Words, and numbers beyond the limits."""
        return amounts_refused(self.options.places, self.options.min, self.options.max)

    def markup(self, face: Face) -> str:
        """One input with the keyboard of numbers and a decimal sign."""
        look = Input(width=self.options.width, inputmode="decimal", left_to_right=True)
        before, after = self.options.before(face.language), self.options.after(face.language)
        return affixed(face, look, prefix=before, suffix=after)

    def text(self, answer: Any, language: str) -> str:
        """The number with its signs."""
        return self.options.around(number_text(Exact(answer), language), language)

    def json_schema(self) -> dict[str, Any]:
        """Digits with a point, as a string."""
        return amount_schema(self.options.places)
