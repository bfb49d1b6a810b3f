"""Actions as links, and what can be wrong with them and with their state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.core.problems import Problems
from workflows.node_type import Action, Edge, Surroundings
from workflows.parts import Who
from workflows.person_checks import check_not_by, check_staff_form
from workflows.role_checks import check_role

ANYBODY: tuple[Who, ...] = ("staff", "applicant", "system")


def action_edges(actions: Sequence[Action]) -> list[Edge]:
    """The ways that actions lead."""
    return [
        Edge(action.key, action.next, "outcome", ("actions", number, "next"), action.label)
        for number, action in enumerate(actions)
    ]


def check_actions(actions: Sequence[Action], around: Surroundings, problems: Problems) -> None:
    """Note actions without a name, with one key, or of roles that nobody made."""
    seen: set[str] = set()
    for number, action in enumerate(actions):
        at = problems.at("actions", number)
        if action.key in seen:
            at.at("key").mend("doubled", f'The action "{action.key}" is there twice.')
        seen.add(action.key)
        if not action.label:
            at.at("label").mend("missing", "This action needs a label: people press a button of this name.")
        for position, role in enumerate(action.roles):
            check_role(role, around, at.at("roles", position), ANYBODY)


def check_state(options: Any, around: Surroundings, problems: Problems) -> None:
    """Note a state that nobody can name, or in which nobody can act."""
    if not options.title:
        problems.at("title").mend("missing", "This state needs a title: staff see it in their queue.")
    check_staff_form(options, around, problems)
    check_not_by(options, around, problems)
    if options.final is not None:
        return
    onwards = [action for action in options.actions if action.next != options.key]
    acting = {around.who(role) for action in onwards for role in action.roles}
    if onwards and options.whose_turn not in acting:
        sentence = "Nobody whose turn it is here can bring the case on: look at turn, and at the roles."
        problems.at("turn").look("nobody", sentence)
