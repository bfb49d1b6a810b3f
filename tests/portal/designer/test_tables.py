"""Decision tables in and out through the browser, for designers of the department alone."""

from collections.abc import Callable

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.audit.selectors import history
from engine.core.decisions import DecisionTable
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    let_in,
    problems_on,
)
from workflows.models import Service
from workflows.services import import_package

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/dog-licence/tables/"
TABLE = """
table:
  inputs: [{expression: answers.weight, type: integer, label: {en: Weight, fr: Poids}}]
  outputs: [{key: fee, type: integer}]
  rows:
    - {when: ["< 10"], then: ["5"]}
    - {when: ["it >= 10 && it % 2 == 0"], then: ["20"]}
    - {when: ["it >= 10 && it % 2 == 1"], then: ["21"]}
"""
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="dogs" namespace="urn:d">
<inputData id="i" name="Weight"><variable name="Weight" typeRef="number"/></inputData>
<decision id="d" name="Dog tax"><variable name="Dog tax"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable><input><inputExpression typeRef="number"><text>Weight</text></inputExpression></input>
<output name="fee" typeRef="number"/>
<rule><inputEntry><text>&lt; 7</text></inputEntry><outputEntry><text>3</text></outputEntry></rule>
<rule><inputEntry><text>>= 7</text></inputEntry><outputEntry><text>9</text></outputEntry></rule>
</decisionTable></decision>
<knowledgeSource id="k" name="The dog act"/></definitions>"""


@pytest.fixture
def dogs(package: str, licensing: Department, designer: User) -> Service:
    """A service with a decision table behind its check."""
    document = yaml.safe_load(package)
    fields = document["forms"]["application"]["pages"][0]["fields"]
    fields.append({"key": "weight", "type": "integer", "label": "Weight", "data_class": "public"})
    steps = document["workflow"]["nodes"]
    steps[1]["outcomes"][0]["next"] = "fee"
    steps.append({
        "key": "fee", "type": "decision_table", "title": "The fee", "next": "done", **yaml.safe_load(TABLE),
    })  # fmt: skip
    return import_package(source=document, department=licensing, by=designer).service


def _send(client: Client, text: str, **others: str) -> tuple[int, str]:
    file = SimpleUploadedFile("t.dmn", text.encode())
    answer = client.post(PAGE, {"file": file, "table": "steps.fee", **others})
    return answer.status_code, answer.content.decode()


def _table(service: Service) -> dict[str, object]:
    service.refresh_from_db()
    found: dict[str, object] = service.working["workflow"]["nodes"][-1]["table"]
    return found


def test_a_table_of_another_tool_takes_the_place_of_ours(
    client: Client, dogs: Service, designer: User
) -> None:
    client.force_login(designer)
    status, page = _send(client, DMN)
    assert status == 200
    assert "The table is in" in page
    assert "Knowledge source (&quot;The dog act&quot;) is not carried." in page
    table = _table(dogs)
    assert table["inputs"] == [{"expression": "answers.weight", "type": "integer", "label": "Weight"}]
    assert table["rows"] == [{"when": ["< 7"], "then": ["3"]}, {"when": [">= 7"], "then": ["9"]}]
    assert "service.designed" in [entry.verb for entry in history("department:licensing")]


def test_our_table_goes_out_and_comes_in_unchanged(client: Client, dogs: Service, designer: User) -> None:
    client.force_login(designer)
    before = _table(dogs)
    answer = client.get(f"{PAGE}steps.fee.dmn")
    assert answer["Content-Disposition"] == 'attachment; filename="dog-licence-steps-fee.dmn"'
    assert "service.exported" in [entry.verb for entry in history("department:licensing")]
    assert "Other tools cannot read all of it" in client.get(PAGE).content.decode()
    assert _send(client, answer.content.decode())[0] == 200
    assert DecisionTable.model_validate(_table(dogs)) == DecisionTable.model_validate(before)


@pytest.mark.parametrize(
    ("text", "others", "said"),
    [
        ("", {}, "This file is empty."),
        ("x", {}, "This file is not XML that may be read"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', {}, "This file is not XML that may be read"),
        ("<a/>", {}, "This file is not DMN"),
        (DMN, {"table": "steps.nothing"}, "Choose the table that is replaced."),
        (DMN, {"decision": "Cat tax"}, "There is no decision table &quot;Cat tax&quot; in this file."),
        (DMN.replace("decisionTable>", "literalExpression>"), {}, "This file holds no decision table."),
        (DMN.replace("<text>9</text>", "<text/>"), {}, "This must not be empty."),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_changes(
    client: Client, dogs: Service, designer: User, text: str, others: dict[str, str], said: str
) -> None:
    client.force_login(designer)
    before = _table(dogs)
    status, page = _send(client, text, **others)
    assert status == 422
    assert said in page
    assert _table(dogs) == before


def test_a_file_with_several_tables_asks_which_one(client: Client, dogs: Service, designer: User) -> None:
    client.force_login(designer)
    first = DMN.index("<decision ")
    decision = DMN[first : DMN.index("</decision>") + len("</decision>")]
    second = (
        decision.replace("Dog tax", "Cat tax")
        .replace('id="d"', 'id="e"')
        .replace("<text>3</text>", "<text>4</text>")
    )
    both = DMN.replace(decision, decision + second)
    status, page = _send(client, both)
    assert status == 422
    assert "This file holds several tables" in page
    assert _send(client, both, decision="Cat tax")[0] == 200
    assert _table(dogs)["rows"][0]["then"] == ["4"]  # type: ignore[index]


@pytest.mark.parametrize("name", ["foreign_clerk", "clerk", "publisher", "citizen"])
def test_who_does_not_design_here_is_refused(
    client: Client, dogs: Service, request: pytest.FixtureRequest, name: str
) -> None:
    before = _table(dogs)
    client.force_login(request.getfixturevalue(name))
    assert client.get(PAGE).status_code in (403, 404)
    assert client.get(f"{PAGE}steps.fee.dmn").status_code in (403, 404)
    assert _send(client, DMN)[0] in (403, 404)
    assert _table(dogs) == before


def test_a_designer_of_another_department_is_refused(
    client: Client, dogs: Service, registry: Department, person: Callable[..., User]
) -> None:
    before = _table(dogs)
    client.force_login(person("Ola Nordmann", Role.DESIGNER, registry))
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}steps.fee.dmn").status_code == 404
    assert _send(client, DMN)[0] == 404
    assert _table(dogs) == before


def test_a_table_that_is_not_there_cannot_be_exported(client: Client, dogs: Service, designer: User) -> None:
    client.force_login(designer)
    assert client.get(f"{PAGE}steps.nothing.dmn").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_page_is_in_order_at_every_width(
    browse: Callable[..., Page],
    live_server: LiveServer,
    client: Client,
    dogs: Service,
    designer: User,
    size: tuple[int, int],
) -> None:
    client.force_login(designer)
    page = browse(size)
    let_in(page, client, live_server.url)
    page.goto(live_server.url + PAGE)
    assert problems_on(page) == []
    keep_picture(page, f"tables-{size[0]}")
    file = {"name": "t.dmn", "mimeType": "application/xml", "buffer": DMN.encode()}
    page.get_by_label("File").set_input_files(files=[file])
    page.get_by_role("button", name="Import DMN").click()
    page.get_by_role("heading", name="The table is in").wait_for()
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    keep_picture(page, f"tables-in-{size[0]}")
