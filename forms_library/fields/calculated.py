"""A value that the server works out from other answers."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Annotated, Any, ClassVar, Literal

from babel.numbers import get_currency_precision, list_currencies
from pydantic import AfterValidator
from pydantic import Field as Value

from engine.core.rules import Kind, Outcome, Want
from engine.core.text import Text
from forms_library.complaints import refuse
from forms_library.controls import Face, error, group, hint, title
from forms_library.definition import RuleText
from forms_library.field_type import FieldOptions, FieldType, Reading, as_line, field_types, ui
from forms_library.localising import date_text, money_text, number_text
from forms_library.markup import Raw, typed_slot
from forms_library.words import word

Result = Literal["text", "integer", "decimal", "currency", "date", "yes_no"]
WANTED: Mapping[Result, Want] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "currency": "decimal",
    "date": "date",
    "yes_no": "bool",
}
KINDS: Mapping[Result, Kind] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "currency": "decimal",
    "date": "date",
    "yes_no": "yes_no",
}
RULE = "rule"
MOST_CHARACTERS = 5_000
SUM: dict[str, Any] = {"rule": "1 + 1", "result": "integer"}


def _known_currency(code: str) -> str:
    if code not in list_currencies():
        raise ValueError(f'"{code}" is no currency code such as "EUR".')
    return code


class CalculatedOptions(FieldOptions):
    """The rule, what it gives, and whether the person sees it."""

    rule: RuleText = Value(title="Rule", json_schema_extra=ui("rule"))
    result: Result = Value(default="decimal", title="What it gives", json_schema_extra=ui("select"))
    places: int = Value(default=2, ge=0, le=6, title="Decimal places", json_schema_extra=ui("number"))
    currency: Annotated[str, AfterValidator(_known_currency)] = Value(
        default="EUR", title="Currency", json_schema_extra=ui("currency")
    )
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
    def kind(self) -> Kind:
        """What the rule gives."""
        return KINDS[self.options.result]

    @property
    def places(self) -> int:
        """How many decimals are kept."""
        if self.options.result == "currency":
            return int(get_currency_precision(self.options.currency))
        return self.options.places

    def rule_texts(self) -> Mapping[str, tuple[str, Want]]:
        """The one rule."""
        return {RULE: (self.options.rule, WANTED[self.options.result])}

    def compute(self, outcomes: Mapping[str, Outcome]) -> Any:
        """The value as it is stored; None while an answer is missing."""
        outcome = outcomes[RULE]
        return self._stored(outcome.value) if outcome.known else None

    def _stored(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return str(value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP))
        if isinstance(value, date):
            return value.isoformat()
        return value[:MOST_CHARACTERS] if isinstance(value, str) else value

    def parse(self, raw: Raw, reading: Reading) -> Any:
        """A stored value read back; nothing is typed here."""
        text = str(raw.get("value", "")) if isinstance(raw, dict) else as_line(raw)
        if not text:
            return None
        try:
            return READERS[self.options.result](text)
        except (ValueError, ArithmeticError, KeyError):
            raise refuse("format") from None

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored value as text, and as it is read."""
        if answer is None:
            return {}
        value = str(answer).lower() if isinstance(answer, bool) else str(answer)
        return {"value": value, "shown": self._shown(answer, language)}

    def _shown(self, answer: Any, language: str) -> str:
        try:
            return self.text(answer, language)
        except (TypeError, ValueError, ArithmeticError):  # a stored answer of another shape
            return ""

    def gather(self, data: Any) -> Raw:
        """Whatever is sent under this name is not read."""
        return {}

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
        match self.options.result:
            case "yes_no":
                return word("yes" if answer else "no", language)
            case "date":
                return date_text(date.fromisoformat(answer), language)
            case "currency":
                return money_text(Decimal(answer), self.options.currency, language)
            case "integer" | "decimal":
                return number_text(Decimal(answer), language)
        return str(answer)

    def example(self, random: Random) -> Raw:
        """Nothing is typed."""
        return ""

    def json_schema(self) -> dict[str, Any]:
        """By what the rule gives."""
        return dict(SCHEMAS[self.options.result])


SCHEMAS: Mapping[Result, dict[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "string"},
    "currency": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "yes_no": {"type": "boolean"},
}
READERS: Mapping[Result, Any] = {
    "text": str,
    "integer": int,
    "decimal": lambda text: str(Decimal(text)),
    "currency": lambda text: str(Decimal(text)),
    "date": lambda text: date.fromisoformat(text).isoformat(),
    "yes_no": lambda text: {"true": True, "false": False}[text],
}
