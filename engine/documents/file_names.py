"""A file name that a person typed or a program made up, made safe to store, show and send back."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*;`$&\'%#{}\\/\[\]]+')


def safe_name(name: str, extension: str) -> str:
    """The last part of a path, without hidden characters; the extension follows the content."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(each if _shown(each) else " " for each in last)
    stem = _UNSAFE.sub("_", _without_extension(visible, extension))
    stem = re.sub(r"\s+", " ", stem).strip(" ._")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"document {stem}".strip()
    return stem[: LONGEST - len(extension)].rstrip() + extension


def _shown(character: str) -> bool:
    """Control, format (also those that reverse the direction) and private characters are not."""
    return not unicodedata.category(character).startswith("C")


def _without_extension(name: str, extension: str) -> str:
    """Cut what looks like an extension, so that "a.exe" with the content of a PDF becomes "a.pdf"."""
    stem, dot, claimed = name.strip().rpartition(".")
    looks_like_one = claimed.isascii() and claimed.isalnum() and len(claimed) <= 5
    return stem if dot and stem and (looks_like_one or f".{claimed}" == extension) else name
