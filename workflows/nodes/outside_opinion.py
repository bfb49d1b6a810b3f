"""Somebody outside is asked for an opinion, and gives it by a link that works once."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from engine.core.hints import ui
from engine.core.problems import Problems
from engine.core.rules import Kind
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.hints import StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.opinion_choices import USUAL, Recommendation
from workflows.opinion_step import OpinionStep
from workflows.parts import Key, Language, RuleText

EmailText = Annotated[
    str, StringConstraints(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", max_length=254, strip_whitespace=True)
]
NO_ANSWER = Text({"en": "No answer", "fr": "Sans réponse", "ar": "لا رد"})
NO_ADDRESS = Text({"en": "No address", "fr": "Sans adresse", "ar": "لا عنوان"})


@node_types.register
class OutsideOpinion(NodeType):
    """Somebody outside is asked for an opinion, and gives it by a link that works once."""

    key = "outside_opinion"
    label = Text({"en": "Outside opinion", "fr": "Avis extérieur", "ar": "رأي خارجي"})
    family = "event"
    icon = "message-square"
    bpmn_element = "receiveTask"
    waits = True
    has_deadlines = True
    accepts = [
        {
            "key": "fire",
            "type": "outside_opinion",
            "question": "Is the plan safe?",
            "address": "brigade@example.org",
            "due": {"working_days": 10},
            "next": "check",
        },
        {
            "key": "expert",
            "type": "outside_opinion",
            "question": "Is the project sound?",
            "address_rule": "work.check.expert",
            "fields": ["project"],
            "recommendations": [{"key": "fund", "label": "Fund it"}, {"key": "leave", "label": "Do not"}],
            "file": True,
            "language": "fr",
            "due": {"days": 21},
            "remind": {"days": 5},
            "next": "decide",
            "on_timeout": "decide",
            "on_no_address": "check",
        },
    ]
    rejects = [
        {
            "key": "fire",
            "type": "outside_opinion",
            "question": "Safe?",
            "due": {"days": 5},
            "next": "check",
        },
        {
            "key": "fire",
            "type": "outside_opinion",
            "question": "Safe?",
            "address": "the brigade",
            "due": {"days": 5},
            "next": "check",
        },
        {
            "key": "fire",
            "type": "outside_opinion",
            "question": "Safe?",
            "address": "brigade@example.org",
            "next": "check",
        },
    ]

    class Options(NodeOptions):
        """Who is asked what, what they see, how long they have, and where the case goes after."""

        type: Literal["outside_opinion"]
        question: Text = Field(description="What the person is asked.")
        address: EmailText | None = Field(default=None, description="The e-mail address of who is asked.")
        address_rule: RuleText | None = Field(
            default=None,
            description="A rule that gives the address, such as one that a clerk typed in an earlier step.",
            json_schema_extra=ui("rule", gives="text"),
        )
        fields: list[Key] = Field(
            default_factory=list,
            max_length=100,
            description="The answers and documents that the person may see; nothing else is shown.",
        )
        recommendations: list[Recommendation] = Field(
            default=USUAL, min_length=2, max_length=8, description="What can be recommended."
        )
        file: bool = Field(default=False, description="Whether a file may be added.")
        language: Language | None = Field(default=None, description="By default that of the case.")
        due: Span
        remind: Span | None = Field(default=None, description="So long before the end they are reminded.")
        next: StepKey
        on_timeout: StepKey | None = None
        on_no_address: StepKey | None = Field(
            default=None, description="Where the case goes when the rule gives no address."
        )

        @model_validator(mode="after")
        def _somebody_is_asked(self) -> Self:
            if (self.address is None) is (self.address_rule is None):
                raise ValueError("Say who is asked: an address, or a rule that gives one.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        edges = [Edge("next", options.next, "next", ("next",))]
        if options.on_timeout is not None:
            edges.append(Edge("timeout", options.on_timeout, "timeout", ("on_timeout",), NO_ANSWER))
        if options.on_no_address is not None:
            edges.append(Edge("no_address", options.on_no_address, "branch", ("on_no_address",), NO_ADDRESS))
        return edges

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        return {"recommendation": "text", "text": "text"}

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> OpinionStep:
        return OpinionStep(options, cls, blueprint)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.due

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if not options.title:
            problems.at("title").mend("missing", "This step needs a title: staff and applicants read it.")
        if options.address_rule:
            around.check_rule(options.address_rule, problems.at("address_rule"), "text")
            if options.on_no_address is None:
                sentence = "Say where the case goes when the rule gives no address (on_no_address)."
                problems.at("on_no_address").mend("missing", sentence)
        _check_shown(options, around, problems.at("fields"))
        _check_doubled(options, problems.at("recommendations"))


def _check_shown(options: Any, around: Surroundings, problems: Problems) -> None:
    """What is shown outside must be asked, and must not be sensitive."""
    answers = around.schema.roots["answers"]
    for number, key in enumerate(options.fields):
        if key not in answers.fields:
            problems.at(number).mend("unknown_field", f'The application has no question "{key}".')
        elif around.sensitive_among([f"answers.{key}"]):
            sentence = f'"{key}" is sensitive, so it is not shown to anybody outside.'
            problems.at(number).mend("sensitive", sentence)


def _check_doubled(options: Any, problems: Problems) -> None:
    seen: set[str] = set()
    for number, each in enumerate(options.recommendations):
        if each.key in seen:
            problems.at(number, "key").mend("doubled", f'The outcome "{each.key}" is there twice.')
        seen.add(each.key)
