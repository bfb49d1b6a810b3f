"""The drawings of a department's certificates, computed once per colour and emblem."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path

import segno

from engine.documents import guilloche
from engine.documents.underlay import Underlay

_ICONS = Path(__file__).parents[1] / "icons"
_DEFAULT_EMBLEM = "landmark"
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_QR_INK = "#10212f"
EMBLEM_MM = 24
SEAL_MM = 32


def mixed(colour: str, share: float) -> str:
    """This colour on white paper: 1 is the colour, 0 is white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - each) * share):02x}" for each in parts)


def printable(colour: str) -> str:
    """A colour that may stand in a style sheet; anything else becomes ink."""
    return colour.lower() if _COLOUR.fullmatch(colour) else "#10212f"


@lru_cache(maxsize=32)
def underlays(colour: str) -> tuple[Underlay, ...]:
    """What lies under the page: frame, rosette, and the rings of both seals."""
    return (
        Underlay(guilloche.frame(mixed(colour, 0.72)), 0, 0),
        Underlay(guilloche.rose(mixed(colour, 0.16)), 25, 72),
        Underlay(guilloche.seal(colour, EMBLEM_MM), 0, 0, under="emblem"),
        Underlay(guilloche.seal(colour, SEAL_MM), 0, 0, under="seal"),
    )


def qr_drawing(address: str) -> str:
    """The QR code of an address; "M" still reads with a stain on 15 % of it."""
    code = segno.make(address, error="m", micro=False)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", scale=4, border=0, dark=_QR_INK, xmldecl=False, nl=False)
    return drawing.getvalue().decode()


def emblem_name(icon: str) -> str:
    """The icon if there is a drawing of it, else the house with columns."""
    return (
        icon
        if re.fullmatch(r"[a-z0-9-]{1,40}", icon) and (_ICONS / f"{icon}.svg").exists()
        else _DEFAULT_EMBLEM
    )


@lru_cache(maxsize=64)
def emblem_drawing(colour: str, icon: str) -> str:
    """A lucide icon in the white middle of the seal."""
    text = (_ICONS / f"{icon}.svg").read_text(encoding="utf-8")
    strokes = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40mm" height="40mm">'
        f'<circle cx="20" cy="20" r="9.6" fill="#fff" stroke="{colour}" stroke-width=".5"/>'
        f'<g transform="translate(13.4 13.4) scale(.55)" fill="none" stroke="{colour}" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round">{strokes.strip()}</g></svg>'
    )
