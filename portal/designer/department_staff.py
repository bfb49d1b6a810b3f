"""The people of a department as the editor shows them: who can do steps, who changes and who publishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.departments.access import holders_of
from engine.departments.models import Department, WorkRole
from engine.departments.permissions import Permission
from engine.departments.roles import ROLE_PERMISSIONS, Role
from engine.departments.work_roles import work_roles
from portal.designer.setting_texts import sayer
from workflows.alarms import OWNER
from workflows.parts import APPLICANT
from workflows.roles import RIGHT_FOR

Part = dict[str, Any]
MOST_NAMES = 12  # of a role; how many there are beyond is said


@dataclass(frozen=True)
class Staff:
    """The department, its own roles, and by the key of each role who has it."""

    department: Department
    own: list[WorkRole]
    holders: dict[str, dict[int, str]]

    def with_right(self, right: Permission) -> list[str]:
        """The names of the people who have a right by one of their roles."""
        given = [role for role in Role if right in ROLE_PERMISSIONS[role]]
        people = {pk: name for role in given for pk, name in self.holders.get(role.value, {}).items()}
        return sorted(people.values())


def staff_of(department: Department) -> Staff:
    """Who has which role in a department."""
    return Staff(department, work_roles(department), holders_of(department))


def roles(staff: Staff, language: str) -> list[Part]:
    """Who can do steps: by role, how many they are and the first names; those of the department last."""
    say = sayer(language)
    product = [_role(key, say(key.capitalize()), staff.with_right(right)) for key, right in RIGHT_FOR.items()]
    own = [
        {**_role(role.key, role.name(language), list(staff.holders[role.key].values())), "own": True}
        for role in staff.own
    ]
    return product + own


def _role(key: str, name: str, names: list[str]) -> Part:
    return {"key": key, "name": name, "people": len(names), "names": names[:MOST_NAMES]}


def parties(say: Callable[[str], str]) -> list[Part]:
    """Who else can be named where roles are: by the widgets that offer them."""
    return [
        {"key": APPLICANT, "name": say("The applicant"), "widgets": ["roles", "reader", "recipients"]},
        {"key": OWNER, "name": say("Who has taken the work"), "widgets": ["recipients"]},
    ]


def changing(staff: Staff) -> Part:
    """Who changes services and who publishes them, and how many colleagues approve that before."""
    return {
        "design": staff.with_right(Permission.DESIGN_SERVICE),
        "publish": staff.with_right(Permission.PUBLISH_SERVICE),
        "approvals": staff.department.publication_approvals,
    }
