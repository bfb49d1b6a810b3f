"""A form of a service in the formats of other systems, each with what the format cannot hold."""

from dataclasses import dataclass

from engine.audit import log as audit
from engine.core.registry import UnknownType
from engine.core.text import Text
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.definition import Form
from forms_library.exporting.writing import every_format, written
from forms_library.importing.report import Report
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.services.refusals import NothingToPublish


class NoSuchExport(LookupError):
    """The service has no such version, form or format."""


@dataclass(frozen=True)
class FormFile:
    """A form as a file, and what the format could not hold."""

    kind: str
    label: Text
    about: Text
    name: str
    content_type: str
    content: str
    report: Report
    whole: bool
    translated: bool


@dataclass(frozen=True)
class FormExports:
    """A form of a version (none: what is not published) in every format."""

    title: str
    number: int | None
    languages: list[str]
    language: str
    files: list[FormFile]


def form_exports(
    *, service: Service, form_key: str, by: User, number: int | None = None, language: str = "en"
) -> FormExports:
    """The form in every format; without a number what is not published yet, or the current version."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    form, languages, found = _form(service, form_key, number)
    chosen = language if language in languages else languages[0]
    name = f"{service.key}-{form_key}" + (f"-{found}" if found else "")
    files = [_file(form, kind.key, name, chosen) for kind in every_format()]
    return FormExports(form.title.in_(chosen), found, languages, chosen, files)


def export_form(
    *, service: Service, form_key: str, kind: str, by: User, number: int | None = None, language: str = "en"
) -> FormFile:
    """The form in one format, to be taken away; recorded in the chain of the department."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    form, languages, found = _form(service, form_key, number)
    name = f"{service.key}-{form_key}" + (f"-{found}" if found else "")
    file = _file(form, kind, name, language if language in languages else languages[0])
    audit.record(
        "form.exported",
        chain=audit.department_chain(service.department.key),
        actor=by,
        department_id=service.department_id,
        subject=f"service:{service.pk}",
        details={"form": form_key, "format": kind, "version": found or 0},
    )
    return file


def _form(service: Service, form_key: str, number: int | None) -> tuple[Form, list[str], int | None]:
    """The form, the languages of its package, and the number of its version."""
    stored, found = service.working, None
    if number is not None or stored is None:
        version = service.versions.filter(number=number).first() if number is not None else service.current
        if version is None and number is None:
            raise NothingToPublish
        if version is None:
            raise NoSuchExport
        stored, found = version.package, version.number
    package = ServicePackage.model_validate(stored)
    if form_key not in package.forms:
        raise NoSuchExport
    return package.forms[form_key], list(package.languages), found


def _file(form: Form, kind: str, name: str, language: str) -> FormFile:
    try:
        made = written(form, kind, language)
    except UnknownType:
        raise NoSuchExport from None
    exporter = next(one for one in every_format() if one.key == kind)
    return FormFile(
        kind,
        exporter.label,
        exporter.about,
        f"{name}.{exporter.ending}",
        exporter.content_type,
        made.content,
        made.report,
        exporter.whole,
        exporter.translated,
    )
