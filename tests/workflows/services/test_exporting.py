"""Exports: recorded, masked, and no formula in a spreadsheet."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Case, Service
from workflows.selectors.queue_filters import QueueFilters
from workflows.services import export_case, export_queue

pytestmark = pytest.mark.django_db


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_case_is_exported_without_personal_data(licence_case: Case, clerk: User) -> None:
    text = export_case(clerk, licence_case.reference)
    (row,) = table(text)
    assert row["reference"] == licence_case.reference
    assert row["answers.business_name"] == "Green Basket Ltd"
    assert "Leila" not in text
    assert "8802" not in text
    assert AuditEntry.objects.filter(verb="case.exported", actor=clerk).count() == 1


def test_the_queue_is_exported_for_the_own_department(
    licence_case: Case, extract_case: Case, clerk: User, auditor: User, citizen: User
) -> None:
    (row,) = table(export_queue(clerk, view="team", filters=QueueFilters()))
    assert (row["reference"], row["step"]) == (licence_case.reference, "Check documents")
    elsewhere = QueueFilters(departments=(extract_case.department_id,))
    assert table(export_queue(clerk, view="team", filters=elsewhere)) == []
    for user in (auditor, citizen):
        with pytest.raises(AccessRefused):
            export_queue(user, view="team", filters=QueueFilters())


def test_an_answer_that_looks_like_a_formula_stays_text(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any], clerk: User
) -> None:
    case = apply(citizen, licence, {**licence_answers, "business_name": "=HYPERLINK(1)"})
    (row,) = table(export_case(clerk, case.reference))
    assert row["answers.business_name"] == "'=HYPERLINK(1)"
