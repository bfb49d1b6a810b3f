"""Where somebody was going when they were asked to sign in: the page is dressed as that service."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import get_language

from engine.departments.models import Department
from workflows.selectors.catalogue import service_at

ADDRESS = re.compile(r"/(?:apply/)?([a-z0-9-]{1,60})/(?:([a-z0-9-]{1,80})/)?(?:\?.*)?")


@dataclass(frozen=True)
class Goal:
    """A department, and the service of it where one is meant; empty texts for anything else."""

    department: Department | None = None
    service: str = ""
    address: str = ""


def goal_of(path: str) -> Goal:
    """What a path on this site leads to; only what anybody may read is named."""
    found = ADDRESS.fullmatch(path or "")
    if found is None:
        return Goal()
    department = Department.objects.filter(key=found[1]).first()
    line = (
        service_at(department, found[2], language=get_language() or "en") if department and found[2] else None
    )
    return Goal(department, line.title, line.path) if line else Goal(department)
