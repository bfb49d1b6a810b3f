"""Beside the versions: which open cases of older ones can be moved, as far as plans have looked at them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import CaseClass, Service
from workflows.moving.telling import newest_plans, versions_with_cases


def moving_of(service: Service, by: User) -> dict[str, Any] | None:
    """The way to the plans and what the newest of each version counted; nothing for who may not move them."""
    if service.current is None or not may(by, Permission.ADMINISTER_DEPARTMENT, service.department_id):
        return None
    names = (service.department.key, service.key)
    plans = {move.source.number: (move, kinds) for move, kinds in newest_plans(by, service)}
    lines = []
    for number, cases in versions_with_cases(by, service):
        if not cases or number == service.current.number:
            continue
        line: dict[str, Any] = {"version": number, "cases": cases, "counted": None}
        line["href"] = reverse("designer:moves", args=names)
        if number in plans:
            move, kinds = plans[number]
            line["href"] = reverse("designer:move", args=(*names, move.pk))
            line["counted"] = {kind: kinds[kind] for kind in CaseClass.values} if kinds else None
        lines.append(line)
    return {"live": service.current.number, "href": reverse("designer:moves", args=names), "lines": lines}
