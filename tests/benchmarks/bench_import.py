"""Importing a folder of foreign forms: each becomes a checked package and the working copy of a service."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.benchmarks.table import Row
from workflows.services.foreign_forms import import_foreign_form

FORMS = Path(__file__).resolve().parents[3] / "shared" / "cases" / "xgov-fsd"
LIMIT_S = 60


def run(quick: bool) -> list[Row]:
    """One line; none where the forms are not beside the checkout."""
    files = [path.read_bytes() for path in sorted(FORMS.glob("**/*.json"))][: 20 if quick else None]
    if not files:
        return []
    department = Department.objects.create(
        key="import", title={"en": "Imports"}, languages=["en"], time_zone="Europe/Lisbon"
    )
    founder = User.objects.create(email="importer@example.org", name="Importer")
    grant_role(founder, Role.ADMINISTRATOR, department)
    logging.disable(logging.WARNING)
    wall, began = time.perf_counter(), time.process_time()
    for content in files:
        import_foreign_form(content=content, department=department, by=founder)
    took, passed = time.process_time() - began, time.perf_counter() - wall
    logging.disable(logging.NOTSET)
    began = time.process_time()
    for content in files:
        json.loads(content)
    floor = time.process_time() - began
    return [
        Row(
            id="import",
            what=f"{len(files)} forms of XGov imported, checked and kept as working copies",
            measured=f"{took:.1f} s CPU, {passed:.1f} s in all",
            floor=f"reading them as JSON {floor:.2f} s",
            ratio=f"{took / floor:.0f}x",
            target=f"< {LIMIT_S} s",
            met=took < LIMIT_S,
        )
    ]
