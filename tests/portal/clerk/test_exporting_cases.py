"""Cases as files, through the browser."""

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
