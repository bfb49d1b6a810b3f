"""Exports for a spreadsheet."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import User
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_view_and_a_case_are_exported_and_recorded(case: Case, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    queue = client.post("/work/export/", {"_list": "view=team&step=check"})
    assert queue["Content-Type"] == "text/csv; charset=utf-8"
    assert queue["Content-Disposition"] == 'attachment; filename="queue-team.csv"'
    assert queue.content.decode().startswith("\ufeffreference,")
    assert case.reference in queue.content.decode()
    one = client.post(f"/work/cases/{case.reference}/export/").content.decode()
    assert "Green Basket Ltd" in one
    assert "880202114471" not in one
    assert AuditEntry.objects.filter(verb="case.exported", actor=clerk).count() == 2


def test_filters_hold_for_the_export_too(case: Case, clerk: User, sign_in: SignIn) -> None:
    text = sign_in(clerk).post("/work/export/", {"_list": "view=late"}).content.decode()
    assert case.reference not in text


def test_an_auditor_exports_nothing(case: Case, auditor: User, sign_in: SignIn) -> None:
    client = sign_in(auditor)
    assert client.post("/work/export/").status_code == 403
    assert client.post(f"/work/cases/{case.reference}/export/").status_code == 403
