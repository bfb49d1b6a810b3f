"""Exports of answers: masked by right, recorded, no formula, and ten thousand as lightly as ten."""

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import jsonschema
import openpyxl
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused, role_group
from engine.departments.models import Department, User
from engine.departments.roles import ROLE_PERMISSIONS, Role
from forms_library.schemas import answers_schema
from workflows.models import Case, Service
from workflows.selectors.versions import version_of
from workflows.services import export_answers, export_case_answers, import_package, publish

pytestmark = pytest.mark.django_db
SECRET = "880202114471"


def field(key: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": key, "data_class": "public", "required": False, **more}


PETS = field("pets", "repeating_group", options={"fields": [field("kind")]})
ILLNESS = field("illness", data_class="sensitive")
PEOPLE = {
    "format": 1,
    "key": "household",
    "title": "Register a household",
    "languages": ["en"],
    "reference_prefix": "HSH",
    "forms": {
        "application": {
            "title": "Household",
            "pages": [
                {
                    "key": "people",
                    "title": "People",
                    "fields": [
                        field("street"),
                        field(
                            "people", "repeating_group", options={"fields": [field("first"), ILLNESS, PETS]}
                        ),
                    ],
                }
            ],
        }
    },
    "workflow": {
        "decide_within": {"working_days": 5},
        "start": "applied",
        "nodes": [
            {"key": "applied", "type": "start", "form": "application", "next": "check"},
            {
                "key": "check",
                "type": "user_task",
                "title": "Check",
                "role": "clerk",
                "outcomes": [{"key": "ok", "label": "OK", "next": "done"}],
            },
            {"key": "done", "type": "end", "outcome": "approved"},
        ],
    },
}
ANSWERS = {
    "street": "Mill Lane",
    "people": [
        {"first": "=HYPERLINK(1)", "illness": "asthma", "pets": [{"kind": "cat"}, {"kind": "dog"}]},
        {"first": "Sami"},
    ],
}


@pytest.fixture
def household(apply: Callable[..., Case], citizen: User, licensing: Department, founder: User) -> Case:
    report = import_package(source=PEOPLE, department=licensing, by=founder)
    publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return apply(citizen, report.service, ANSWERS)


def sent(made: Any) -> bytes:
    return b"".join(made.parts)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_case_is_exported_without_personal_data(licence_case: Case, clerk: User) -> None:
    data = sent(export_case_answers(clerk, licence_case.reference, kind="csv"))
    (row,) = rows(data)
    assert row["reference"] == licence_case.reference
    assert row["answers.business_name"] == "Green Basket Ltd"
    assert b"Leila" not in data
    assert SECRET not in data.decode()
    assert AuditEntry.objects.filter(verb="case.exported", actor=clerk).count() == 1
    assert not AuditEntry.objects.filter(verb="personal_data.read").exists()


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "pdf"])
def test_who_may_show_personal_data_gets_it_in_full_and_that_is_recorded(
    licence_case: Case, clerk: User, kind: str
) -> None:
    made = export_case_answers(clerk, licence_case.reference, kind=kind, in_full=True)
    entry = AuditEntry.objects.get(verb="personal_data.read", actor=clerk)
    assert "applicant_national_id" in entry.details
    assert SECRET not in entry.details
    if kind in ("csv", "json"):
        assert SECRET in sent(made).decode()
    if kind == "pdf":
        assert len(pikepdf.open(io.BytesIO(sent(made))).pages) >= 1


def test_without_the_right_nobody_gets_more_than_masked(
    licence_case: Case, clerk: User, licensing: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = frozenset(right for right in ROLE_PERMISSIONS[Role.CLERK] if right != "see_personal_data")
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.CLERK, without)  # type: ignore[index]
    role_group(Role.CLERK, licensing)
    clerk = User.objects.get(pk=clerk.pk)
    assert b"Leila" not in sent(export_case_answers(clerk, licence_case.reference, kind="json"))
    for verb in (
        lambda: export_case_answers(clerk, licence_case.reference, kind="csv", in_full=True),
        lambda: export_answers(clerk, licence_case.service, kind="csv", in_full=True),
    ):
        with pytest.raises(AccessRefused):
            verb()
    assert AuditEntry.objects.filter(verb="personal_data.read").count() == 0


def test_full_answers_fit_the_published_schema(household: Case, licence_case: Case, clerk: User) -> None:
    for case in (household, licence_case):
        (found,) = json.loads(sent(export_answers(clerk, case.service, kind="json", in_full=True)))
        jsonschema.validate(found["answers"], answers_schema(version_of(case.version_id).start_form))
        assert found["answers"] == Case.objects.get(pk=case.pk).answers


def test_rows_of_a_repeating_group_stand_in_their_own_sheet(household: Case, clerk: User) -> None:
    data = sent(export_answers(clerk, household.service, kind="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Cases", "people", "people.pets"]
    people = [[cell.value for cell in row] for row in book["people"].iter_rows()]
    assert people[0] == ["reference", "row", "first", "illness"]
    assert people[1] == [household.reference, "1", "=HYPERLINK(1)", "•••• ••••"]
    assert people[2] == [household.reference, "2", "Sami", None]
    assert book["people"]["C2"].data_type == "s"  # a text, not a formula
    pets = [[cell.value for cell in row] for row in book["people.pets"].iter_rows(min_row=2)]
    assert pets == [[household.reference, "1.1", "cat"], [household.reference, "1.2", "dog"]]


def test_in_csv_the_rows_are_one_cell_and_nothing_runs(
    household: Case, apply: Callable[..., Case], citizen: User, clerk: User
) -> None:
    apply(citizen, household.service, {**ANSWERS, "street": "@SUM(A1)"})
    first, second = rows(sent(export_answers(clerk, household.service, kind="csv")))
    assert first["answers.people"] == "2"
    assert json.loads(first["answers.people_rows"])[0]["illness"] == "•••• ••••"
    assert "asthma" not in str(first)
    assert second["answers.street"] == "'@SUM(A1)"


def test_a_list_is_of_one_service_in_one_state(
    household: Case, licence_case: Case, clerk: User, auditor: User, citizen: User, foreign_clerk: User
) -> None:
    (row,) = rows(sent(export_answers(clerk, household.service, kind="csv", state="sent")))
    assert row["reference"] == household.reference
    assert rows(sent(export_answers(clerk, household.service, kind="csv", state="approved"))) == []
    assert json.loads(sent(export_answers(clerk, household.service, kind="json", state="approved"))) == []
    for user in (auditor, citizen, foreign_clerk):
        with pytest.raises(AccessRefused):
            export_answers(user, household.service, kind="csv")


def many(case: Case, number: int) -> None:
    """More cases, written beside the engine: it is the reading that is measured."""
    made = []
    for index in range(number):
        each = Case(
            pk=100_000_000 + index,
            flow_class=case.flow_class,
            reference=f"HSH-2027-{index:06d}",
            service=case.service,
            version=case.version,
            department_id=case.department_id,
            applicant_id=case.applicant_id,
            language="en",
            submitted_at=case.submitted_at,
        )
        each.keep_answers(ANSWERS)
        made.append(each)
    Case.objects.bulk_create(made, batch_size=500)


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_many_cases_need_few_queries_and_little_memory(household: Case, clerk: User, kind: str) -> None:
    many(household, 3_000)
    made = export_answers(clerk, Service.objects.get(pk=household.service_id), kind=kind)
    tracemalloc.start()
    with CaptureQueriesContext(connection) as seen:
        size = sum(len(part) for part in made.parts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 50_000
    assert len(seen) <= 3_001 // 500 + 2
    assert peak < 30_000_000
