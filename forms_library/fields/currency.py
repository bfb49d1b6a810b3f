"""An amount of money."""

from decimal import Decimal as Exact
from random import Random
from typing import Any, ClassVar

from babel.numbers import get_currency_precision
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
from forms_library.controls import Face, Input, affixed
from forms_library.currencies import Currency as CurrencyCode
from forms_library.field_type import FieldType, Reading, as_line, field_types, ui
from forms_library.localising import currency_sign, money_text
from forms_library.markup import Raw
from forms_library.number_options import NumberOptions


class CurrencyOptions(NumberOptions):
    """Which money, and how much of it."""

    currency: CurrencyCode = Value(default="EUR", title="Currency", json_schema_extra=ui("currency"))
    min: Limit | None = Value(default=Exact(0), title="Least", json_schema_extra=ui("number"))
    max: Limit | None = Value(default=None, title="Most", json_schema_extra=ui("number"))


@field_types.register
class Currency(FieldType):
    """A price, a fee, an income: exact to the smallest coin."""

    key: ClassVar[str] = "currency"
    label: ClassVar[Text] = Text({"en": "Amount of money", "fr": "Montant", "ar": "مبلغ مالي"})
    icon: ClassVar[str] = "banknote"
    common = 8
    Options = CurrencyOptions
    options: CurrencyOptions
    errors = AMOUNT_ERRORS
    accepts = (
        ({}, "€ 1,250.5", "1250.50"),
        ({"currency": "JPY"}, "500", "500"),
        ({"currency": "GBP"}, "£20", "20.00"),
        ({"min": None}, "-5", "-5.00"),
        ({}, "", None),
    )
    rejects = (
        ({}, "a lot", "format"),
        ({}, "-1", "too_small"),
        ({"max": 100}, "100.01", "too_large"),
        ({"currency": "JPY"}, "1.5", "too_many_places"),
        ({}, "$5", "format"),
    )

    @property
    def kind(self) -> Kind:
        """An exact number."""
        return "decimal"

    @property
    def places(self) -> int:
        """How many decimals the currency has."""
        return int(get_currency_precision(self.options.currency))

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The amount with the decimals of its currency, as text; the sign of the currency may be typed."""
        text = as_line(raw)
        for sign in (self.options.currency, currency_sign(self.options.currency, reading.language)):
            text = text.replace(sign, "")
        limits = self.options
        return amount_of(text, reading, places=self.places, least=limits.min, most=limits.max)

    def typed(self, answer: Any, language: str) -> Raw:
        """The amount with the decimal sign of the language."""
        return typed_amount(answer, language)

    def example(self, random: Random) -> Raw:
        """An amount between the limits."""
        return some_amount(random, self.places, self.options.min, self.options.max)

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Words, and amounts beyond the limits."""
        return amounts_refused(self.places, self.options.min, self.options.max)

    def markup(self, face: Face) -> str:
        """One input behind the sign of the currency."""
        sign = currency_sign(self.options.currency, face.language)
        look = Input(width=10, inputmode="decimal", left_to_right=True)
        before = self.options.before(face.language)
        return affixed(
            face, look, prefix=f"{before} {sign}".strip(), suffix=self.options.after(face.language)
        )

    def text(self, answer: Any, language: str) -> str:
        """The amount with its currency."""
        return self.options.around(money_text(Exact(answer), self.options.currency, language), language)

    def json_schema(self) -> dict[str, Any]:
        """Digits with a point, as a string."""
        return amount_schema(self.places)
