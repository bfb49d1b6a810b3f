"""What has to be paid, worked out."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, ClassVar, Self

from babel.numbers import get_currency_precision
from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Kind, Outcome, Want
from engine.core.text import Text
from forms_library.amounts import Limit, amount_schema
from forms_library.complaints import refuse
from forms_library.controls import Face, error, group, hint, title
from forms_library.currencies import Currency
from forms_library.definition import RuleText
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import money_text
from forms_library.markup import Raw, typed_slot
from forms_library.worked_out import as_typed, read_back

RULE = "rule"
# What rules compute exactly, with the decimals of any currency.
MOST = Decimal(10) ** 11
FEE: dict[str, Any] = {"amount": "25"}


class PaymentAmountOptions(FieldOptions):
    """The amount, fixed or by a rule, and its currency."""

    amount: Limit | None = Value(default=None, ge=0, title="Amount", json_schema_extra=ui("number"))
    rule: RuleText | None = Value(default=None, title="Rule", json_schema_extra=ui("rule", gives="decimal"))
    currency: Currency = Value(default="EUR", title="Currency", json_schema_extra=ui("currency"))

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.amount is None) == (self.rule is None):
            raise ValueError("Give either an amount or a rule")
        return self


@field_types.register
class PaymentAmount(FieldType):
    """The fee of an application: shown, never typed, never below nought."""

    key: ClassVar[str] = "payment_amount"
    label: ClassVar[Text] = Text({"en": "Amount to pay", "fr": "Montant à payer", "ar": "المبلغ المستحق"})
    icon: ClassVar[str] = "receipt"
    computed: ClassVar[bool] = True
    Options = PaymentAmountOptions
    options: PaymentAmountOptions
    accepts = (
        (FEE, {"value": "25.00"}, "25.00"),
        ({"rule": "12.5 * 2.0", "currency": "JPY"}, {"value": "25"}, "25"),
        (FEE, {}, None),
    )
    rejects = ((FEE, {"value": "much"}, "format"), (FEE, {"value": "-1"}, "format"))

    @property
    def kind(self) -> Kind:
        """An exact number."""
        return "decimal"

    @property
    def places(self) -> int:
        """How many decimals the currency has."""
        return int(get_currency_precision(self.options.currency))

    def rule_texts(self) -> Mapping[str, tuple[str, Want]]:
        """The rule, where there is one."""
        return {RULE: (self.options.rule, "decimal")} if self.options.rule else {}

    def compute(self, outcomes: Mapping[str, Outcome]) -> str | None:
        """The amount to the smallest coin; None while an answer is missing, or below nought."""
        value = self.options.amount if self.options.rule is None else outcomes[RULE].value
        if not isinstance(value, Decimal) or not 0 <= value < MOST:
            return None
        return self._to_the_coin(value)

    def _to_the_coin(self, value: Decimal) -> str:
        return str(value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP))

    def gather(self, data: Any) -> Raw:
        """Whatever is sent under this name is not read."""
        return {}

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """A stored amount read back; nothing is typed here."""
        amount = read_back(raw, "decimal")
        if amount is not None and not (Decimal(amount).is_finite() and 0 <= Decimal(amount) < MOST):
            raise refuse("format")
        return None if amount is None else self._to_the_coin(Decimal(amount))

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored amount as text, and as it is read."""
        if answer is None:
            return {}
        try:
            shown = self.text(answer, language)
        except (TypeError, ValueError, ArithmeticError):  # a stored answer of another shape
            shown = ""
        return {"value": as_typed(answer), "shown": shown}

    def example(self, random: Random) -> Raw:
        """Nothing is typed."""
        return {}

    def found(self, answer: Any) -> str | None:
        """That a value is shown; which one is shown anew each time."""
        return "" if answer is not None else None

    def markup(self, face: Face) -> str:
        """The amount to be read; its place stays when there is none yet."""
        value = (
            f'<output id="{face.key}" class="govuk-body cw-amount"><bdi>{typed_slot("shown")}</bdi></output>'
        )
        label = f'<span class="govuk-label govuk-label--m">{title(face)}</span>'
        return group(face, label + hint(face) + error(face, "", "error") + value)

    def text(self, answer: Any, language: str) -> str:
        """The amount with its currency."""
        return money_text(Decimal(answer), self.options.currency, language)

    def json_schema(self) -> dict[str, Any]:
        """Digits with a point, as a string."""
        return amount_schema(self.places)
