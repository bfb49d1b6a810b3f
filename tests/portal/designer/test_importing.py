"""A package comes in through the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engine.departments.models import Department, User
from portal.designer.urls import urlpatterns
from workflows.models import Service
from workflows.parts import TAKEN

pytestmark = pytest.mark.django_db
IMPORT = "/manage/licensing/import/"


def test_a_designer_imports_a_package_and_comes_to_its_page(
    client: Client, designer: User, package: str
) -> None:
    client.force_login(designer)
    answer = client.post(IMPORT, {"text": package})
    assert (answer.status_code, answer["Location"]) == (302, "/manage/licensing/dog-licence/")
    assert client.get(answer["Location"]).status_code == 200
    assert Service.objects.get().working is not None


def test_a_file_is_as_good_as_pasted_text(client: Client, designer: User, package: str) -> None:
    client.force_login(designer)
    file = SimpleUploadedFile("dog.yaml", package.encode())
    assert client.post(IMPORT, {"file": file}).status_code == 302


def test_all_problems_are_listed_at_once_and_the_text_stays(
    client: Client, designer: User, package: str
) -> None:
    client.force_login(designer)
    broken = package.replace("type: short_text", "type: shrot_text").replace("next: done", "next: nowhere")
    answer = client.post(IMPORT, {"text": broken})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "shrot_text" in page
    assert "nowhere" in page
    assert "Register a dog" in page
    assert not Service.objects.exists()


def test_a_package_whose_key_is_the_address_of_a_page_is_refused(
    client: Client, designer: User, package: str
) -> None:
    client.force_login(designer)
    for key in TAKEN:
        answer = client.post(IMPORT, {"text": package.replace("key: dog-licence", f"key: {key}")})
        assert answer.status_code == 422
        assert "is the address of a page already" in answer.content.decode()
    assert not Service.objects.exists()
    beside = {str(each.pattern).removeprefix("<slug:department_key>/").split("/")[0] for each in urlpatterns}
    assert {"new", "import"} <= beside
    of_departments = {name for name in beside if f"<slug:department_key>/{name}/" in str(urlpatterns)}
    assert {name for name in of_departments if not name.startswith("<")} <= TAKEN


@pytest.mark.parametrize(
    "text", ["", "\x00", "- a", "{", "&a [*a]", "format: 99", "a: " * 200, "\u202e", "key: 1\nkey: 2"]
)
def test_no_text_breaks_the_page(client: Client, designer: User, text: str) -> None:
    client.force_login(designer)
    assert client.post(IMPORT, {"text": text}).status_code == 422


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 50, b"%PDF-1.7", b""])
def test_no_file_breaks_the_page(client: Client, designer: User, content: bytes) -> None:
    client.force_login(designer)
    assert client.post(IMPORT, {"file": SimpleUploadedFile("x.yaml", content)}).status_code == 422


@pytest.mark.parametrize("who", ["foreign_clerk", "citizen", "clerk", "auditor", "publisher"])
def test_others_are_refused(client: Client, request: pytest.FixtureRequest, package: str, who: str) -> None:
    request.getfixturevalue("licensing")
    client.force_login(request.getfixturevalue(who))
    assert client.get(IMPORT).status_code in (403, 404)
    assert client.post(IMPORT, {"text": package}).status_code in (403, 404)
    assert not Service.objects.exists()


def test_a_designer_of_another_department_does_not_find_this_one(
    client: Client, person: object, registry: Department, licensing: Department, package: str
) -> None:
    from engine.departments.roles import Role

    stranger = person("Sara Vance", Role.DESIGNER, registry)  # type: ignore[operator]
    client.force_login(stranger)
    assert client.post(IMPORT, {"text": package}).status_code == 404
    assert not Service.objects.exists()
