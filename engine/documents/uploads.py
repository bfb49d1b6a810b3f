"""Taking a file from outside: measured, recognised, checked and scanned before its bytes reach a store."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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

_SENTENCES = {
    "empty": gettext_noop("%(name)s is empty. Add the file again"),
    "too_large": gettext_noop("%(name)s is larger than %(limit)s. Add a smaller file"),
    "wrong_type": gettext_noop("%(name)s could not be used. Add a %(types)s of up to %(limit)s"),
    "broken": gettext_noop("%(name)s could not be opened. Save it again and add the new file"),
    "locked": gettext_noop("%(name)s is protected by a password. Add a copy without one"),
    "active_content": gettext_noop("%(name)s contains a program. Print it to a new PDF and add that"),
    "too_many_pixels": gettext_noop("%(name)s is too large a picture. Add a smaller one"),
    "metadata": gettext_noop(
        "We could not take hidden data out of %(name)s. Save it as JPG or PNG and add that"
    ),
    "infected": gettext_noop("We found a virus in %(name)s, so we deleted it"),
    "scanner_away": gettext_noop("We could not check %(name)s for viruses. Try again in a few minutes"),
}


class UploadRefused(Exception):
    """The file was not taken; the sentence says why and what to do."""

    def __init__(self, code: str, sentence_key: str, params: dict[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.sentence_key = sentence_key
        self.params = params

    @property
    def sentence(self) -> str:
        """The reason in the language that is active now."""
        return _(_SENTENCES[self.sentence_key]) % self.params


class Readable(Protocol):
    """Whatever bytes can be read from: a Django upload, a file, a socket's body."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, empty at the end."""


@dataclass(frozen=True)
class PictureRules:
    """What is wanted of a picture beside its kind: without what a camera wrote into it, and not too large."""

    strip_metadata: bool = False
    max_width: int | None = None
    max_height: int | None = None


@dataclass(frozen=True)
class _Arrival:
    """What is known of a file that is being taken, for its checks and for the sentence of a refusal."""

    name: str
    allowed: frozenset[str]
    limit_bytes: int
    picture: PictureRules

    def refused(self, code: str) -> UploadRefused:
        """Why this file is not taken."""
        return UploadRefused(
            code,
            code,
            {
                "name": _shown(self.name),
                "limit": _megabytes(self.limit_bytes),
                "types": _type_names(self.allowed),
            },
        )


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
            raise arrival.refused("too_large")
        digest.update(piece)
        file.write(piece)
    if not size:
        raise arrival.refused("empty")
    return size, digest.hexdigest()


def _recognised(file: BinaryIO, arrival: _Arrival) -> str:
    content_type = content_type_of(file, arrival.name)
    if content_type is None or content_type not in arrival.allowed:
        raise arrival.refused("wrong_type")
    try:
        check(file, content_type)
        size = size_of(file, content_type)
    except Unsound as error:
        raise arrival.refused(error.code) from error
    most = (arrival.picture.max_width, arrival.picture.max_height)
    if size and any(limit and side > limit for side, limit in zip(size, most, strict=True)):
        raise arrival.refused("too_many_pixels")
    return content_type


def _without_metadata(file: BinaryIO, content_type: str, arrival: _Arrival) -> BinaryIO:
    if not arrival.picture.strip_metadata:
        return file
    try:
        return without_metadata(file, content_type)
    except MetadataStays as error:
        raise arrival.refused("metadata") from error
    except Unsound as error:
        raise arrival.refused(error.code) from error


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
        raise arrival.refused("scanner_away") from error
    if infected:
        raise arrival.refused("infected")
    return Document.ScanState.CLEAN


def _shown(name: str) -> str:
    """The name as its owner knows it, without the characters that could deceive a reader."""
    plain = "".join(each for each in name if not unicodedata.category(each).startswith("C")).strip()
    return plain if 0 < len(plain) <= 60 else (plain[:59] + "…" if plain else _("The file"))


def _megabytes(limit_bytes: int) -> str:
    return f"{limit_bytes / 1024 / 1024:.3g} MB"


def _type_names(allowed: frozenset[str]) -> str:
    names = sorted(EXTENSIONS[each].lstrip(".").upper() for each in allowed if each in EXTENSIONS)
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
