"""Publishing, versions and exports through the browser."""

import pytest
from django.test import Client

from engine.departments.models import User
from workflows.models import ServiceVersion

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/dog-licence/"


@pytest.fixture
def imported(client: Client, designer: User, package: str) -> None:
    client.force_login(designer)
    client.post("/manage/licensing/import/", {"text": package})


@pytest.fixture
def published(client: Client, imported: None, publisher: User) -> None:
    client.force_login(publisher)
    client.post(PAGE + "publish/", {"note": "The first one"})


def test_who_may_publish_makes_the_next_version(client: Client, published: None) -> None:
    version = ServiceVersion.objects.get()
    assert (version.number, version.note, len(version.sha256)) == (1, "The first one", 64)
    assert "Live, version 1" in client.get(PAGE).content.decode()


def test_what_is_not_published_says_what_publishing_means_and_leads_there(
    client: Client, imported: None
) -> None:
    page = client.get(PAGE).content.decode()
    assert "New applications use the new version at once." in page
    assert f'href="{PAGE}design/#versions"' in page


def test_publishing_again_changes_nothing(client: Client, published: None) -> None:
    client.post(PAGE + "publish/")
    assert ServiceVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["designer", "clerk", "foreign_clerk", "citizen", "auditor"])
def test_who_may_not_publish_is_refused(
    client: Client, imported: None, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.post(PAGE + "publish/").status_code in (403, 404)
    assert not ServiceVersion.objects.exists()


def test_an_export_imports_again_without_a_change(client: Client, published: None, designer: User) -> None:
    client.force_login(designer)
    text = client.get(PAGE + "versions/1.yaml").content.decode()
    answer = client.post("/manage/licensing/import/", {"text": text}, follow=True)
    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.parametrize("path", ["versions/1.yaml", "working.yaml", ""])
def test_others_find_no_export(client: Client, published: None, foreign_clerk: User, path: str) -> None:
    client.force_login(foreign_clerk)
    assert client.get(PAGE + path).status_code in (403, 404)


@pytest.mark.parametrize(
    "path", ["/manage/licensing/none/", PAGE + "versions/99.yaml", "/manage/none/import/"]
)
def test_what_is_not_there_is_not_found(client: Client, published: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_who_publishes_is_told_where_nobody_can_do_the_work(
    client: Client, imported: None, publisher: User
) -> None:
    client.force_login(publisher)
    shown = client.post(PAGE + "publish/", follow=True).content.decode()
    assert "Nobody in this department can do the step" in shown


def test_where_somebody_can_do_the_work_nothing_is_said(
    client: Client, clerk: User, supervisor: User, publisher: User, imported: None
) -> None:
    client.force_login(publisher)
    assert "Nobody in this department" not in client.post(PAGE + "publish/", follow=True).content.decode()
