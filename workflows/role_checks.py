"""What can be wrong with a role that a step names."""

from __future__ import annotations

from collections.abc import Collection

from engine.core.problems import Problems
from workflows.node_type import Surroundings
from workflows.parts import STAFF_ROLES, Who

STAFF: tuple[Who, ...] = ("staff",)
KINDS: dict[Who, str] = {
    "staff": "staff of the department",
    "applicant": "the applicant",
    "system": "another system",
}


def check_role(role: str, around: Surroundings, problems: Problems, allowed: Collection[Who] = STAFF) -> None:
    """Note a role that nobody made, or that cannot do this step."""
    who = around.who(role)
    if who is None:
        known = ", ".join(STAFF_ROLES)
        sentence = f'There is no role "{role}". Known are {known}, and those that the service makes (roles).'
        problems.mend("unknown_role", sentence)
    elif who not in allowed:
        problems.mend("wrong_role", f'The role "{role}" is {KINDS[who]}, who cannot do this.')
