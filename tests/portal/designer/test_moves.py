"""Moving open cases through the browser: a plan, what it would do, the cases, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.access import grant_role
from engine.departments.models import User
from engine.departments.roles import Role
from tests.chromium import DESKTOP, PHONE, faults_of, let_in
from workflows.models import Case, Service, VersionMove, WorkItem
from workflows.moving.batch import go_on
from workflows.services import import_package, publish
from workflows.starting import start_case

pytestmark = pytest.mark.django_db
SERVICE = "/manage/licensing/dog-licence/"
MOVES = SERVICE + "moves/"


@pytest.fixture
def head(administrator: User, licensing: Any) -> User:
    """Who administers and designs."""
    grant_role(administrator, Role.DESIGNER, licensing)
    grant_role(administrator, Role.PUBLISHER, licensing)
    return administrator


@pytest.fixture
def service(head: User, licensing: Any, package: str, citizen: User) -> Service:
    """A service with two versions, and open cases of the first: the check is gone in the second."""
    first = yaml.safe_load(package)
    report = import_package(source=first, department=licensing, by=head)
    publish(service=report.service, by=head)
    report.service.refresh_from_db()
    for number in range(30):
        start_case(
            report.service.current,
            applicant=citizen,
            reference=f"DOG-2026-{number:06d}",
            language="en",
            answers={"dog_name": "Rex"},
        )
    second = yaml.safe_load(package)
    check = second["workflow"]["nodes"][1]
    check |= {"key": "look", "title": "Look at the papers", "role": "supervisor"}
    second["workflow"]["nodes"][0]["next"] = "look"
    second["forms"]["application"]["pages"][0]["fields"].append(
        {"key": "chip", "type": "short_text", "label": "Chip number", "required": False}
    )
    import_package(source=second, department=licensing, by=head)
    publish(service=report.service, by=head)
    return report.service


@pytest.fixture
def signed_in(client: Client, head: User, service: Service) -> Client:
    client.force_login(head)
    return client


def made(client: Client) -> str:
    """The address of a plan from the first version to the second."""
    answer = client.post(MOVES, {"source": "1", "target": "2"})
    assert answer.status_code == 302
    return str(answer["Location"])


def beside_the_versions(client: Client) -> dict[str, Any]:
    """What the editor says about open cases of older versions."""
    (line,) = client.get(SERVICE + "design/versions/").json()["moving"]["lines"]
    found: dict[str, Any] = line
    return found


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_way_from_a_plan_to_moved_cases_and_back(signed_in: Client) -> None:
    assert "Move open cases" in text(signed_in, SERVICE)
    page = text(signed_in, MOVES)
    assert "Version 1: 30 open cases" in page
    assert beside_the_versions(signed_in) == {"version": 1, "cases": 30, "counted": None, "href": MOVES}
    plan = made(signed_in)
    assert beside_the_versions(signed_in)["href"] == plan
    page = text(signed_in, plan)
    assert "The new version has no such step." in page
    assert "Goes on at Look at the papers" in page
    signed_in.post(plan, {"step-check": "look"})
    move = VersionMove.objects.get()
    assert (move.steps, move.status) == ({"check": "look"}, "running")
    assert "0 of 30 open cases were looked at." in text(signed_in, plan)
    go_on(move.pk)
    assert "Move 30 cases" in text(signed_in, plan)
    assert beside_the_versions(signed_in)["counted"] == {"safe": 30, "needs": 0, "blocked": 0}
    signed_in.post(plan + "move/")
    go_on(move.pk)
    assert "30 cases are moved." in text(signed_in, plan)
    assert set(Case.objects.values_list("version__number", flat=True)) == {2}
    case = text(signed_in, "/work/cases/DOG-2026-000000/history/")
    assert "moved the case from version 1 to version 2" in case
    signed_in.post(plan + "back/")
    go_on(move.pk)
    assert "30 were brought back." in text(signed_in, plan)
    assert set(Case.objects.values_list("version__number", flat=True)) == {1}


def test_every_case_is_listed_with_its_reasons_a_page_at_a_time(signed_in: Client) -> None:
    plan = made(signed_in)
    signed_in.post(plan, {"step-check": ""})
    go_on(VersionMove.objects.get().pk)
    page = text(signed_in, plan + "cases/?class=needs")
    assert "DOG-2026-000000" in page
    assert "It waits at “Check”, and the plan does not say where that goes on in version 2." in page
    assert "DOG-2026-000025" not in page
    after = Case.objects.get(reference="DOG-2026-000024").pk
    assert f"after={after}" in page
    assert "DOG-2026-000025" in text(signed_in, f"{plan}cases/?class=needs&after={after}")
    assert "No case is in this list" in text(signed_in, plan + "cases/?class=safe")
    for odd in ("after=x", "after=99999999999999999999", "class=x", "fate=x"):
        text(signed_in, f"{plan}cases/?{odd}")


def test_the_list_of_cases_costs_the_same_however_many_there_are(
    signed_in: Client, django_assert_max_num_queries: Any
) -> None:
    plan = made(signed_in)
    signed_in.post(plan, {"step-check": "look"})
    go_on(VersionMove.objects.get().pk)
    with django_assert_max_num_queries(20):
        text(signed_in, plan + "cases/")


def test_what_cannot_be_done_is_said(signed_in: Client) -> None:
    answer = signed_in.post(MOVES, {"source": "1", "target": "1"})
    assert answer.status_code == 422
    assert "Choose two different versions." in answer.content.decode()
    assert signed_in.post(MOVES, {"source": "x", "target": "9" * 40}).status_code == 422
    plan = made(signed_in)
    for verb, sentence in {
        "move": "Look at the cases first.",
        "stop": "Nothing is being done with these cases now.",
        "back": "No case of this plan can be brought back.",
    }.items():
        said = signed_in.post(f"{plan}{verb}/", follow=True).content.decode()
        assert sentence in said
    said = signed_in.post(plan, {"step-check": "nowhere"}, follow=True).content.decode()
    assert "cannot go on where you chose" in said
    assert signed_in.post(plan + "explode/").status_code == 404
    assert signed_in.get(MOVES + "99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("who", ["designer", "publisher", "clerk", "supervisor", "foreign_clerk", "citizen"])
def test_nobody_else_comes_in(
    signed_in: Client, service: Service, request: pytest.FixtureRequest, who: str
) -> None:
    plan = made(signed_in)
    signed_in.force_login(request.getfixturevalue(who))
    for path in (MOVES, plan, plan + "cases/"):
        assert signed_in.get(path).status_code in (403, 404)
    for path in (MOVES, plan, *(f"{plan}{verb}/" for verb in ("look", "move", "stop", "resume", "back"))):
        assert signed_in.post(path, {"source": "1", "target": "2"}).status_code in (403, 404)
    assert VersionMove.objects.get().status == "planned"
    assert "Move open cases" not in signed_in.get(SERVICE).content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_problem_that_axe_knows(
    live_server: LiveServer,
    browse: Callable[..., Page],
    signed_in: Client,
    size: tuple[int, int],
    language: str,
) -> None:
    plan = made(signed_in)
    page, found = browse(size, language=language), {}
    let_in(page, signed_in, live_server.url, language=language)

    def look(name: str, path: str) -> None:
        page.goto(live_server.url + path)
        if faults := faults_of(page, f"move-{name}-{language}-{size[0]}"):
            found[name] = faults

    look("plans", MOVES)
    look("plan", plan)
    signed_in.post(plan, {"step-check": ""})
    look("running", plan)
    go_on(VersionMove.objects.get().pk)
    look("seen", plan)
    look("cases", plan + "cases/")
    signed_in.post(plan, {"step-check": "look"})
    go_on(VersionMove.objects.get().pk)
    signed_in.post(plan + "move/")
    go_on(VersionMove.objects.get().pk)
    look("moved", plan)
    assert not found


def test_every_page_of_a_moved_case_still_opens(signed_in: Client, clerk: User, citizen: User) -> None:
    case = Case.objects.get(reference="DOG-2026-000000")
    with WorkItem.objects.get(process=case, node_key="check").activation() as activation:
        activation.claim(clerk)
    plan = made(signed_in)
    signed_in.post(plan, {"step-check": "look"})
    go_on(VersionMove.objects.get().pk)
    signed_in.post(plan + "move/")
    go_on(VersionMove.objects.get().pk)
    pages = ("", "history/", "diagram/", "course/undo/", "course/move/", "course/cancel/")
    for path in pages:
        answer = signed_in.get(f"/work/cases/{case.reference}/{path}", follow=True)
        assert answer.status_code == 200, path
    shown = text(signed_in, f"/work/cases/{case.reference}/")
    assert "moved the case from version 1 to version 2" in shown
    assert "Look at the papers" in shown
    for path in ("/work/", "/work/cases/", "/work/repairs/"):
        assert signed_in.get(path, follow=True).status_code == 200
    signed_in.force_login(citizen)
    for path in ("/applications/", f"/applications/{case.reference}/"):
        assert signed_in.get(path).status_code == 200
