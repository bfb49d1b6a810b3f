"""Taking a file from outside: measured, recognised, checked and scanned before its bytes reach a store."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from engine.departments.models import Department, User
from engine.documents.file_names import safe_name
from engine.documents.metadata import MetadataStays, size_of, without_metadata
from engine.documents.models import Document
from engine.documents.scanning import ScannerAway, configured_scanner
from engine.documents.sniffing import EXTENSIONS, content_type_of
from engine.documents.soundness import Unsound, check
from engine.documents.storage import content_key
from engine.documents.storing import nobody_removes, write

CHUNK = 64 * 1024
IN_MEMORY = 512 * 1024


class UploadRefused(Exception):
    """The file was not taken; the code says why, and who asked for the file has the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Readable(Protocol):
    """Whatever bytes can be read from: a Django upload, a file, a socket's body."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, empty at the end."""


@dataclass(frozen=True)
class PictureRules:
    """What is wanted beside its kind: of a picture its size, nothing of its camera; of a PDF its pages."""

    strip_metadata: bool = False
    max_width: int | None = None
    max_height: int | None = None
    max_pages: int | None = None


@dataclass(frozen=True)
class _Arrival:
    """What is known of a file that is being taken, and what it is held to."""

    name: str
    allowed: frozenset[str]
    limit_bytes: int
    picture: PictureRules


def save_upload(
    stream: Readable,
    *,
    name: str,
    department: Department,
    owner: User | None,
    allowed: frozenset[str],
    limit_bytes: int,
    data_class: str = "personal",
    picture: PictureRules | None = None,
) -> Document:
    """Take a file or raise UploadRefused; raises StoreAway when it cannot be kept now."""
    arrival = _Arrival(name, allowed, limit_bytes, picture or PictureRules())
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        file = cast(BinaryIO, spool)
        size, sha256 = _copy_and_measure(stream, file, arrival)
        content_type = _recognised(file, arrival)
        scan_state = _scanned(file, arrival)
        clean = _without_metadata(file, content_type, arrival)
        if clean is not file:
            size, sha256 = _measured(clean)
        with clean, nobody_removes(content_key(department.key, sha256)):
            written = write(clean, size=size, sha256=sha256, department=department)
            return written.as_document(
                name=safe_name(name, EXTENSIONS[content_type]),
                content_type=content_type,
                owner=owner,
                scan_state=scan_state,
                data_class=data_class,
            )


def _copy_and_measure(stream: Readable, file: BinaryIO, arrival: _Arrival) -> tuple[int, str]:
    """Stop reading as soon as the limit is passed: what is not read costs nothing."""
    size, digest = 0, hashlib.sha256()
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > arrival.limit_bytes:
            raise UploadRefused("too_large")
        digest.update(piece)
        file.write(piece)
    if not size:
        raise UploadRefused("empty")
    return size, digest.hexdigest()


def _recognised(file: BinaryIO, arrival: _Arrival) -> str:
    content_type = content_type_of(file, arrival.name)
    if content_type is None or content_type not in arrival.allowed:
        raise UploadRefused("wrong_type")
    try:
        check(file, content_type, arrival.picture.max_pages)
        size = size_of(file, content_type)
    except Unsound as error:
        raise UploadRefused(error.code) from error
    most = (arrival.picture.max_width, arrival.picture.max_height)
    if size and any(limit and side > limit for side, limit in zip(size, most, strict=True)):
        raise UploadRefused("too_many_pixels")
    return content_type


def _without_metadata(file: BinaryIO, content_type: str, arrival: _Arrival) -> BinaryIO:
    if not arrival.picture.strip_metadata:
        return file
    try:
        return without_metadata(file, content_type)
    except MetadataStays as error:
        raise UploadRefused("metadata") from error
    except Unsound as error:
        raise UploadRefused(error.code) from error


def _measured(file: BinaryIO) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while piece := file.read(CHUNK):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def _scanned(file: BinaryIO, arrival: _Arrival) -> Document.ScanState:
    scanner = configured_scanner()
    if scanner is None:
        return Document.ScanState.NOT_SCANNED
    try:
        infected = scanner.finds_virus(file)
    except ScannerAway as error:
        raise UploadRefused("scanner_away") from error
    if infected:
        raise UploadRefused("infected")
    return Document.ScanState.CLEAN
