"""A form of another system comes in through the browser."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engine.departments.models import Department, User
from tests.forms_library.importing.samples import OPEN_FORMS, XGOV
from workflows.models import Service

pytestmark = pytest.mark.django_db
IMPORT = "/manage/licensing/import/form/"


def test_a_designer_imports_a_foreign_form_and_reads_the_report(client: Client, designer: User) -> None:
    client.force_login(designer)
    answer = client.post(IMPORT, {"file": SimpleUploadedFile("boat.json", json.dumps(XGOV).encode())})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Defects of the source" in page
    assert "a page that there is not" in page
    assert "pages[0].next[0]" in page
    service = Service.objects.get()
    assert service.key == "keep-a-boat"
    assert client.get(f"/manage/licensing/{service.key}/").status_code == 200


def test_pasted_text_is_as_good_as_a_file(client: Client, designer: User) -> None:
    client.force_login(designer)
    assert client.post(IMPORT, {"text": json.dumps(XGOV)}).status_code == 200
    assert Service.objects.get().working is not None


def test_the_same_form_again_comes_to_its_service_and_another_one_never_does(
    client: Client, designer: User
) -> None:
    client.force_login(designer)
    other = {**XGOV, "startPage": "/berth", "pages": XGOV["pages"][:1] + XGOV["pages"][3:]}
    for document in (XGOV, XGOV, other):
        assert client.post(IMPORT, {"text": json.dumps(document)}).status_code == 200
    assert set(Service.objects.values_list("key", flat=True)) == {"keep-a-boat", "keep-a-boat-2"}


def test_what_was_sent_stays_after_an_error(client: Client, designer: User) -> None:
    client.force_login(designer)
    for sent in ({"text": '{"mine": 1}'}, {"file": SimpleUploadedFile("a.json", b'{"mine": 1}')}):
        answer = client.post(IMPORT, sent)
        assert answer.status_code == 422
        assert "mine" in answer.content.decode()
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"%PDF-1.7", b"PK\x03\x04junk", b"[" * 5_000, b"<a>", b"null", b'{"pages": []}'],
)
def test_no_file_breaks_the_page(client: Client, designer: User, content: bytes) -> None:
    client.force_login(designer)
    assert client.post(IMPORT, {"file": SimpleUploadedFile("x.json", content)}).status_code == 422


def test_markup_of_a_foreign_form_is_never_run(client: Client, designer: User) -> None:
    client.force_login(designer)
    document = {**XGOV, "name": "<script>alert(1)</script>Boat", "conditions": []}
    page = client.post(IMPORT, {"text": json.dumps(document)}).content.decode()
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_speaks_other_languages(client: Client, designer: User, language: str) -> None:
    client.force_login(designer)
    page = client.get(IMPORT, headers={"accept-language": language}).content.decode()
    assert "Import a form of another system" not in page


@pytest.mark.parametrize("who", ["foreign_clerk", "citizen", "clerk", "auditor", "publisher"])
def test_others_are_refused(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    request.getfixturevalue("licensing")
    client.force_login(request.getfixturevalue(who))
    assert client.get(IMPORT).status_code in (403, 404)
    assert client.post(IMPORT, {"text": json.dumps(OPEN_FORMS)}).status_code in (403, 404)
    assert not Service.objects.exists()


def test_a_designer_of_another_department_does_not_find_this_one(
    client: Client, person: object, registry: Department, licensing: Department
) -> None:
    from engine.departments.roles import Role

    stranger = person("Sara Vance", Role.DESIGNER, registry)  # type: ignore[operator]
    client.force_login(stranger)
    assert client.post(IMPORT, {"text": json.dumps(XGOV)}).status_code == 404
    assert not Service.objects.exists()
