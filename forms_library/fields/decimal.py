"""A number with decimal places."""

from decimal import Decimal as Exact
from typing import Any, ClassVar, Self

from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.amounts import AMOUNT_ERRORS, Limit, amount_of, amount_schema, typed_amount
from forms_library.controls import Face, Input, Width, affixed
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import number_text
from forms_library.markup import Raw


class DecimalOptions(FieldOptions):
    """The limits of the number, its places and its unit."""

    places: int = Value(default=2, ge=0, le=6, title="Decimal places", json_schema_extra=ui("number"))
    min: Limit | None = Value(default=None, title="Least", json_schema_extra=ui("number"))
    max: Limit | None = Value(default=None, title="Most", json_schema_extra=ui("number"))
    unit: Text | None = Value(default=None, title="Unit after the input", json_schema_extra=ui("text"))
    width: Width = Value(default=10, title="Width in characters", json_schema_extra=ui("width"))

    @model_validator(mode="after")
    def _least_below_most(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("The least must not be above the most")
        return self


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

    def markup(self, face: Face) -> str:
        """One input with the keyboard of numbers and a decimal sign."""
        unit = self.options.unit.in_(face.language) if self.options.unit else ""
        return affixed(
            face, Input(width=self.options.width, inputmode="decimal", left_to_right=True), suffix=unit
        )

    def text(self, answer: Any, language: str) -> str:
        """The number with its unit."""
        unit = self.options.unit.in_(language) if self.options.unit else ""
        return f"{number_text(Exact(answer), language)} {unit}".strip()

    def json_schema(self) -> dict[str, Any]:
        """Digits with a point, as a string."""
        return amount_schema(self.options.places)
