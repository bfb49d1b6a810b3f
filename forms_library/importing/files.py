"""Kinds of file by media type and ending."""

from typing import get_args

from engine.core.problems import Part
from forms_library.importing.report import Report
from forms_library.uploaded import FileKind

KNOWN = {
    "application/pdf": "pdf", "pdf": "pdf",
    "image/jpeg": "jpg", "image/jpg": "jpg", "jpg": "jpg", "jpeg": "jpg",
    "image/png": "png", "png": "png",
    "image/webp": "webp", "webp": "webp", "image/tiff": "tiff", "tiff": "tiff", "tif": "tiff",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx", "docx": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx", "xlsx": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt", "odt": "odt",
    "text/plain": "txt", "txt": "txt", "text/csv": "csv", "csv": "csv",
    "application/msword": "doc", "doc": "doc", "application/vnd.ms-excel": "xls", "xls": "xls",
    "application/vnd.oasis.opendocument.spreadsheet": "ods", "ods": "ods",
    "application/rtf": "rtf", "text/rtf": "rtf", "rtf": "rtf",
}  # fmt: skip
TAKEN = frozenset(get_args(FileKind))
PICTURES = ("image/*",)


def kinds_of(wanted: list[str], path: tuple[Part, ...], report: Report) -> list[str]:
    """The kinds of file that can be taken, in order; the others are named."""
    kinds: dict[str, None] = {}
    refused: dict[str, None] = {}
    for name in (str(name).strip().lower() for name in wanted):
        kind = KNOWN.get(name.removeprefix("."), "")
        if name in PICTURES:
            kinds |= {"jpg": None, "png": None}
        elif kind in TAKEN:
            kinds[kind] = None
        elif name:
            refused[name[:120]] = None
    if refused:
        report.lost(
            path, "file_kind", f"Files of these kinds are not taken here: {', '.join(list(refused)[:40])}."
        )
    return list(kinds)
