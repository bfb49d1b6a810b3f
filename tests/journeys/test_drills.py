"""Many at once on one queue; a double click, the back button, two tabs; a session that ends while typing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from engine.audit.chain import check
from engine.audit.models import AuditEntry
from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.messages.models import OutboxMessage
from tests.chromium import DESKTOP, PHONE, wait_until_there
from tests.journeys import licence
from tests.journeys.cases import applied_for_extracts, filled_extract
from tests.journeys.conftest import Visitor
from workflows import services
from workflows.models import Case, Draft, WorkItem
from workflows.services.refusals import WorkRefused

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS, ITEMS, TABS = 32, 120, 8
LEILA = "leila.haddad@example.org"


def test_thirty_two_clerks_on_one_queue_decide_each_item_once(town: dict[str, User]) -> None:
    references = applied_for_extracts(town, ITEMS)
    department = Department.objects.get(key="registry")
    clerks = [new_clerk(number, department) for number in range(CLERKS)]
    keys = list(WorkItem.objects.filter(node_key="compare").values_list("pk", flat=True))
    start, decided = Barrier(CLERKS), Counter[int]()

    def work(number: int) -> list[int]:
        """Half take the next, as told; the other half grab whatever they see."""
        try:
            start.wait()
            return in_order(clerks[number]) if number % 2 else in_any_order(clerks[number], keys, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        for mine in pool.map(work, range(CLERKS)):
            decided.update(mine)
    assert decided == Counter(keys)
    assert set(WorkItem.objects.filter(pk__in=keys).values_list("outcome", "status")) == {("approve", "DONE")}
    written = AuditEntry.objects.filter(verb="work.decided", chain__in=[f"case:{ref}" for ref in references])
    assert written.count() == written.values("chain").distinct().count() == ITEMS
    followed = WorkItem.objects.filter(node_key="extract")
    assert followed.count() == followed.values("process").distinct().count() == ITEMS
    assert OutboxMessage.objects.filter(topic="workflow.job").count() == ITEMS
    assert check().breaks == []


def new_clerk(number: int, department: Department) -> User:
    """One more clerk."""
    clerk = User.objects.create(email=f"clerk{number}@registry.example", name=f"Clerk {number}")
    grant_role(clerk, Role.CLERK, department)
    return clerk


def in_order(clerk: User) -> list[int]:
    """Take the next and decide it, until nothing is left."""
    mine: list[int] = []
    while (item := services.claim_next(by=clerk)) is not None:
        mine += tried(item.pk, clerk)
    return mine


def in_any_order(clerk: User, keys: list[int], seed: int) -> list[int]:
    """Try every item, each in an order of their own; most are taken or decided already."""
    shuffled = random.Random(seed).sample(keys, len(keys))
    return [found for key in shuffled for found in tried(key, clerk)]


def tried(key: int, clerk: User) -> list[int]:
    """The item when it was this clerk who decided it; refusals are the only thing that may happen instead."""
    try:
        services.claim(item_id=key, by=clerk)
        services.decide(item_id=key, by=clerk, outcome="approve")
    except WorkRefused:
        return []
    return [key]


def test_eight_tabs_that_press_send_at_the_same_moment_make_one_case(town: dict[str, User]) -> None:
    draft = filled_extract(town[LEILA])
    client, start = Client(), Barrier(TABS)
    client.force_login(draft.owner, backend="allauth.account.auth_backends.AuthenticationBackend")

    def press(_number: int) -> tuple[int, str]:
        tab = Client()
        tab.cookies = client.cookies
        try:
            start.wait()
            answer = tab.post(f"/apply/d/{draft.pk}/check/", {"revision": draft.revision})
            return answer.status_code, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        answers = set(pool.map(press, range(TABS)))
    assert len(answers) == 1, answers
    assert answers.pop()[0] == 302
    assert Case.objects.count() == 1
    assert AuditEntry.objects.filter(verb="case.sent").count() == 1


@pytest.mark.browser
def test_a_session_that_ends_while_somebody_types_loses_nothing(
    visit: Callable[..., Visitor], town: dict[str, User]
) -> None:
    citizen = visit(PHONE)
    started(citizen)
    licence.about_you(citizen)
    citizen.page.locator("#business_name").fill("Harbour Kitchen")
    citizen.page.get_by_label("I trade on my own").check()
    Session.objects.all().delete()
    citizen.page.locator("#people_working").fill("3")
    citizen.press("Continue")
    citizen.look("sign-in-again")
    citizen.sign_in(LEILA)
    citizen.look("question-kept")
    assert citizen.page.locator("#business_name").input_value() == "Harbour Kitchen"
    assert citizen.page.locator("#people_working").input_value() == "3"
    assert citizen.page.get_by_label("I trade on my own").is_checked()
    citizen.press("Continue")
    assert citizen.page.locator("#premises-line_1").count() == 1
    assert Draft.objects.get().answers["business_name"] == "Harbour Kitchen"


@pytest.mark.browser
def test_a_double_click_the_back_button_and_a_second_tab_make_one_case(
    visit: Callable[..., Visitor], town: dict[str, User]
) -> None:
    draft, citizen = filled_extract(town[LEILA]), visit(DESKTOP)
    citizen.sign_in(draft.owner.email)
    citizen.go(f"/apply/d/{draft.pk}/check/?lang=en")
    second = Visitor(citizen.page.context.new_page(), citizen.base, checked=True)
    second.go(f"/apply/d/{draft.pk}/check/")
    citizen.page.get_by_role("button", name="Send application").dblclick()
    citizen.page.wait_for_url("**/sent/")
    reference = citizen.page.locator(".cw-panel .cw-ref").inner_text().strip()
    second.press("Send application")
    second.page.wait_for_url("**/sent/")
    assert second.page.locator(".cw-panel .cw-ref").inner_text().strip() == reference
    citizen.page.go_back()
    wait_until_there(citizen.page)
    if citizen.page.get_by_role("button", name="Send application").count():
        citizen.press("Send application")
    assert citizen.page.get_by_text(reference).count()
    citizen.page.goto(f"{citizen.base}/apply/d/{draft.pk}/about_you/")
    assert citizen.page.get_by_text(reference).count()
    assert list(Case.objects.values_list("reference", flat=True)) == [reference]


def started(citizen: Visitor) -> None:
    """At the first question of the trade licence."""
    citizen.sign_in(LEILA)
    citizen.go("/licensing/trade-licence/?lang=en")
    citizen.press("Start now")
