"""What fits while somebody types: only for the owner of the draft, and nothing typed stands in an address."""

import json
from copy import deepcopy

import pytest
from django.test import Client

from engine.departments.models import Department, User
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Draft, Service

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def asking(licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft that asks for a country, alone and in rows."""
    package = deepcopy(PACKAGE)
    country = {"key": "land", "type": "autocomplete", "label": "Country", "options": {"list": "countries"}}
    rows = {"key": "stays", "type": "repeating_group", "label": "Stays", "options": {"fields": [country]}}
    package["forms"]["application"]["pages"][0]["fields"] += [country, rows]
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")


def found(client: Client, draft: Draft, **typed: str) -> list[str]:
    answer = client.post(f"/apply/d/{draft.pk}/suggestions/", typed)
    assert answer.status_code == 200
    return [entry["key"] for entry in json.loads(answer.content)["found"]]


def test_the_choices_that_fit_are_named(browser: Client, asking: Draft) -> None:
    assert found(browser, asking, field="land", text="cote d") == ["CI"]
    assert found(browser, asking, field="stays-0-land", text="FRANCE") == ["FR"]
    assert len(found(browser, asking, field="land", text="an")) <= 10


@pytest.mark.parametrize("field", ["", "nobody", "owner", "stays", "land-0-land", "\x00", "-", "stays-0-0"])
def test_a_name_that_is_no_such_question_finds_nothing(browser: Client, asking: Draft, field: str) -> None:
    assert found(browser, asking, field=field, text="fra") == []


def test_nobody_else_is_answered(asking: Draft, client: Client, other_citizen: User) -> None:
    address = f"/apply/d/{asking.pk}/suggestions/"
    assert client.post(address, {"field": "land", "text": "fra"}).status_code == 302
    client.force_login(other_citizen, backend=BACKEND)
    assert client.post(address, {"field": "land", "text": "fra"}).status_code == 404
    assert client.get(address).status_code == 405
