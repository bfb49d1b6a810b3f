"""Where the settings of our fields stand in a component of digital-form-builder."""

from __future__ import annotations

import re
from typing import Any

from engine.core.problems import Part
from engine.core.text import Text
from forms_library.definition import Field
from forms_library.importing.patterns import partial_pattern
from forms_library.importing.report import Report

Json = dict[str, Any]
Where = dict[str, tuple[str, str]]
MEDIA = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "txt": "text/plain", "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "webp": "image/webp", "tiff": "image/tiff",
}  # fmt: skip
LENGTHS: Where = {"min_length": ("schema", "min"), "max_length": ("schema", "max")}
LIMITS: Where = {"min": ("schema", "min"), "max": ("schema", "max"), "prefix": ("options", "prefix"),
                 "unit": ("options", "suffix"), "width": ("options", "classes")}  # fmt: skip
WHERE: dict[str, Where] = {
    "short_text": {**LENGTHS, "width": ("options", "classes")},
    "masked": {"pattern": ("schema", "regex"), "max_length": ("schema", "max")},
    "long_text": {**LENGTHS, "max_words": ("options", "maxWords"), "rows": ("options", "rows")},
    "integer": LIMITS,
    "decimal": {**LIMITS, "places": ("schema", "precision")},
    "date": {"earliest": ("options", "maxDaysInPast"), "latest": ("options", "maxDaysInFuture")},
}
# what is there anyway when the component is read again
ASSUMED: dict[tuple[str, str], Any] = {
    ("address", "own"): False, ("address", "region"): True, ("phone", "region"): "GB",
}  # fmt: skip
DAYS = {"earliest": re.compile(r"today(?:-(\d+)d)?"), "latest": re.compile(r"today(?:\+(\d+)d)?")}


def write_settings(field: Field, given: Json, component: Json, at: tuple[Part, ...], report: Report) -> None:
    """Put what has a place into the component, and name the others."""
    if field.type == "decimal" and given.get("places") == 0:
        sentence = "A number without decimal places is a whole number there."
        report.changed((*at, "options"), "type", sentence)
    for word, value in given.items():
        holder, foreign = WHERE.get(field.type, {}).get(word, ("", ""))
        if value in (None, "", []) or ASSUMED.get((field.type, word), "") == value:
            continue
        written = _written(field.type, word, value) if holder else None
        if written is None:
            report.lost((*at, "options", word), "option", f'The setting "{word}" has no place there.')
        else:
            component[holder][foreign] = written


def _written(kind: str, word: str, value: Any) -> Any:
    """The value as it is written there; None when it cannot be said."""
    if word in DAYS:
        found = DAYS[word].fullmatch(str(value))
        return int(found[1] or 0) if found else None
    if word == "pattern":
        return partial_pattern(str(value))
    if word == "width":
        return f"govuk-input--width-{value}"
    if word == "max_words":
        return str(value)
    if word in ("prefix", "unit"):
        return text_of(value)
    return value


def text_of(value: Any) -> Any:
    """A text as it is written there: by language when it has several."""
    text = Text.model_validate(value) if not isinstance(value, Text) else value
    return dict(text.root) if len(text.languages()) > 1 else text.in_("en")


def write_files(field: Field, given: Json, component: Json, at: tuple[Part, ...], report: Report) -> None:
    """What several files may be; of a single file nothing can be said there."""
    if field.type == "file":
        return
    kinds, options = given.pop("types", None) or [], component["options"]
    zone = {"maxFiles": given.pop("max", None), "maxFilesize": given.pop("max_megabytes", None),
            "acceptedFiles": ",".join(MEDIA[kind] for kind in kinds if kind in MEDIA)}  # fmt: skip
    options["dropzoneConfig"] = {word: value for word, value in zone.items() if value}
    if given.get("min") is not None:
        options["minimumRequiredFiles"] = given.pop("min")
