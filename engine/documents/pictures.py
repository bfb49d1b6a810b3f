"""The pages of a PDF as pictures, for people who look at one beside their work. The only door to PDFium."""

from __future__ import annotations

import io
import threading

import pypdfium2

POINTS_PER_INCH = 72
MOST_PAGES = 10
# PDFium belongs to one thread at a time
_ONE_AT_A_TIME = threading.Lock()


def pages_as_png(data: bytes, width: int) -> list[bytes]:
    """Each of the first pages as a PNG that is so many pixels wide."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
        return [_png(document[number], width) for number in range(min(len(document), MOST_PAGES))]


def _png(page: pypdfium2.PdfPage, width: int) -> bytes:
    file = io.BytesIO()
    page.render(scale=width / page.get_width()).to_pil().convert("RGB").save(file, format="PNG")
    return file.getvalue()
