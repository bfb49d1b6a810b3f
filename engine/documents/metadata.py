"""Pictures without what a camera wrote into them: place, time, device, thumbnails, comments.

The picture itself is copied as it is, piece by piece, never decoded: nothing of its quality is lost, and a
large one takes no more memory than a small one. Only what draws it stays, and which side is up.
"""

from __future__ import annotations

import re
import struct
import tempfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from PIL import Image

from engine.documents.soundness import Unsound

CHUNK = 64 * 1024
IN_MEMORY = 512 * 1024
ORIENTATION = 0x0112
# PNG: what draws the picture, its colours and its moving parts
PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs hIST cICP mDCV cLLI acTL fcTL fdAT".split()
)
WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"))
WEBP_SAYS_METADATA = 0x08 | 0x04  # flags of VP8X: EXIF, XMP
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = (
    0xD8,
    0xD9,
    0xDA,
    0xE0,
    0xE1,
    0xE2,
    0xEE,
    0xEF,
    0xFE,
)
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class MetadataStays(Exception):
    """What is written into a file of this kind cannot be taken out."""


def without_metadata(file: BinaryIO, content_type: str) -> BinaryIO:
    """A copy without it; what is no picture is given back as it is. Raises MetadataStays or Unsound."""
    if not content_type.startswith("image/"):
        return file
    copy = _COPIES.get(content_type)
    if copy is None:
        raise MetadataStays
    orientation = _orientation(file)
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the caller closes it
    out = cast(BinaryIO, spool)
    file.seek(0)
    try:
        copy(file, out, orientation)
    except (struct.error, IndexError) as error:
        out.close()
        raise Unsound("broken") from error
    except Unsound:
        out.close()
        raise
    file.seek(0)
    out.seek(0)
    return out


def size_of(file: BinaryIO, content_type: str) -> tuple[int, int] | None:
    """Width and height of a picture, from its head; None for anything else."""
    if content_type not in _COPIES and content_type not in ("image/gif", "image/tiff"):
        return None
    file.seek(0)
    try:
        with Image.open(file) as image:
            return image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unsound("broken") from error
    finally:
        file.seek(0)


def _orientation(file: BinaryIO) -> int:
    """Which side is up, 1 to 8; 1 when nothing readable says so."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            found = image.getexif().get(ORIENTATION, 1)
    except Exception:  # broken metadata is no reason to refuse what is taken out anyway
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _exif(orientation: int) -> bytes:
    """The smallest EXIF that says which side is up."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise Unsound("broken")
    return data


def _copy(file: BinaryIO, out: BinaryIO, size: int) -> None:
    while size:
        piece = _exactly(file, min(size, CHUNK))
        out.write(piece)
        size -= len(piece)


# --- JPEG: segments up to the end of the picture; what follows it is not the picture
def _jpeg(file: BinaryIO, out: BinaryIO, orientation: int) -> None:
    out.write(_exactly(file, 2))
    exif = b"Exif\0\0" + _exif(orientation)
    head = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif if orientation != 1 else b""
    marker = _next_marker(file)
    while marker != _EOI:
        if marker != _APP0 and head:
            out.write(head)
            head = b""
        size = struct.unpack(">H", _exactly(file, 2))[0] - 2
        if size < 0:
            raise Unsound("broken")
        data = _exactly(file, size)
        if _draws(marker, data):
            out.write(bytes((0xFF, marker)) + struct.pack(">H", size + 2) + data)
        marker = _scan(file, out) if marker == _SOS else _next_marker(file)
    out.write(b"\xff\xd9")


def _draws(marker: int, data: bytes) -> bool:
    """Whether a segment is needed to draw: of the application's own only the head, the colours, Adobe's."""
    if marker == _COM:
        return False
    if not _APP0 <= marker <= _APP15:
        return True
    wanted = {_APP0: b"JFIF\0", _APP2: b"ICC_PROFILE\0", _APP14: b"Adobe"}
    return marker in wanted and data.startswith(wanted[marker])


def _next_marker(file: BinaryIO) -> int:
    if _exactly(file, 1) != b"\xff":
        raise Unsound("broken")
    while (marker := _exactly(file, 1)) == b"\xff":
        pass
    return marker[0]


def _scan(file: BinaryIO, out: BinaryIO) -> int:
    """Copy what was drawn up to the next marker, and give that; a picture that is cut ends where it ends."""
    rest = b""
    while piece := file.read(CHUNK):
        piece = rest + piece
        found = _MARKER.search(piece)
        if found:
            out.write(piece[: found.start()])
            file.seek(found.end() - len(piece), 1)
            return piece[found.end() - 1]
        rest = b"\xff" if piece.endswith(b"\xff") else b""
        out.write(piece[: len(piece) - len(rest)])
    return _EOI


# --- PNG
def _png(file: BinaryIO, out: BinaryIO, orientation: int) -> None:
    out.write(_exactly(file, 8))
    kind = b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", _exactly(file, 8))
        if kind not in PNG_KEPT:
            _skip(file, size + 4)
            continue
        out.write(struct.pack(">I4s", size, kind))
        _copy(file, out, size + 4)
        if kind == b"IHDR" and orientation != 1:
            data = b"eXIf" + _exif(orientation)
            out.write(struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data)))


def _skip(file: BinaryIO, size: int) -> None:
    here = file.tell()
    end = file.seek(0, 2)
    if here + size > end:
        raise Unsound("broken")
    file.seek(here + size)


# --- WebP: a RIFF whose size is known only at the end
def _webp(file: BinaryIO, out: BinaryIO, orientation: int) -> None:
    out.write(_exactly(file, 12))
    can_say = False
    while len(head := file.read(8)) == 8:
        kind, size = struct.unpack("<4sI", head)
        padded = size + size % 2
        if kind not in WEBP_KEPT:
            _skip(file, padded)
            continue
        out.write(head)
        if kind == b"VP8X":
            can_say = True
            flags = _exactly(file, 1)[0] & ~WEBP_SAYS_METADATA
            out.write(bytes((flags | (0x08 if orientation != 1 else 0),)))
            padded -= 1
        _copy(file, out, padded)
    if can_say and orientation != 1:
        exif = _exif(orientation)
        out.write(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    size = out.tell()
    out.seek(4)
    out.write(struct.pack("<I", size - 8))


_COPIES: dict[str, Callable[[BinaryIO, BinaryIO, int], None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
