"""One thing done with several work items: each has its own result."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.core.text import Text
from engine.departments.models import Department, User
from workflows import services
from workflows.models import Case, CaseFlag, WorkItem

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ItemAt = Callable[[Case, str], int]


def test_several_work_items_are_given_back_and_the_others_are_named(
    case: Case, apply: Callable[..., Case], clerk: User, second_clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    other = apply()
    mine, theirs = item_at(case, "check"), item_at(other, "check")
    services.claim(item_id=mine, by=clerk)
    services.claim(item_id=theirs, by=second_clerk)
    client = sign_in(clerk)
    said = client.post("/work/release/", {"item": [mine, theirs]}, follow=True).text
    assert "1 work item is back in the queue." in said
    assert f"{other.reference}: A colleague has this work now." in said
    assert WorkItem.objects.get(pk=mine).owner is None
    assert WorkItem.objects.get(pk=theirs).owner == second_clerk
    again = client.post("/work/release/", {"item": [mine]}, follow=True).text
    assert "1 work item is back in the queue." in again
    assert "Select work items first." in client.post("/work/release/", {}, follow=True).text


def test_several_cases_are_flagged(
    case: Case,
    apply: Callable[..., Case],
    licensing: Department,
    administrator: User,
    clerk: User,
    item_at: ItemAt,
    sign_in: SignIn,
) -> None:
    flag, other = services.name_flag(department=licensing, label=Text("Urgent"), by=administrator), apply()
    client, items = sign_in(clerk), [item_at(case, "check"), item_at(other, "check")]
    assert "Urgent" in client.get("/work/").text
    said = client.post("/work/flag/", {"item": items, "_flag": flag.key}, follow=True).text
    assert "2 cases are flagged." in said
    assert CaseFlag.objects.filter(key=flag.key).count() == 2
    unknown = client.post("/work/flag/", {"item": items[:1], "_flag": "own-0"}, follow=True).text
    assert f"{case.reference}: This flag is not offered any more." in unknown


def test_an_auditor_is_told_per_case_and_a_stranger_changes_nothing_at_all(
    case: Case, clerk: User, auditor: User, foreign_clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    item = item_at(case, "check")
    services.claim(item_id=item, by=clerk)
    said = sign_in(auditor).post("/work/release/", {"item": [item]}, follow=True).text
    assert f"{case.reference}: you may not do this." in said
    assert sign_in(foreign_clerk).post("/work/release/", {"item": [item]}).status_code == 403
    assert WorkItem.objects.get(pk=item).owner == clerk
