"""A service whose first page asks what a test wants to know about."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from engine.departments.models import Department, User
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Draft, Service

Send = Callable[..., str]


@pytest.fixture
def send(licensing: Department, administrator: User, citizen: User, browser: Client) -> Send:
    """Posts a first page with these fields as a browser would: with what stood on it when it was opened."""
    sent: dict[str, Any] = {}

    def begin(fields: list[dict[str, Any]]) -> None:
        package = deepcopy(PACKAGE)
        form = package["forms"]["application"]
        form["pages"][0] = {"key": "first", "title": "First", "fields": fields}
        package["summary_fields"] = []
        form["pages"] = [form["pages"][0], form["pages"][3]]
        report = services.import_package(source=package, department=licensing, by=administrator)
        services.publish(service=report.service, by=administrator)
        draft = services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")
        sent["address"] = f"/apply/d/{draft.pk}/first/"
        sent["page"] = browser.get(sent["address"]).content.decode()

    def post(fields: list[dict[str, Any]] | None = None, **data: Any) -> str:
        if fields is not None:
            begin(fields)
        posted = {name.replace("__", "-"): value for name, value in data.items()}
        found = browser.post(
            sent["address"], {"page-revision": Draft.objects.get().revision, "page-asked": asked(), **posted}
        )
        if found.status_code == 302:
            return str(found["Location"])
        assert found.status_code == 200
        sent["page"] = found.content.decode()
        return str(sent["page"])

    def asked() -> str:
        return str(sent["page"].partition('name="page-asked" value="')[2].partition('"')[0])

    return post
