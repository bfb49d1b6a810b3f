"""What a file is, read from its bytes; its name and what the browser says are not asked."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

import puremagic

HEAD = 16 * 1024
SURE_ENOUGH = 0.3  # puremagic counts a tenth for each byte that matches; two bytes are chance

# The kinds of file that Caseway takes at all, with the extension that each gets.
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/tiff": ".tiff",
    "image/heic": ".heic",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/plain": ".txt",
    "text/csv": ".csv",
}
_OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_BY_EXTENSION = {extension: content_type for content_type, extension in EXTENSIONS.items()}
_OTHER_NAMES = {"application/x-pdf": "application/pdf", "image/heif": "image/heic"}


def content_type_of(file: BinaryIO, name: str) -> str | None:
    """The content type, or None for a file of a kind that is not taken."""
    file.seek(0)
    head = file.read(HEAD)
    found = _by_magic(head)
    if found == "application/zip":
        return _office_type(file)
    if found is None and _is_text(head):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return found if found in EXTENSIONS else None


def _by_magic(head: bytes) -> str | None:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    if not matches or matches[0].confidence < SURE_ENOUGH:
        return None
    mime = str(matches[0].mime_type)
    return _OTHER_NAMES.get(mime, "application/zip" if head.startswith(b"PK\x03\x04") else mime)


def _office_type(file: BinaryIO) -> str | None:
    """Read only the list of names in the archive; nothing is unpacked, and macros are not taken."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            first = archive.infolist()[0] if names else None
            if first and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED:
                stated = archive.read(first)[:80].decode("ascii", "replace") if first.file_size < 100 else ""
                return stated if stated in EXTENSIONS else None
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return None
    if any(each.lower().endswith("vbaproject.bin") for each in names) or len(names) > 5000:
        return None
    return next((_BY_EXTENSION[_OFFICE[each]] for each in names if each in _OFFICE), None)


def _is_text(head: bytes) -> bool:
    """UTF-8 (perhaps cut at the end of what was read) without control characters."""
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4 or len(head) < HEAD:
            return False
        text = head[: error.start].decode()
    return not any(each < " " and each not in "\t\r\n\f" for each in text)
