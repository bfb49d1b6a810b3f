"""HTML to tagged PDF. The only door to WeasyPrint."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from engine.documents.signature_field import add_signature_field
from engine.documents.underlay import Place, Underlay, add_underlays

POINTS_PER_PX = 0.75
SIGNATURE = "signature"
_TAGGED: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
_DEFAULT_STYLE = """
html, body, div, p, h1, h2, section, main, blockquote { display: block }
table { display: table; border-spacing: 0; box-sizing: border-box } thead { display: table-header-group }
tbody { display: table-row-group } tr { display: table-row; vertical-align: inherit }
td, th { display: table-cell; vertical-align: inherit }
head, title, style, meta { display: none } b { font-weight: bold }
br::before { content: "\\A"; white-space: pre-line }
[dir=rtl] { direction: rtl } [dir=ltr] { direction: ltr }
"""
# Pango and the font configuration belong to one thread at a time; drawing holds the interpreter anyway.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Drawn:
    """A PDF and the number of its pages."""

    data: bytes
    pages: int


class _Page(weasyprint.HTML):  # type: ignore[misc]
    """HTML whose default style knows only the elements of our own templates: a fifth less time a page."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_sheet(_DEFAULT_STYLE)]


class _Held(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint what the caller holds; nothing is read from a disk or a network."""

    def __init__(self, held: Mapping[str, str]) -> None:
        super().__init__()
        self._held = held

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The drawing with this address; any other address is refused, and WeasyPrint goes on without it."""
        if url not in self._held:
            raise ValueError("only drawings that are held may be loaded")
        return URLFetcherResponse(url, self._held[url].encode(), {"Content-Type": "image/svg+xml"})


def draw(
    html: str,
    *,
    style: str = "",
    drawings: Mapping[str, str] | None = None,
    underlays: Sequence[Underlay] = (),
    signature_label: str = "",
) -> Drawn:
    """A tagged PDF/UA-1 of A4 pages.

    `drawings` are SVG texts by the address under which the page names them. With a label, an empty signature
    field is laid over the element with the id "signature".
    """
    with _ONE_AT_A_TIME, _garbage_gathered_once():
        return _drawn(
            _Page(string=html, base_url="caseway:/", url_fetcher=_Held(drawings or {})),
            [_sheet(style)] if style else [],
            underlays,
            signature_label,
        )


def _drawn(
    source: _Page, sheets: Sequence[Any], underlays: Sequence[Underlay], signature_label: str
) -> Drawn:
    """When this function has ended nothing holds the boxes of the pages any more."""
    document = source.render(font_config=_fonts(), stylesheets=sheets, **_TAGGED)
    places = _places(document)

    def finish(_: Any, pdf: Any) -> None:
        _silence(pdf)
        add_underlays(pdf, underlays, places)
        if signature_label and SIGNATURE in places:
            add_signature_field(pdf, places[SIGNATURE], signature_label)

    return Drawn(document.write_pdf(finisher=finish, **_TAGGED), len(document.pages))


def _silence(pdf: Any) -> None:
    """A blockquote in our templates is ink without a message: who hears the page is spared it."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("S") == "/BlockQuote":
            each["S"] = "/NonStruct"
            each["ActualText"] = pydyf.String(" ")


@contextlib.contextmanager
def _garbage_gathered_once() -> Iterator[None]:
    """A page makes 30,000 objects and drops them all; looking for garbage meanwhile costs a tenth more.

    Afterwards the young objects are looked at once. Those that grow old lie about until a quarter of the
    whole process is garbage: 40 MB.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(1)
        if was_on:
            gc.enable()


def _places(document: Any) -> dict[str, Place]:
    return {
        name: Place(index, tuple(each * POINTS_PER_PX for each in box))
        for index, page in enumerate(document.pages)
        for name, box in page.anchors.items()
    }


@lru_cache(maxsize=32)
def _sheet(style: str) -> Any:
    """Parsing the style sheet of a department once saves a tenth of each certificate."""
    return weasyprint.CSS(string=style, font_config=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """Shared by all documents of a process: making it anew costs 20 ms each time."""
    return FontConfiguration()
