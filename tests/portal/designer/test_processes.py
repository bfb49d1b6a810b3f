"""BPMN in and out through the browser, for designers of the department alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.audit.selectors import history
from engine.departments.models import Department, User
from forms_library.importing.port import Refused
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    let_in,
    problems_on,
)
from tests.workflows.digit import COMPLAINT
from tests.workflows.published import text_of
from workflows.models import Service
from workflows.services import foreign_workflows, import_package

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/import/process/"
BPMN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="Dog permit">
<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/>
<userTask id="t" name="Look at the dog"/>
<dataObject id="d" name="Photograph"/><sequenceFlow id="b" sourceRef="t" targetRef="e"/><endEvent id="e"/>
</process></definitions>"""


def _send(client: Client, text: str) -> tuple[int, str]:
    answer = client.post(PAGE, {"file": SimpleUploadedFile("p.bpmn", text.encode())})
    return answer.status_code, answer.content.decode()


def test_a_process_comes_in_with_what_is_not_carried(client: Client, designer: User) -> None:
    client.force_login(designer)
    status, page = _send(client, BPMN)
    assert status == 200
    assert "The process is in" in page and "Photograph" in page
    assert Service.objects.get().key == "dog-permit"


def test_workflows_of_digit_come_in_with_their_report(
    client: Client, designer: User, foreign_clerk: User
) -> None:
    client.force_login(foreign_clerk)
    assert _send(client, json.dumps(COMPLAINT))[0] in (403, 404)
    assert not Service.objects.exists()
    client.force_login(designer)
    status, page = _send(client, json.dumps(COMPLAINT))
    service = Service.objects.get()
    assert status == 200
    assert "The process is in" in page and f"/manage/licensing/{service.key}/" in page
    assert service.working["workflow"]["nodes"] and "DIGIT" in page


def test_several_workflows_of_digit_all_come_in_or_none(
    client: Client, designer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = json.dumps({"BusinessServices": [COMPLAINT, {**COMPLAINT, "businessService": "Appeal"}]})
    client.force_login(designer)

    def only_the_first(**given: Any) -> Any:
        if Service.objects.exists():
            raise Refused("The second one is damaged.")
        return import_package(**given)

    with monkeypatch.context() as patch:
        patch.setattr(foreign_workflows, "import_package", only_the_first)
        status, page = _send(client, several)
    assert (status, "The second one is damaged." in page, Service.objects.exists()) == (422, True, False)
    status, page = _send(client, several)
    assert status == 200
    assert all(f"/manage/licensing/{service.key}/" in page for service in Service.objects.all())
    assert Service.objects.count() == 2


@pytest.mark.parametrize("text", ["", "x", "<a/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_cannot_be_read_is_refused_with_a_sentence(client: Client, designer: User, text: str) -> None:
    client.force_login(designer)
    status, page = _send(client, text)
    assert status == 422
    assert "This could not be imported" in page
    assert not Service.objects.exists()


def test_a_service_goes_out_and_comes_in_unchanged(
    client: Client, licensing: Department, designer: User
) -> None:
    service = import_package(
        source=text_of("licensing/trade-licence.yaml"), department=licensing, by=designer
    ).service
    before = service.working
    client.force_login(designer)
    answer = client.get("/manage/licensing/trade-licence/versions/0.bpmn")
    assert answer["Content-Disposition"] == 'attachment; filename="trade-licence.bpmn"'
    assert "service.exported" in [entry.verb for entry in history("department:licensing")]
    assert _send(client, answer.content.decode())[0] == 200
    service.refresh_from_db()
    assert service.working == before
    assert client.get("/manage/licensing/trade-licence/versions/7.bpmn").status_code == 404


@pytest.mark.parametrize("name", ["foreign_clerk", "clerk", "publisher", "citizen"])
def test_who_does_not_design_here_is_refused(
    client: Client, licensing: Department, designer: User, request: pytest.FixtureRequest, name: str
) -> None:
    import_package(source=text_of("licensing/trade-licence.yaml"), department=licensing, by=designer)
    client.force_login(request.getfixturevalue(name))
    assert _send(client, BPMN)[0] in (403, 404)
    assert client.get("/manage/licensing/trade-licence/versions/0.bpmn").status_code in (403, 404)
    assert Service.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_page_is_in_order_at_every_width(
    browse: Callable[..., Page],
    live_server: LiveServer,
    client: Client,
    designer: User,
    size: tuple[int, int],
) -> None:
    client.force_login(designer)
    page = browse(size)
    let_in(page, client, live_server.url)
    page.goto(live_server.url + PAGE)
    file = {"name": "p.bpmn", "mimeType": "application/xml", "buffer": BPMN.encode()}
    page.get_by_label("File").set_input_files(files=[file])
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="The process is in").wait_for()
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    keep_picture(page, f"import-process-{size[0]}")
