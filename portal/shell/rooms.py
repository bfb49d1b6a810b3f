"""The rooms of the staff side that a person has something to do in: what the head of every page leads to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.departments.access import departments_with
from engine.departments.models import User
from engine.departments.permissions import Permission

MANAGING = (Permission.DESIGN_SERVICE, Permission.PUBLISH_SERVICE, Permission.ADMINISTER_DEPARTMENT)


@dataclass(frozen=True)
class Rooms:
    """What stands in the head; a room without a right in it would only refuse."""

    cases: bool = False
    requests: bool = False
    services: bool = False
    people: bool = False


def rooms_of(user: object) -> Rooms:
    """The rooms of a person; read with their other rights, so the question costs nothing more."""
    if not isinstance(user, User):
        return Rooms()
    return Rooms(
        cases=bool(departments_with(user, Permission.VIEW_CASE)),
        requests=bool(departments_with(user, Permission.APPLY_INTERNAL)),
        services=any(departments_with(user, right) for right in MANAGING),
        people=bool(departments_with(user, Permission.ADMINISTER_DEPARTMENT)),
    )
