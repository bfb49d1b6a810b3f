"""Exports of a queue."""

import csv
import io

import pytest

from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Case
from workflows.selectors.queue_filters import QueueFilters
from workflows.services import export_queue

pytestmark = pytest.mark.django_db


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


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
