"""The page of repairs."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Page
from viewflow.workflow import STATUS

from engine.departments.models import User
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows.models import Case, CaseState, Deadline, WorkItem, WorkKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def fail(case: Case) -> int:
    """The certificate of the case could not be signed."""
    WorkItem.objects.filter(process=case, finished=None).update(status=STATUS.CANCELED, finished=now())
    item = WorkItem.objects.get(process=case, node_key="tell_received")
    data = {"error": "no_key", "failed_at": "2026-11-29T10:00:00+00:00"}
    lost = {"flow_task": case.flow_class.step("licence"), "node_key": "licence", "kind": WorkKind.SYSTEM}
    WorkItem.objects.filter(pk=item.pk).update(
        status=STATUS.ERROR, finished=None, attempts=6, data=data, **lost
    )
    return item.pk


def test_an_administrator_tries_a_failed_step_again_or_skips_it(
    case: Case, administrator: User, sign_in: SignIn
) -> None:
    client, item = sign_in(administrator), fail(case)
    assert "no_key" in client.get("/work/repairs/").text
    again = client.post(f"/work/items/{item}/retry/", follow=True).text
    assert f"{case.reference}: the step is tried again." in again
    assert "does not wait for a repair" in client.post(f"/work/items/{item}/retry/", follow=True).text
    WorkItem.objects.filter(pk=item).update(status=STATUS.ERROR)
    assert client.get(f"/work/items/{item}/skip/").status_code == 200
    assert client.post(f"/work/items/{item}/skip/", {"_reason": " "}).status_code == 422
    said = client.post(f"/work/items/{item}/skip/", {"_reason": "Told"}, follow=True).text
    assert f"{case.reference}: the step is skipped." in said


def test_answers_are_changed_by_who_may_not_read_them_and_the_record_tells(
    case: Case, administrator: User, clerk: User, sign_in: SignIn
) -> None:
    address = f"/work/cases/{case.reference}/answers/"
    client = sign_in(administrator)
    assert "This case can go on" in client.get(address, follow=True).text
    fail(case)
    assert address in client.get("/work/repairs/").text
    assert "Which answers are wrong?" in client.get(address).text
    chosen = {"_fields": ["business_name", "applicant_name"]}
    shown = client.post(address, chosen).text
    assert ('value="Green Basket Ltd"' in shown, "Leila" in shown, "shown empty" in shown) == (
        True,
        False,
        True,
    )
    typed = {**chosen, "_confirmed": "yes", "business_name": "Green Ltd", "applicant_name": "Lea Haddad"}
    assert client.post(address, typed).status_code == 422
    said = client.post(address, {**typed, "_reason": "Misread"}, follow=True).text
    assert f"{case.reference}: the answers are changed." in said
    record = sign_in(clerk).get(f"/work/cases/{case.reference}/history/").text
    assert "was “Green Basket Ltd”, is “Green Ltd”" in record
    assert "Lea Haddad" not in record
    assert sign_in(clerk).get(address).status_code == 403


def test_nobody_else_repairs(
    case: Case, clerk: User, supervisor: User, foreign_clerk: User, sign_in: SignIn
) -> None:
    item = fail(case)
    for stranger in (clerk, supervisor, foreign_clerk):
        client = sign_in(stranger)
        assert client.get("/work/repairs/").status_code == 403
        assert client.post(f"/work/items/{item}/retry/").status_code == 403
        assert client.post(f"/work/items/{item}/skip/", {"_reason": "x"}).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_can_be_used_on_a_phone_and_a_desktop(
    case: Case, administrator: User, open_as: Callable[..., Page]
) -> None:
    item = fail(case)
    late = {"case": case, "node_key": "late", "kind": "deadline", "due_at": now(), "attempts": 3}
    Deadline.objects.create(**late)
    for name, path in {
        "list": "repairs/",
        "skip": f"items/{item}/skip/",
        "answers": f"cases/{case.reference}/answers/",
    }.items():
        for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
            page = open_as(administrator, **options)
            page.goto(f"{page.url.split('/work/')[0]}/work/{path}")
            assert problems_on(page) == []
            assert not is_wider_than_the_window(page)
            keep_picture(page, f"repairs-{name}-{size}")


def test_a_case_without_its_workflow_is_shown_and_breaks_nothing(
    case: Case, administrator: User, clerk: User, foreign_clerk: User, sign_in: SignIn
) -> None:
    with connection.cursor() as cursor:
        for table, column, value in (
            ("workflows_case", "flow_class", "workflows/flows.S999_V9"),
            ("workflows_workitem", "flow_task", "workflows/flows.S999_V9.n_check"),
        ):
            key = "id" if table == "workflows_case" else "process_id"
            cursor.execute(f"UPDATE {table} SET {column}=%s WHERE {key}=%s", [value, case.pk])
    assert "cannot find the workflow" in sign_in(administrator).get("/work/repairs/").text
    for user, path in ((clerk, ""), (clerk, f"cases/{case.reference}/"), (administrator, "cases/")):
        answer = sign_in(user).get(f"/work/{path}")
        assert answer.status_code == 200, path
        assert case.reference in answer.text
    item = WorkItem.objects.filter(process=case, node_key="check").values_list("pk", flat=True).get()
    for user, path, status in (
        (clerk, f"items/{item}/claim/", 409),
        (administrator, f"items/{item}/retry/", 409),
        (foreign_clerk, f"items/{item}/claim/", 403),
    ):
        answer = sign_in(user).post(f"/work/{path}")
        assert (answer.status_code, "have the workflow of this case" in answer.text) == (
            status,
            status == 409,
        )


def test_each_case_that_needs_a_look_is_listed_with_what_to_do(
    case: Case, administrator: User, foreign_clerk: User, sign_in: SignIn
) -> None:
    open_work = WorkItem.objects.filter(process=case, node_key="check")
    open_work.update(role="surveyor")
    assert "that nobody in the department has: Surveyor" in sign_in(administrator).get("/work/repairs/").text
    open_work.update(kind=WorkKind.EVENT, data={"error": "not_there"})
    assert "came and does not fit (not_there)" in sign_in(administrator).get("/work/repairs/").text
    late = {"case": case, "node_key": "late", "kind": "deadline", "due_at": now(), "attempts": 3}
    Deadline.objects.create(**late)
    assert "fails again and again" in sign_in(administrator).get("/work/repairs/").text
    Case.objects.filter(pk=case.pk).update(state=CaseState.FAILED, finished=now())
    page = sign_in(administrator).get("/work/repairs/").text
    assert "could not be completed" in page
    assert f"/work/cases/{case.reference}/answers/" in page
    assert sign_in(foreign_clerk).get("/work/repairs/").status_code == 403
