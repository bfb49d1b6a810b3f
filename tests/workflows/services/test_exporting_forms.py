"""A form goes out in every format, for who designs in the department; taking it is recorded."""

import json

import pytest
import yaml

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Service
from workflows.services import import_package, publish
from workflows.services.exporting_forms import NoSuchExport, export_form, form_exports

pytestmark = pytest.mark.django_db


def test_every_format_is_shown_with_what_it_cannot_hold(licence: Service, founder: User) -> None:
    found = form_exports(service=licence, form_key="application", by=founder)
    assert (found.number, found.language, found.languages) == (1, "en", ["en", "fr", "ar"])
    files = {file.kind: file for file in found.files}
    assert files["caseway"].report.notes == []
    assert files["json_schema"].report.of("lost")
    assert files["xgov"].report.of("lost")
    assert files["xgov"].name == "trade-licence-application-1.json"
    assert not AuditEntry.objects.filter(verb="form.exported").exists()


def test_what_is_taken_can_be_read_and_is_recorded(licence: Service, founder: User) -> None:
    file = export_form(
        service=licence, form_key="application", kind="xgov", by=founder, number=1, language="fr"
    )
    assert json.loads(file.content)["name"] == licence.current.package["forms"]["application"]["title"]
    entry = AuditEntry.objects.get(verb="form.exported")
    assert entry.actor == founder
    assert json.loads(entry.details) == {"form": "application", "format": "xgov", "version": 1}
    written = export_form(service=licence, form_key="application", kind="caseway", by=founder).content
    assert yaml.safe_load(written)["pages"][0]["key"] == "about_you"


def test_what_is_not_published_goes_out_when_no_version_is_named(licence: Service, founder: User) -> None:
    package = {**licence.current.package}
    changed = {**package["forms"]["application"], "title": {"en": "Changed"}}
    package["forms"] = {**package["forms"], "application": changed}
    import_package(source=package, department=licence.department, by=founder)
    licence.refresh_from_db()
    changed = form_exports(service=licence, form_key="application", by=founder)
    assert (changed.number, changed.title) == (None, "Changed")
    assert form_exports(service=licence, form_key="application", by=founder, number=1).title != "Changed"
    publish(service=licence, by=founder)
    licence.refresh_from_db()
    assert form_exports(service=licence, form_key="application", by=founder).number == 2


@pytest.mark.parametrize(
    "wrong", [{"form_key": "nothing"}, {"kind": "pdf"}, {"number": 99}, {"kind": ""}, {"form_key": ""}]
)
def test_what_there_is_not_cannot_be_taken(wrong: dict[str, object], licence: Service, founder: User) -> None:
    wanted = {"form_key": "application", "kind": "xgov", "number": 1, **wrong}
    with pytest.raises(NoSuchExport):
        export_form(service=licence, by=founder, **wanted)  # type: ignore[arg-type]
    assert not AuditEntry.objects.filter(verb="form.exported").exists()


@pytest.mark.parametrize("who", ["foreign_clerk", "clerk", "auditor", "citizen", "publisher"])
def test_others_are_refused(who: str, licence: Service, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    with pytest.raises(AccessRefused):
        form_exports(service=licence, form_key="application", by=user)
    with pytest.raises(AccessRefused):
        export_form(service=licence, form_key="application", kind="xgov", by=user)
