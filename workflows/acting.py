"""Who may take an action where a case stands: by its roles, as staff, as the applicant or as a system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from engine.departments.models import User
from workflows.node_type import Action
from workflows.parts import Who
from workflows.roles import may_do

Roles = Callable[[str], Who | None]


@dataclass(frozen=True)
class System:
    """Another system, by its role in the service; whoever lets it in has made sure that it is this one."""

    role: str


Actor = User | System


def acts_as(by: Actor | AnonymousUser, action: Action, case: Any, who: Roles) -> Who | None:
    """As what somebody may take an action; None where none of its roles is theirs."""
    for role in action.roles:
        capacity = who(role)
        if capacity == "system" and isinstance(by, System) and by.role == role:
            return capacity
        if isinstance(by, System):
            continue
        if capacity == "applicant" and by.pk is not None and by.pk == case.applicant_id:
            return capacity
        if capacity == "staff" and may_do(by, role, case.department_id):
            return capacity
    return None
