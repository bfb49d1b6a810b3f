"""The files of a folder, each told by what is in it; what is no form is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms_library.importing.limits import MOST_BYTES, read_document
from forms_library.importing.port import Importer, Refused
from forms_library.importing.reading import recognised

EXPORT = ("forms.json", "formSteps.json", "formDefinitions.json")
ENDINGS = (".json", ".zip")


@dataclass(frozen=True)
class Source:
    """One file, or one unpacked export; without an importer it is no form, and `why` says so."""

    name: str
    document: Any = None
    importer: Importer | None = None
    why: str = ""


def sources(folder: Path) -> Iterator[Source]:
    """Everything in a folder and below, in order."""
    exports = {path.parent for path in folder.rglob(EXPORT[0]) if (path.parent / EXPORT[1]).is_file()}
    for export in sorted(exports):
        yield _export(export, str(export.relative_to(folder)) or ".")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.parent not in exports:
            yield _file(path, str(path.relative_to(folder)))


def _export(folder: Path, name: str) -> Source:
    try:
        document = {path.name: read_document(_bytes(path)) for path in sorted(folder.glob("*.json"))}
    except Refused as refused:
        return Source(name, why=refused.sentence)
    return Source(name, document, recognised(document))


def _file(path: Path, name: str) -> Source:
    if path.suffix.lower() not in ENDINGS:
        return Source(name, why="This is neither JSON nor a ZIP archive.")
    try:
        document = read_document(_bytes(path))
    except Refused as refused:
        return Source(name, why=refused.sentence)
    importer = recognised(document)
    return Source(name, document, importer, "" if importer else "This is no form of a known format.")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)
