"""Packages come in whole or not at all, are published once, and go out so that they come in unchanged."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from engine.audit.selectors import history
from engine.core.problems import DefinitionRefused
from engine.departments.models import Department, User
from tests.workflows.published import text_of
from workflows.models import Service, ServiceVersion
from workflows.services import NothingToPublish, export_package, export_working, import_package, publish
from workflows.services.packages import checked

pytestmark = pytest.mark.django_db
PATHS = [
    "licensing/trade-licence.yaml",
    "registry/residence-extract.yaml",
    "works/purchase-approval.yaml",
]


@pytest.mark.parametrize("path", PATHS)
def test_export_and_import_change_nothing(path: str, licensing: Department, founder: User) -> None:
    service = import_package(source=text_of(path), department=licensing, by=founder).service
    version = publish(service=service, by=founder)
    text = export_package(version=version, by=founder)
    report = import_package(source=text, department=licensing, by=founder)
    assert report.status == "unchanged"
    assert export_package(version=publish(service=report.service, by=founder), by=founder) == text
    assert ServiceVersion.objects.count() == 1


@pytest.mark.parametrize("path", PATHS)
def test_every_text_is_there_in_every_language_of_the_package(path: str) -> None:
    package = yaml.safe_load(text_of(path))
    short: list[str] = []

    def look(value: Any, place: str) -> None:
        if isinstance(value, dict):
            if "en" in value and set(value) != set(package["languages"]):
                short.append(place)
            for key, inner in value.items():
                look(inner, f"{place}.{key}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                look(inner, f"{place}[{number}]")

    look(package, "")
    assert short == []


def test_importing_twice_changes_nothing(licensing: Department, founder: User) -> None:
    first = import_package(source=text_of(PATHS[0]), department=licensing, by=founder)
    again = import_package(source=text_of(PATHS[0]), department=licensing, by=founder)
    assert (first.status, again.status) == ("new", "unchanged")
    assert Service.objects.get().current is None
    assert [entry.verb for entry in history("department:licensing")].count("service.imported") == 1


def test_what_is_worth_a_look_is_said_to_each_caller_anew() -> None:
    text = text_of(PATHS[0])
    first, problems = checked(text)
    told = list(problems)
    problems.at("key").look("of_a_caller", "Noted by one caller.")
    again, found = checked(text)
    assert (again, list(found)) == (first, told)


def test_a_change_becomes_the_next_version_when_it_is_published(licence: Service, founder: User) -> None:
    changed = text_of(PATHS[0]).replace("en: About 15 minutes", "en: About 20 minutes")
    report = import_package(source=changed, department=licence.department, by=founder)
    assert report.status == "changed"
    assert "About 20 minutes" in export_working(service=report.service, by=founder)
    version = publish(service=report.service, by=founder, note="Longer")
    assert (version.number, version.note, version.published_by) == (2, "Longer", founder)
    licence.refresh_from_db()
    assert licence.current_id == version.pk
    assert licence.working is None
    assert publish(service=licence, by=founder).pk == version.pk


def test_the_published_text_gives_up_the_working_copy(licence: Service, founder: User) -> None:
    changed = text_of(PATHS[0]).replace("en: About 15 minutes", "en: About 20 minutes")
    import_package(source=changed, department=licence.department, by=founder)
    report = import_package(source=text_of(PATHS[0]), department=licence.department, by=founder)
    assert report.status == "changed"
    assert publish(service=report.service, by=founder).number == 1


def test_there_must_be_something_to_publish(licensing: Department, founder: User) -> None:
    empty = Service.objects.create(department=licensing, key="empty", title={"en": "Empty"})
    with pytest.raises(NothingToPublish):
        publish(service=empty, by=founder)
    with pytest.raises(NothingToPublish):
        export_working(service=empty, by=founder)


def broken(change: Callable[[dict[str, Any]], None]) -> str:
    package = yaml.safe_load(text_of(PATHS[0]))
    change(package)
    return yaml.safe_dump(package, allow_unicode=True, sort_keys=False)


def test_all_problems_are_listed_with_their_place_and_nothing_is_loaded(
    licensing: Department, founder: User
) -> None:
    def spoil(package: dict[str, Any]) -> None:
        nodes = {node["key"]: node for node in package["workflow"]["nodes"]}
        nodes["check"]["outcomes"][0]["next"] = "nowhere"
        nodes["needs_visit"]["branches"][0]["when"] = 'answers.trad != "goods"'
        nodes["licence"]["certificate"] = "other"
        package["summary_fields"] = ["business_nam"]

    with pytest.raises(DefinitionRefused) as refused:
        import_package(source=broken(spoil), department=licensing, by=founder)
    places = {problem.where for problem in refused.value.problems.must_mend}
    assert any("outcomes[0].next" in place for place in places)
    assert any("branches[0].when" in place for place in places)
    assert any("certificate" in place for place in places)
    assert "summary_fields[0]" in places
    assert all(problem.sentence.endswith((".", "?")) for problem in refused.value.problems)
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda package: package.update(colour="red"),
        lambda package: package.pop("forms"),
        lambda package: package.update(format=99),
        lambda package: package.update(key="Not A Key"),
        lambda package: package["workflow"].update(start="nowhere"),
        lambda package: package["workflow"]["nodes"].append({"key": "x", "type": "teleport"}),
        lambda package: package["workflow"]["nodes"].append({"key": "alone", "type": "end"}),
        lambda package: package["workflow"].update(nodes="x"),
        lambda package: package["forms"]["application"]["pages"][0]["fields"].append(
            {"key": "x", "type": "holiday", "label": "X"}
        ),
        lambda package: package["forms"]["application"]["pages"][0].update(
            fields=[{"block": "robot", "key": "r"}]
        ),
        lambda package: package.update(languages=[]),
        lambda package: package.update(title=7),
    ],
)
def test_a_broken_package_is_refused_and_leaves_nothing(
    change: Callable[[dict[str, Any]], None], licensing: Department, founder: User
) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        import_package(source=broken(change), department=licensing, by=founder)
    assert refused.value.problems.must_mend
    assert not Service.objects.exists()
