"""A value that is kept with the answers and never asked."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, Self

from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Kind, Outcome, Want
from engine.core.text import Text
from forms_library.controls import Face
from forms_library.definition import RuleText
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.markup import Raw
from forms_library.worked_out import (
    KINDS,
    MOST_CHARACTERS,
    READERS,
    SCHEMAS,
    WANTED,
    Sort,
    as_read,
    as_typed,
    read_back,
    stored,
)

RULE = "rule"
CAMPAIGN: dict[str, Any] = {"value": "spring-2027"}


class HiddenOptions(FieldOptions):
    """The value itself, or the rule that gives it."""

    value: str = Value(default="", title="Value", max_length=MOST_CHARACTERS, json_schema_extra=ui("text"))
    rule: RuleText | None = Value(
        default=None, title="Rule", json_schema_extra=ui("rule", gives="text", gives_from="result")
    )
    result: Sort = Value(default="text", title="What it is", json_schema_extra=ui("select"))
    places: int = Value(default=2, ge=0, le=6, title="Decimal places", json_schema_extra=ui("number"))

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.value) == bool(self.rule):
            raise ValueError("Give either a value or a rule")
        if self.value:
            try:
                READERS[self.result](self.value)
            except (ValueError, ArithmeticError, KeyError):
                raise ValueError("The value is not of the sort that is stored") from None
        return self


@field_types.register
class Hidden(FieldType):
    """A constant or a worked-out value for rules, exports and letters. People never see it on a page."""

    key: ClassVar[str] = "hidden"
    label: ClassVar[Text] = Text({"en": "Hidden value", "fr": "Valeur cachée", "ar": "قيمة مخفية"})
    icon: ClassVar[str] = "eye-off"
    computed: ClassVar[bool] = True
    unseen: ClassVar[bool] = True
    Options = HiddenOptions
    options: HiddenOptions
    accepts = (
        (CAMPAIGN, {"value": "spring-2027"}, "spring-2027"),
        ({"rule": "1 + 1", "result": "integer"}, {"value": "2"}, 2),
        (CAMPAIGN, {}, None),
    )
    rejects = (
        ({"rule": "1 + 1", "result": "integer"}, {"value": "two"}, "format"),
        ({"value": "true", "result": "yes_no"}, {"value": "maybe"}, "format"),
    )

    @property
    def kind(self) -> Kind:
        """By what is stored."""
        return KINDS[self.options.result]

    def rule_texts(self) -> Mapping[str, tuple[str, Want]]:
        """The rule, where there is one."""
        return {RULE: (self.options.rule, WANTED[self.options.result])} if self.options.rule else {}

    def compute(self, outcomes: Mapping[str, Outcome]) -> Any:
        """The constant, or what the rule gave."""
        if not self.options.rule:
            return READERS[self.options.result](self.options.value)
        outcome = outcomes[RULE]
        return stored(outcome.value, self.options.places) if outcome.known else None

    def gather(self, data: Any) -> Raw:
        """Whatever is sent under this name is not read."""
        return {}

    def parse(self, raw: Raw, reading: Reading) -> Any:
        """A stored value read back; nothing is typed here."""
        return read_back(raw, self.options.result)

    def typed(self, answer: Any, language: str) -> Raw:
        """The stored value as text."""
        return {"value": as_typed(answer)}

    def example(self, random: Random) -> Raw:
        """Nothing is typed."""
        return {}

    def markup(self, face: Face) -> str:
        """Nothing: not even a hidden input, which could be changed."""
        return ""

    def text(self, answer: Any, language: str) -> str:
        """The value as people read it in exports and letters."""
        return as_read(answer, self.options.result, language)

    def search_text(self, answer: Any, language: str) -> str:
        """Nothing: nobody searches for what nobody sees."""
        return ""

    def json_schema(self) -> dict[str, Any]:
        """By what is stored."""
        return dict(SCHEMAS[self.options.result])
