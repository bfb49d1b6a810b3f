"""Exports of queues and cases through the browser."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.departments.models import User
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/work/cases/export/"
SERVICE = {"service": "licensing/trade-licence"}


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


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "pdf"])
def test_a_case_comes_in_four_kinds(case: Case, clerk: User, sign_in: SignIn, kind: str) -> None:
    answer = sign_in(clerk).post(f"/work/cases/{case.reference}/export/", {"kind": kind})
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{case.reference}.{kind}"'
    assert b"880202114471" not in answer.content


def test_the_cases_of_a_service_are_sent_while_they_are_read(
    case: Case, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    answer = client.post(LIST, {**SERVICE, "kind": "json", "in_full": "yes"})
    assert answer.streaming
    (found,) = json.loads(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    assert found["answers"]["applicant_national_id"] == "880202114471"
    assert AuditEntry.objects.filter(verb="personal_data.read", actor=clerk).count() == 1
    page = client.get("/work/cases/").content.decode()
    assert 'value="licensing/trade-licence"' in page
    assert "this is recorded" in page


@pytest.mark.parametrize("sent", [{}, {"service": "x"}, {"service": "works/x"}, {"service": "\x00/'"}])
def test_a_service_that_is_not_theirs_is_not_found(
    case: Case, clerk: User, sign_in: SignIn, sent: dict[str, str]
) -> None:
    assert sign_in(clerk).post(LIST, sent).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "", "\x00", "../x"])
def test_a_kind_that_there_is_not_is_csv(case: Case, clerk: User, sign_in: SignIn, kind: str) -> None:
    answer = sign_in(clerk).post(LIST, {**SERVICE, "kind": kind, "state": "\x00"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_who_may_not_export_is_refused(
    case: Case, auditor: User, foreign_clerk: User, sign_in: SignIn
) -> None:
    assert sign_in(foreign_clerk).post(LIST, SERVICE).status_code == 404
    assert sign_in(auditor).post(LIST, SERVICE).status_code == 404
    assert "Export" not in sign_in(auditor).get("/work/cases/").content.decode()
