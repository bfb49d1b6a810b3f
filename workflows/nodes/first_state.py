"""The first state: a case begins by the first action in it."""

from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import FormKey
from workflows.models import WorkKind
from workflows.node_type import (
    Action,
    Blueprint,
    Edge,
    NodeOptions,
    NodeType,
    Outcome,
    Surroundings,
    node_types,
)
from workflows.parts import Origin
from workflows.start_step import StartStep
from workflows.state_checks import action_edges, check_actions


@node_types.register
class FirstState(NodeType):
    """The first state: a case begins by the first action in it."""

    key = "first_state"
    label = Text({"en": "First action", "fr": "Première action", "ar": "الإجراء الأول"})
    family = "start"
    icon = "send"
    bpmn_element = "startEvent"
    begins = "application"
    accepts = [
        {
            "key": "begin",
            "type": "first_state",
            "form": "complaint",
            "actions": [
                {"key": "apply", "label": "Send", "roles": ["applicant"], "next": "filed"},
                {"key": "take", "label": "Take down", "roles": ["officer"], "next": "assigned"},
            ],
        }
    ]
    rejects = [
        {"key": "begin", "type": "first_state", "form": "complaint", "actions": []},
        {"key": "begin", "type": "first_state", "form": "complaint", "next": "filed"},
        {
            "key": "begin",
            "type": "first_state",
            "actions": [{"key": "apply", "label": "Send", "roles": ["applicant"], "next": "filed"}],
        },
    ]

    class Options(NodeOptions):
        """The form that is filled in, and the actions that send it, each for whoever may begin so."""

        type: Literal["first_state"]
        form: FormKey
        actions: list[Action] = Field(min_length=1, max_length=60)
        origin: Origin | None = None

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return action_edges(options.actions)

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> StartStep:
        return StartStep(options, cls, WorkKind.APPLICANT)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_actions(options.actions, around, problems)
        if options.form not in around.forms:
            problems.at("form").mend("unknown_form", f'There is no form "{options.form}" in this package.')
        for number, action in enumerate(options.actions):
            if action.reason == "required":
                sentence = "What is asked before a case begins is asked in its form."
                problems.at("actions", number).mend("asked_in_form", sentence)

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        return list(options.actions)

    @classmethod
    def actions(cls, options: Any) -> list[Action]:
        found: list[Action] = options.actions
        return found

    @classmethod
    def roles(cls, options: Options) -> list[str]:
        return [role for action in options.actions for role in action.roles]

    @classmethod
    def opened_by_staff(cls, options: Options) -> bool:
        return True
