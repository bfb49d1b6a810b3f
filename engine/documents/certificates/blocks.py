"""What stands on the page of a certificate beside its lines: plain values for the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.languages import direction
from engine.documents.certificates.request import CertificateBlock, CertificateRequest

# what stands beside each other at the foot of the page, by where it is signed
FEET: Mapping[str, tuple[str, str, str]] = {
    "start": ("sign", "seal", "check"),
    "middle": ("seal", "sign", "check"),
    "end": ("seal", "check", "sign"),
}


def blocks_of(request: CertificateRequest, *, above: bool) -> list[dict[str, Any]]:
    """The blocks above or below the lines, in their order."""
    languages = request.printed_languages
    return [_drawn(block, languages) for block in request.blocks if block.above is above]


def _drawn(block: CertificateBlock, languages: tuple[str, ...]) -> dict[str, Any]:
    words = [
        {"language": each, "direction": direction(each), "words": block.words.in_(each)} for each in languages
    ]
    header = [_each([title.in_(each) for each in languages]) for title in block.header]
    cells = [[_each([cell.get(each, "") for each in languages]) for cell in row] for row in block.cells]
    return {"kind": block.kind, "halves": words, "header": header, "cells": cells}


def _each(values: list[str]) -> str:
    """A value once where all languages say the same."""
    return " / ".join(dict.fromkeys(value for value in values if value))
