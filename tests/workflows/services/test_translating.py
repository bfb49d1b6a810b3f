"""Translations of a whole package: staleness survives, and only texts change."""

import copy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from forms_library.translations.csv_file import write_csv
from forms_library.translations.rows import Row
from tests.workflows.published import text_of
from workflows.definition import ServicePackage, fingerprint
from workflows.models import Service
from workflows.services import export_working, import_package, publish
from workflows.services.package_text import read_package
from workflows.services.translating import export_translations, import_translations, survey

pytestmark = pytest.mark.django_db


def state(service: Service, by: User, path: str, language: str) -> str:
    entries = {entry.path: entry for entry in survey(service=service, by=by).entries}
    return entries[path].state(language)


def back(*rows: Row) -> bytes:
    return write_csv(rows, "en").encode()


@pytest.fixture
def package() -> dict[str, Any]:
    return read_package(text_of("licensing/trade-licence.yaml"))


def test_a_package_of_three_languages_is_complete(licence: Service, founder: User) -> None:
    found = survey(service=licence, by=founder)
    assert found.languages[0] == "en"
    assert all(figures.percent == 100 for figures in found.figures)
    assert len(found.entries) > 100


def test_a_changed_source_marks_its_translations_until_they_follow(
    licence: Service, licensing: Department, founder: User, package: dict[str, Any]
) -> None:
    changed = copy.deepcopy(package)
    changed["title"]["en"] = "Another title"
    import_package(source=changed, department=licensing, by=founder)
    licence.refresh_from_db()
    assert state(licence, founder, "title", "fr") == "stale"
    text = export_working(service=licence, by=founder)
    assert "translations:" in text
    assert import_package(source=text, department=licensing, by=founder).status == "unchanged"
    publish(service=licence, by=founder)  # the mark lives on in the version
    licence.refresh_from_db()
    assert state(licence, founder, "title", "fr") == "stale"
    done = import_translations(
        service=licence, by=founder, data=back(Row("title", "Another title", "fr", "Un autre titre"))
    )
    licence.refresh_from_db()
    assert (done.taken, done.left) == (1, [])
    assert state(licence, founder, "title", "fr") == "translated"
    assert state(licence, founder, "title", "ar") == "stale"


def test_a_package_without_marks_is_written_as_before(
    licence: Service, licensing: Department, founder: User, package: dict[str, Any]
) -> None:
    assert import_package(source=package, department=licensing, by=founder).status == "unchanged"
    assert "translations" not in (licence.current.package if licence.current else {})
    written = ServicePackage.model_validate(package).written()
    assert licence.current is not None
    assert licence.current.sha256 == fingerprint(written)


@pytest.mark.parametrize("kind", ["csv", "xliff", "xliff2"])
def test_a_file_that_was_not_touched_changes_nothing(licence: Service, founder: User, kind: Any) -> None:
    data = export_translations(service=licence, by=founder, kind=kind, language="fr")
    done = import_translations(service=licence, by=founder, data=data)
    licence.refresh_from_db()
    assert (done.taken, done.left, licence.working) == (0, [], None)


def test_a_translation_that_breaks_a_letter_is_refused(licence: Service, founder: User) -> None:
    entries = survey(service=licence, by=founder).entries
    body = next(entry for entry in entries if entry.path.endswith("/body"))
    with pytest.raises(DefinitionRefused, match="nonsense"):
        import_translations(
            service=licence, by=founder, data=back(Row(body.path, body.source, "fr", "Bonjour {nonsense}"))
        )
    licence.refresh_from_db()
    assert licence.working is None


def test_others_are_refused(licence: Service, foreign_clerk: User, clerk: User) -> None:
    for user in (foreign_clerk, clerk):
        with pytest.raises(AccessRefused):
            survey(service=licence, by=user)
        with pytest.raises(AccessRefused):
            export_translations(service=licence, by=user, kind="csv", language="fr")
        with pytest.raises(AccessRefused):
            import_translations(service=licence, by=user, data=back())


def test_the_command_prints_exports_and_takes(licence: Service, founder: User, tmp_path: Path) -> None:
    said, file = StringIO(), tmp_path / "fr.xlf"
    where = ("licensing", licence.key, "--by", founder.email)
    call_command("translations", *where, stdout=said)
    assert "fr: 100 %" in said.getvalue()
    call_command("translations", *where, "--export", str(file), "--language", "fr", "--format", "xliff2")
    file.write_text(file.read_text(encoding="utf-8").replace("<target>", "<target>Neu "), encoding="utf-8")
    call_command("translations", *where, "--import", str(file), stdout=said)
    assert " taken, 0 confirmed" in said.getvalue()
    licence.refresh_from_db()
    assert licence.working is not None
    assert licence.working["title"]["fr"].startswith("Neu ")
    with pytest.raises(CommandError, match="--language"):
        call_command("translations", *where, "--export", str(file), "--language", "de")
