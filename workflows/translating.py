"""The translations of a service package: which are older than their source."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from forms_library.translations.survey import Entry, entries_of, stale_marks
from forms_library.translations.texts import value_at
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


def without_renewed_marks(document: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """A written document without the marks of translations that it has written anew since an earlier one."""
    marks, old = document.get(MARKS), before.get(MARKS)
    if not isinstance(marks, Mapping) or not isinstance(old, Mapping):
        return dict(document)
    kept = {
        path: left
        for path, own in marks.items()
        if isinstance(own, Mapping)
        and (left := {one: mark for one, mark in own.items() if not _renewed(document, before, path, one)})
    }
    rest = {name: value for name, value in document.items() if name != MARKS}
    return {**rest, **({MARKS: kept} if kept else {})}


def _renewed(document: Mapping[str, Any], before: Mapping[str, Any], path: str, language: str) -> bool:
    now, then = (value_at(each, path) for each in (document, before))
    if not isinstance(now, Mapping) or not isinstance(then, Mapping):
        return False
    return bool(now.get(language)) and now.get(language) != then.get(language)


def with_marks(package: ServicePackage, marks: Mapping[str, Mapping[str, str]]) -> ServicePackage:
    """The package with exactly these marks; without any it is written as if there were no such part."""
    if marks == package.translations:
        return package
    written = package.written()
    written.pop(MARKS, None)
    return ServicePackage.model_validate({**written, **({MARKS: marks} if marks else {})})
