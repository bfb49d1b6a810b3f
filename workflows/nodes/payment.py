"""The applicant pays, by a provider that says whether they have."""

from typing import Literal, Self

from pydantic import Field, model_validator

from engine.core.hints import ui
from engine.core.problems import Problems
from engine.core.rules import Kind
from engine.core.text import Text
from engine.core.worktime import Span
from engine.payments.configured import NoProvider, provider
from forms_library.currencies import Currency
from workflows.hints import StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Key, RuleText
from workflows.payment_step import PaymentStep

NOT_PAID = Text({"en": "Not paid in time", "fr": "Non payé à temps", "ar": "لم يُدفع في الوقت المحدد"})


@node_types.register
class PaymentTask(NodeType):
    """The applicant pays, by a provider that says whether they have."""

    key = "payment"
    label = Text({"en": "Payment", "fr": "Paiement", "ar": "دفع"})
    family = "applicant"
    icon = "banknote"
    bpmn_element = "userTask"
    waits = True
    has_deadlines = True
    accepts = [
        {
            "key": "pay",
            "type": "payment",
            "title": "Pay the fee",
            "amount": "answers.amount * 2.0",
            "due": {"days": 14},
            "next": "issue",
            "on_timeout": "expired",
        },
        {"key": "pay", "type": "payment", "title": "Pay the fee", "field": "fee", "next": "issue"},
        {"key": "pay", "type": "payment", "amount": "500.0", "currency": "JPY", "next": "issue"},
    ]
    rejects = [
        {"key": "pay", "type": "payment", "next": "issue"},
        {"key": "pay", "type": "payment", "amount": "5.0", "field": "fee", "next": "issue"},
        {"key": "pay", "type": "payment", "amount": "5.0", "currency": "euro", "next": "issue"},
    ]

    class Options(NodeOptions):
        """How much, how long the applicant has, and where the case goes after."""

        type: Literal["payment"]
        amount: RuleText | None = Field(
            default=None,
            description="A rule that gives the amount.",
            json_schema_extra=ui("rule", gives="decimal"),
        )
        field: Key | None = Field(
            default=None, description="Instead of a rule: the question whose answer is the amount."
        )
        currency: Currency = Field(default="EUR", description="Of an amount by a rule.")
        due: Span | None = None
        next: StepKey
        on_timeout: StepKey | None = None

        @model_validator(mode="after")
        def _one_source(self) -> Self:
            if (self.amount is None) is (self.field is None):
                raise ValueError("Say how much: a rule, or the question whose answer it is.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        edges = [Edge("next", options.next, "next", ("next",))]
        if options.on_timeout is not None:
            edges.append(Edge("timeout", options.on_timeout, "timeout", ("on_timeout",), NOT_PAID))
        return edges

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        return {"paid": "yes_no", "amount": "decimal", "reference": "text"}

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> PaymentStep:
        return PaymentStep(options, cls, blueprint)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.due

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if not options.title:
            problems.at("title").mend("missing", "This step needs a title: the applicant reads it.")
        if options.amount is not None:
            around.check_rule(options.amount, problems.at("amount"), "decimal")
        if options.field is not None:
            _check_field(options.field, around, problems.at("field"))
        if options.on_timeout is not None and options.due is None:
            problems.at("due").mend(
                "missing", "Say how long the applicant has (due), because on_timeout depends on it."
            )
        try:
            provider()
        except NoProvider:
            sentence = "This installation takes no payments yet; its operator sets the provider."
            problems.look("no_provider", sentence)


def _check_field(key: str, around: Surroundings, problems: Problems) -> None:
    """It must be a question of the application that gives an amount of money."""
    start = next((form for form in around.forms.values() if any(f.key == key for f in form.fields())), None)
    field = next((each for each in start.fields() if each.key == key), None) if start else None
    if field is None:
        problems.mend("unknown_field", f'The application has no question "{key}".')
    elif field.type not in ("payment_amount", "currency"):
        problems.mend("no_amount", f'The question "{key}" gives no amount of money.')
    elif field.data_class == "sensitive":
        problems.mend("sensitive", f'"{key}" is sensitive, so it is not told to a payment provider.')
