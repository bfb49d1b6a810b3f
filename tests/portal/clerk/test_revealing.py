"""Showing what is hidden."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import User
from tests.portal.clerk.conftest import NATIONAL_ID
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SHOWN = "8802 0211 4471"


def test_an_answer_is_shown_once_and_that_is_recorded(case: Case, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    address = f"/work/cases/{case.reference}/show/"
    answer = client.post(address, {"_field": "applicant_national_id", "_list": "view=team"})
    assert answer.status_code == 200
    assert SHOWN in answer.content.decode()
    assert answer["Cache-Control"].startswith("max-age=0")
    entry = AuditEntry.objects.get(verb="personal_data.read")
    assert (entry.actor, entry.chain) == (clerk, case.chain)
    assert json.loads(entry.details) == {"fields": ["applicant_national_id"]}
    again = client.get(f"/work/cases/{case.reference}/").content.decode()
    assert SHOWN not in again
    assert NATIONAL_ID not in again


@pytest.mark.parametrize("field", ["", "no_such_field", "\x00", "a" * 300, "applicant_name'--"])
def test_a_field_that_does_not_exist_shows_nothing(
    field: str, case: Case, clerk: User, sign_in: SignIn
) -> None:
    answer = sign_in(clerk).post(f"/work/cases/{case.reference}/show/", {"_field": field})
    assert answer.status_code == 200
    assert SHOWN not in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="personal_data.read").exists()


def test_an_auditor_is_refused(case: Case, auditor: User, sign_in: SignIn) -> None:
    answer = sign_in(auditor).post(f"/work/cases/{case.reference}/show/", {"_field": "applicant_national_id"})
    assert answer.status_code == 403
    assert SHOWN not in answer.content.decode()
