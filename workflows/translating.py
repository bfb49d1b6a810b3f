"""The translations of a service package: which are older than their source."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from forms_library.translations.survey import Entry, entries_of, stale_marks
from workflows.definition import ServicePackage

MARKS = "translations"


def entries(package: ServicePackage) -> list[Entry]:
    """Every text of a package; its first language is the source of the others."""
    return entries_of(package, package.languages[0], package.translations)


def with_stale_marks(package: ServicePackage, before: Mapping[str, Any] | None) -> ServicePackage:
    """The package with a mark at each translation that stayed while its source changed."""
    try:
        old = entries(ServicePackage.model_validate(before)) if before else []
    except ValidationError:  # stored by an earlier release
        old = []
    return with_marks(package, stale_marks(old, entries(package), package.languages))


def with_marks(package: ServicePackage, marks: Mapping[str, Mapping[str, str]]) -> ServicePackage:
    """The package with exactly these marks; without any it is written as if there were no such part."""
    if marks == package.translations:
        return package
    written = package.written()
    written.pop(MARKS, None)
    return ServicePackage.model_validate({**written, **({MARKS: marks} if marks else {})})
