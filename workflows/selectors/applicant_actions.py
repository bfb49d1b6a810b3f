"""What the applicant may do where their case stands: one button for each action of the state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.models import Case, WorkKind
from workflows.node_type import node_types
from workflows.parts import APPLICANT
from workflows.selectors.actions import Choice, choice_of
from workflows.selectors.versions import Version, version_of


@dataclass(frozen=True)
class MyActions:
    """The actions of a state that its applicant may take; none where they may take none."""

    item_id: int = 0
    title: str = ""  # how the applicant reads the state
    is_my_turn: bool = False
    until: datetime | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def asks_reason(self) -> str:
        """How far the applicant is asked why."""
        asked = {choice.reason for choice in self.choices}
        return next((word for word in ("required", "optional") if word in asked), "")


def my_actions(case: Case, items: Sequence[Any], language: str) -> MyActions:
    """What the applicant may do now; every verb checks it again."""
    version = version_of(case.version_id)
    for item in items:
        options = version.node(item.node_key) if item.finished is None else None
        if options is None or not (choices := _choices(version, options, language)):
            continue
        text = options.status_text or options.title
        mine = item.kind == WorkKind.APPLICANT
        return MyActions(item.pk, text.in_(language), mine, item.due_at if mine else None, choices)
    return MyActions()


def stands_in_state(case: Case, item: Any) -> bool:
    """Whether the item is a stay in a state, where nothing is corrected but actions are taken."""
    options = version_of(case.version_id).node(item.node_key)
    return options is not None and bool(node_types[options.type].actions(options))


def _choices(version: Version, options: Any, language: str) -> tuple[Choice, ...]:
    who = version.package.who
    return tuple(
        choice_of(version, action, language)
        for action in node_types[options.type].actions(options)
        if any(who(role) == APPLICANT for role in action.roles)
    )
