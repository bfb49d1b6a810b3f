"""Questions on paper and schemas of answers, through the browser."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from engine.departments.models import User

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/dog-licence/"
PDF = PAGE + "questions/application.pdf"
SCHEMA = PAGE + "versions/1/answers.schema.json"


@pytest.fixture
def published(client: Client, designer: User, publisher: User, package: str) -> Client:
    client.force_login(designer)
    client.post("/manage/licensing/import/", {"text": package})
    client.force_login(publisher)
    client.post(PAGE + "publish/")
    client.force_login(designer)
    return client


@pytest.mark.parametrize("query", ["", "?languages=en", "?languages=xx,%00,fr", "?languages=" + "en," * 90])
def test_the_page_of_a_service_leads_to_its_questions_as_pdf(published: Client, query: str) -> None:
    assert PDF in published.get(PAGE).content.decode()
    answer = published.get(PDF + query)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_the_schema_of_the_answers_is_published(published: Client) -> None:
    assert SCHEMA in published.get(PAGE).content.decode()
    schema = published.get(SCHEMA).json()
    assert list(schema["properties"]) == ["dog_name"]
    assert published.get(PAGE + "versions/9/answers.schema.json").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "foreign_clerk", "citizen", "auditor"])
def test_others_are_refused(published: Client, request: pytest.FixtureRequest, who: str) -> None:
    published.force_login(request.getfixturevalue(who))
    assert published.get(PDF).status_code in (403, 404)
    assert published.get(SCHEMA).status_code in (403, 404)


def test_a_form_that_there_is_not_is_not_found(published: Client) -> None:
    assert published.get(PAGE + "questions/none.pdf").status_code == 404


def test_the_command_writes_the_file(published: Client, designer: User, clerk: User, tmp_path: Path) -> None:
    file, where = tmp_path / "q.pdf", ("licensing", "dog-licence")
    call_command("print_questions", *where, "application", str(file), "--by", designer.email)
    assert file.read_bytes().startswith(b"%PDF")
    with pytest.raises(CommandError):
        call_command("print_questions", *where, "application", str(file), "--by", clerk.email)
    with pytest.raises(CommandError, match="no such form"):
        call_command("print_questions", *where, "none", str(file), "--by", designer.email)
