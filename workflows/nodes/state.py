"""A state of the case: what the applicant reads, and who may do what in it."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.hints import EarlierStep, FormKey, StepKey
from workflows.node_type import (
    Action,
    Blueprint,
    Edge,
    Family,
    NodeOptions,
    NodeType,
    Outcome,
    Surroundings,
    node_types,
)
from workflows.parts import APPLICANT, Origin, Who
from workflows.state_checks import action_edges, check_actions, check_state
from workflows.state_step import TIMEOUT, StateStep
from workflows.tokens import Move

NO_ANSWER = Text({"en": "Time is over", "fr": "Délai écoulé", "ar": "انتهت المهلة"})
FAMILIES: dict[str, Family] = {"staff": "person", "applicant": "applicant", "system": "system"}
ICONS = {"staff": "user-check", "applicant": "user-round-pen", "system": "cog"}


@node_types.register
class State(NodeType):
    """A state of the case: what the applicant reads, and who may do what in it."""

    key = "state"
    label = Text({"en": "State", "fr": "État", "ar": "حالة"})
    family = "person"
    icon = "user-check"
    bpmn_element = "userTask"
    waits = True
    has_deadlines = True
    may_stay_unreached = True
    accepts = [
        {
            "key": "filed",
            "type": "state",
            "title": "Filed",
            "status_text": "We look at your complaint",
            "due": {"working_days": 3},
            "actions": [
                {"key": "assign", "label": "Assign", "roles": ["officer", "deputy"], "next": "assigned"},
                {"key": "comment", "label": "Comment", "roles": ["applicant", "officer"], "next": "filed"},
            ],
        },
        {
            "key": "refused",
            "type": "state",
            "final": "refused",
            "actions": [{"key": "reopen", "label": "Reopen", "roles": ["applicant"], "next": "filed"}],
        },
        {
            "key": "unpaid",
            "type": "state",
            "turn": "applicant",
            "shown_as": "waiting_for_payment",
            "stops_clock": True,
            "due": {"days": 9},
            "on_timeout": "expired",
            "actions": [
                {"key": "pay", "label": "Pay", "roles": ["applicant", "payments"], "next": "paid"},
            ],
        },
        {"key": "closed", "type": "state", "final": "approved"},
    ]
    rejects = [
        {"key": "filed", "type": "state", "actions": [{"key": "assign", "label": "Assign", "next": "done"}]},
        {"key": "filed", "type": "state", "actions": [], "on_timeout": "expired"},
        {"key": "filed", "type": "state", "final": "perhaps"},
        {"key": "closed", "type": "state", "final": "approved", "due": {"days": 1}},
        {"key": "closed", "type": "state", "final": "approved", "begins": True},
    ]

    class Options(NodeOptions):
        """What can be done, by whom and by when; an outcome where the case counts as finished."""

        type: Literal["state"]
        actions: list[Action] = Field(default_factory=list, max_length=60)
        final: Literal["approved", "refused", "withdrawn", "expired"] | None = Field(
            default=None, description="The case has ended here; its actions can still be taken."
        )
        turn: Who | None = Field(
            default=None, description="Whose turn it is; the applicant's if they can bring the case on."
        )
        shown_as: Literal["being_checked", "waiting_for_you", "waiting_for_payment"] | None = Field(
            default=None, description="The status that the applicant sees; otherwise as whose turn it is."
        )
        due: Span | None = None
        on_timeout: StepKey | None = Field(
            default=None, description="Where the case goes when the time is over; otherwise it stays."
        )
        stops_clock: bool = Field(
            default=False, description="The time to decide the case stands still while it is here."
        )
        begins: bool = Field(default=False, description="Staff who may act here may also open cases here.")
        not_by: list[EarlierStep] = Field(
            default_factory=list, description="Who did these steps may not act here."
        )
        form: FormKey | None = None
        origin: Origin | None = None

        @model_validator(mode="after")
        def _what_fits_together(self) -> Self:
            if self.on_timeout is not None and self.due is None:
                raise ValueError("Say how long a case may stay (due), because on_timeout depends on it.")
            if self.final is not None and (self.due or self.stops_clock or self.begins):
                raise ValueError("A case has ended here: it has no time (due, stops_clock), and none begins.")
            return self

        @property
        def whose_turn(self) -> Who:
            """Who is to bring the case on."""
            onwards = [action for action in self.actions if action.next != self.key]
            asked = any(APPLICANT in action.roles for action in onwards)
            return self.turn or ("applicant" if asked else "staff")

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        edges = action_edges(options.actions)
        if options.on_timeout is not None:
            edges.append(Edge(TIMEOUT, options.on_timeout, "timeout", ("on_timeout",), NO_ANSWER))
        return edges

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> StateStep:
        return StateStep(options, cls, blueprint, options.whose_turn)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_actions(options.actions, around, problems)
        check_state(options, around, problems)

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        return list(options.actions)

    @classmethod
    def actions(cls, options: Options) -> list[Action]:
        return options.actions

    @classmethod
    def roles(cls, options: Options) -> list[str]:
        return [role for action in options.actions for role in action.roles]

    @classmethod
    def form(cls, options: Options) -> str | None:
        return options.form

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        ends = [Move(ends_case=True)] if options.final is not None else []
        return [*ends, *(Move((edge.to,)) for edge in cls.targets(options))] or [Move()]

    @classmethod
    def may_begin(cls, options: Options) -> bool:
        return options.begins

    @classmethod
    def opened_by_staff(cls, options: Options) -> bool:
        return options.begins

    @classmethod
    def family_of(cls, options: Any) -> Family:
        return "end" if options.final is not None else FAMILIES[options.whose_turn]

    @classmethod
    def drawn_icon(cls, options: Options) -> str:
        if options.final is not None:
            return "check" if options.final == "approved" else "ban"
        return ICONS[options.whose_turn]

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.due
