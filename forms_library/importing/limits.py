"""Bytes become a document within limits: a hostile file costs little and is refused with its reason."""

import io
import json
import re
import zipfile
from pathlib import PurePosixPath
from typing import Any

from forms_library.importing.port import Document, Refused

MOST_BYTES = 10_000_000
MOST_UNPACKED = 40_000_000
MOST_MEMBERS = 200
HIGHEST_RATIO = 100
# below this size a high ratio means nothing: many equal lines pack well
RATIO_MATTERS_FROM = 1_000_000
DEEPEST = 60
MOST_PARTS = 400_000
MOST_DIGITS = 400

STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = re.compile(rb"[\[\]{}]")
NUMBER = re.compile(rb"[0-9]{%d,}" % MOST_DIGITS)


def read_document(content: bytes) -> Document:
    """The JSON document in these bytes, or the JSON files of an archive by their path."""
    if len(content) > MOST_BYTES:
        raise Refused(f"This file is larger than {MOST_BYTES // 1_000_000} MB.")
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Refused(
            "This file is XML or HTML. Forms are read from JSON, or from a ZIP archive of JSON files."
        )
    return read_json(content)


def read_json(content: bytes) -> Any:
    """The JSON in these bytes; raises Refused when it is none, or too deep or too large."""
    _measure(content)
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Refused("This file is not text in UTF-8.") from None
    except (ValueError, RecursionError):
        raise Refused("This file is not sound JSON.") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _measure(content: bytes) -> None:
    """Depth and number of parts are counted before anything is built from them."""
    bare = STRINGS.sub(b"", content)
    if bare.count(b",") + bare.count(b"[") + bare.count(b"{") > MOST_PARTS:
        raise Refused(f"This file holds more than {MOST_PARTS:,} values: that is no form.")
    if NUMBER.search(bare):
        raise Refused(f"This file holds a number of more than {MOST_DIGITS} digits.")
    depth = 0
    for found in BRACKETS.finditer(bare):
        depth += 1 if found.group() in b"[{" else -1
        if depth > DEEPEST:
            raise Refused(f"This file is nested more than {DEEPEST} levels deep.")


def _archive(content: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refused(
            "This ZIP archive is damaged, encrypted, or packed in a way that is not read."
        ) from None


def _members(archive: zipfile.ZipFile) -> dict[str, Any]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise Refused(f"This archive holds more than {MOST_MEMBERS} files.")
    said = sum(info.file_size for info in infos)
    _within(said, sum(info.compress_size for info in infos))
    documents, unpacked = {}, 0
    for info in infos:
        path = PurePosixPath(info.filename)
        if info.is_dir() or path.suffix != ".json":
            continue
        with archive.open(info) as member:  # what the archive says of its sizes may be a lie: count
            text = member.read(MOST_BYTES + 1)
        unpacked += len(text)
        _within(unpacked, max(info.compress_size, unpacked // HIGHEST_RATIO))
        if len(text) > MOST_BYTES:
            raise Refused(f"A file of this archive is larger than {MOST_BYTES // 1_000_000} MB.")
        documents[str(path)] = read_json(text)
    return documents


def _within(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED:
        raise Refused(f"This archive unpacks to more than {MOST_UNPACKED // 1_000_000} MB.")
    if unpacked > RATIO_MATTERS_FROM and unpacked > packed * HIGHEST_RATIO:
        raise Refused(f"This archive unpacks to more than {HIGHEST_RATIO} times its size.")
