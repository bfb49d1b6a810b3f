"""A value that the server works out from other answers."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Literal

from babel.numbers import get_currency_precision
from pydantic import Field as Value

from engine.core.rules import Kind, Outcome, Want
from engine.core.text import Text
from forms_library.controls import Face, error, group, hint, title
from forms_library.currencies import Currency
from forms_library.definition import RuleText
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import money_text
from forms_library.markup import Raw, typed_slot
from forms_library.worked_out import KINDS, SCHEMAS, WANTED, Sort, as_read, as_typed, read_back, stored

Result = Literal["text", "integer", "decimal", "currency", "date", "yes_no"]
RULE = "rule"
SUM: dict[str, Any] = {"rule": "1 + 1", "result": "integer"}


class CalculatedOptions(FieldOptions):
    """The rule, what it gives, and whether the person sees it."""

    rule: RuleText = Value(title="Rule", json_schema_extra=ui("rule", gives="decimal", gives_from="result"))
    result: Result = Value(default="decimal", title="What it gives", json_schema_extra=ui("select"))
    places: int = Value(default=2, ge=0, le=6, title="Decimal places", json_schema_extra=ui("number"))
    currency: Currency = Value(default="EUR", title="Currency", json_schema_extra=ui("currency"))
    visible: bool = Value(default=True, title="Show it to the person", json_schema_extra=ui("toggle"))


@field_types.register
class Calculated(FieldType):
    """A sum, an age, a fee. It is worked out anew whenever an answer it needs changes, and never typed."""

    key: ClassVar[str] = "calculated"
    label: ClassVar[Text] = Text({"en": "Calculated value", "fr": "Valeur calculée", "ar": "قيمة محسوبة"})
    icon: ClassVar[str] = "calculator"
    computed: ClassVar[bool] = True
    Options = CalculatedOptions
    options: CalculatedOptions
    accepts = ((SUM, "", None), ({**SUM, "result": "currency"}, "12.50", "12.50"))
    rejects = ((SUM, "many", "format"), ({**SUM, "result": "date"}, "yesterday", "format"))

    @property
    def sort(self) -> Sort:
        """What is stored: money is an exact number."""
        return "decimal" if self.options.result == "currency" else self.options.result

    @property
    def kind(self) -> Kind:
        """What the rule gives."""
        return KINDS[self.sort]

    @property
    def places(self) -> int:
        """How many decimals are kept."""
        if self.options.result == "currency":
            return int(get_currency_precision(self.options.currency))
        return self.options.places

    def rule_texts(self) -> Mapping[str, tuple[str, Want]]:
        """The one rule."""
        return {RULE: (self.options.rule, WANTED[self.sort])}

    def compute(self, outcomes: Mapping[str, Outcome]) -> Any:
        """The value as it is stored; None while an answer is missing."""
        outcome = outcomes[RULE]
        return stored(outcome.value, self.places) if outcome.known else None

    def parse(self, raw: Raw, reading: Reading) -> Any:
        """A stored value read back; nothing is typed here."""
        return read_back(raw, self.sort)

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored value as text, and as it is read."""
        if answer is None:
            return {}
        return {"value": as_typed(answer), "shown": self._shown(answer, language)}

    def _shown(self, answer: Any, language: str) -> str:
        try:
            return self.text(answer, language)
        except (TypeError, ValueError, ArithmeticError):  # a stored answer of another shape
            return ""

    def gather(self, data: Any) -> Raw:
        """Whatever is sent under this name is not read."""
        return {}

    def found(self, answer: Any) -> str | None:
        """That a value is shown; which one is shown anew each time."""
        return "" if answer is not None and self.options.visible else None

    def markup(self, face: Face) -> str:
        """The value to be read; its place stays when there is none yet, so that it can be spoken of."""
        if not self.options.visible:
            return ""
        shown = f"<bdi>{typed_slot('shown')}</bdi>"
        value = f'<output id="{face.key}" class="govuk-body cw-calculated">{shown}</output>'
        label = f'<span class="govuk-label govuk-label--m">{title(face)}</span>'
        return group(face, label + hint(face) + error(face, "", "error") + value)

    def text(self, answer: Any, language: str) -> str:
        """The value as people read it."""
        if self.options.result == "currency":
            return money_text(Decimal(answer), self.options.currency, language)
        return as_read(answer, self.sort, language)

    def example(self, random: Random) -> Raw:
        """Nothing is typed."""
        return ""

    def json_schema(self) -> dict[str, Any]:
        """By what the rule gives."""
        return dict(SCHEMAS[self.sort])
