"""Translations of a service: how far they are, out to translators, and back in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.core.problems import Problem
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.translations.csv_file import read_csv, write_csv
from forms_library.translations.rows import Left, NotReadable, Row, apply_rows, rows_for
from forms_library.translations.survey import Completeness, Entry, completeness
from forms_library.translations.xliff_file import read_xliff, write_xliff
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.services.packages import import_package
from workflows.services.refusals import NothingToPublish
from workflows.translating import MARKS, entries

KINDS: Mapping[str, tuple[str, str]] = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "xliff": ("xlf", "application/x-xliff+xml"),
    "xliff2": ("xlf", "application/xliff+xml"),
}


@dataclass(frozen=True)
class Survey:
    """How far the languages of a service are; the first is the one that the others are made from."""

    languages: list[str]
    entries: list[Entry]
    figures: list[Completeness]


@dataclass(frozen=True)
class Translated:
    """What an import of translations did."""

    taken: int
    confirmed: int
    unchanged: int
    left: list[Left]
    problems: list[Problem]


def survey(*, service: Service, by: User) -> Survey:
    """What there is in each language, and what is missing or stale."""
    package = _package(service, by)
    found = entries(package)
    return Survey(list(package.languages), found, completeness(found, package.languages))


def export_translations(
    *, service: Service, by: User, kind: str, language: str, only_open: bool = False
) -> bytes:
    """The texts of a service for a translator into one language."""
    package = _package(service, by)
    source = package.languages[0]
    rows = rows_for(entries(package), language, only_open=only_open)
    if kind == "csv":
        return write_csv(rows, source).encode()
    version: Literal["1.2", "2.0"] = "1.2" if kind == "xliff" else "2.0"
    return write_xliff(rows, version=version, name=service.key, source_language=source, language=language)


def import_translations(*, service: Service, by: User, data: bytes) -> Translated:
    """Take what came back into the working copy; only texts change. Raises NotReadable, DefinitionRefused."""
    package = _package(service, by)
    rows = read_rows(data)
    applied = apply_rows(package.written(), package, rows, package.languages, package.translations)
    problems: list[Problem] = []
    if applied.taken or applied.marks != package.translations:
        document = {key: part for key, part in applied.document.items() if key != MARKS}
        if applied.marks:
            document[MARKS] = applied.marks
        report = import_package(source=document, department=service.department, by=by, marks_are_given=True)
        problems = report.problems
    return Translated(applied.taken, applied.confirmed, applied.unchanged, applied.left, problems)


def read_rows(data: bytes) -> list[Row]:
    """The rows of a file; which kind it is, it says itself."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return read_xliff(data)
    try:
        return read_csv(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotReadable("This file is not text in UTF-8.") from None


def _package(service: Service, by: User) -> ServicePackage:
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    stored: Any = service.working or (service.current.package if service.current else None)
    if stored is None:
        raise NothingToPublish
    return ServicePackage.model_validate(stored)
