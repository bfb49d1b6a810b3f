"""The shapes of steps: card, diamond, ring and circle, each with its hue. Attributes only, so that a strict
content policy lets them through; classes for whoever wants to style them further."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import escape

from workflows.diagram.live import State
from workflows.node_type import Family

CARD_WIDTH, CARD_HEIGHT, DEADLINE = 216, 54, 13  # of a deadline the radius
INK, INK_2, PAPER, FOCUS = "#10212f", "#3a4b59", "#ffffff", "#ffd447"
HALO = f'stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'  # over arrows
HUES: dict[Family, tuple[str, str]] = {
    "person": ("#17508f", "#e8f0fa"),
    "applicant": ("#543a9c", "#efebfb"),
    "system": ("#3a4b59", "#e9eef2"),
    "choice": ("#7d4a00", "#fff1d6"),
    "join": ("#7d4a00", "#fff1d6"),
    "event": ("#9a3412", "#ffece2"),
    "structure": ("#3a4b59", "#e9eef2"),
    "start": ("#0a6440", "#e2f3ea"),
    "end": ("#0a6440", "#e2f3ea"),
}
MARKS: dict[State, tuple[str, str]] = {
    "done": ("#0a6440", "M-4 0l3 3 5-6"),
    "failed": ("#ab1f1a", "M0-4v5M0 4v.5"),
    "cancelled": ("#566774", "M-3.5-3.5l7 7M3.5-3.5l-7 7"),
}
CARDS = ("person", "applicant", "system", "structure")
DIAMONDS = ("choice", "join")
IconSource = Callable[[str, int], str]


def half(family: Family) -> tuple[int, int]:
    """Half of the width and height of a shape."""
    if family in CARDS:
        return CARD_WIDTH // 2, CARD_HEIGHT // 2
    return 22, 22


def shape(
    family: Family,
    title: str,
    detail: str,
    icon: str,
    state: State | None,
    place: tuple[float, float],
    *,
    several: bool = False,
    paper: str = PAPER,
) -> str:
    """One step, drawn around its middle; a second card behind it says that several people do it."""
    x, y = place
    body = (
        (_card_behind(family) if several else "") + _card(family, title, detail, icon, paper)
        if family in CARDS
        else _sign(family, title, icon)
    )
    ring = _ring(family) if state == "open" else ""
    mark = _mark(family, state) if state in MARKS else ""
    classes = f"cwd-step cwd-step--{family}" + (f" is-{state}" if state else "")
    return f'<g class="{classes}" transform="translate({x:g} {y:g})">{ring}{body}{mark}</g>'


def _card(family: Family, title: str, detail: str, icon: str, paper: str) -> str:
    line, tint = HUES[family]
    left, top = -CARD_WIDTH // 2, -CARD_HEIGHT // 2
    dashed = ' stroke-dasharray="4 3"' if family == "system" else ""
    middle = -3 if detail else 5
    tab = f'<path d="M{left} {top + 6}v-14h84v8" fill="{tint}" stroke="{line}" stroke-width="1.5"/>'
    second = f'<text x="{left + 46}" y="15" font-size="11" fill="{INK_2}">{_short(detail, 30)}</text>'
    return (
        f"{tab if family == 'structure' else ''}"
        f'<rect x="{left}" y="{top}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" rx="6" fill="{paper}"/>'
        f'<path d="M{left + 36} {top}v{CARD_HEIGHT}h-30a6 6 0 0 1 -6 -6v-{CARD_HEIGHT - 12}a6 6 0 0 1 6 -6z" '
        f'fill="{tint}"/>'
        f'<rect x="{left}" y="{top}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" rx="6" fill="none" '
        f'stroke="{line}" stroke-width="1.5"{dashed}/>'
        f'<g class="cwd-icon" color="{line}" transform="translate({left + 10} -8)">{icon}</g>'
        f'<text x="{left + 46}" y="{middle}" font-size="14" font-weight="600" fill="{INK}">'
        f"{_short(title, 22)}</text>"
        f"{second if detail else ''}"
    )


def _card_behind(family: Family) -> str:
    line, _ = HUES[family]
    left, top = 5 - CARD_WIDTH // 2, 5 - CARD_HEIGHT // 2
    return (
        f'<rect x="{left}" y="{top}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" rx="6" fill="{PAPER}" '
        f'stroke="{line}" stroke-width="1.5"/>'
    )


def _sign(family: Family, title: str, icon: str) -> str:
    line, tint = HUES[family]
    if family in DIAMONDS:
        body = f'<path d="M0-20L20 0 0 20-20 0z" fill="{tint}" stroke="{line}" stroke-width="1.5"/>'
    elif family == "event":
        body = (
            f'<circle r="18" fill="{PAPER}" stroke="{line}" stroke-width="1.5"/>'
            f'<circle r="14" fill="{tint}" stroke="{line}" stroke-width="1.5"/>'
        )
    else:
        width = 5 if family == "end" else 2
        body = f'<circle r="18" fill="{tint}" stroke="{line}" stroke-width="{width}"/>'
    y = -12 if family in DIAMONDS else 5  # an arrow leaves a diamond at its corner
    font = f'font-size="13" font-weight="600" fill="{INK}"'
    name = f'<text x="30" y="{y}" {font} {HALO}>{_short(title, 26)}</text>'
    return f'{body}<g class="cwd-icon" color="{line}" transform="translate(-8 -8)">{icon}</g>{name}'


def deadline(detail: str, icon: str, state: State | None, place: tuple[float, float]) -> str:
    """A deadline on the edge of its step."""
    line, tint = HUES["event"]
    x, y = place
    mark = f'<g transform="translate(10 -10)">{_disc(state)}</g>' if state in MARKS else ""
    return (
        f'<g class="cwd-step cwd-step--event" transform="translate({x:g} {y:g})">'
        f'<circle r="{DEADLINE}" fill="{PAPER}" stroke="{line}" stroke-width="1.5"/>'
        f'<circle r="10" fill="{tint}" stroke="{line}" stroke-width="1.5"/>'
        f'<g class="cwd-icon" color="{line}" transform="translate(-6 -6)">{icon}</g>{mark}'
        f'<text x="18" y="14" font-size="11" fill="{INK_2}" {HALO}>'
        f"{_short(detail, 24)}</text></g>"
    )


def _ring(family: Family) -> str:
    width, height = half(family)
    outer = f'x="{-width - 5}" y="{-height - 5}" width="{2 * width + 10}" height="{2 * height + 10}" rx="10"'
    return (
        f'<rect {outer} fill="none" stroke="{INK}" stroke-width="6"/>'
        f'<rect {outer} fill="none" stroke="{FOCUS}" stroke-width="3"/>'
    )


def _mark(family: Family, state: State | None) -> str:
    width, height = half(family)
    return f'<g transform="translate({width - 2} {-height + 2})">{_disc(state)}</g>'


def _disc(state: State | None) -> str:
    colour, path = MARKS[state or "done"]
    return (
        f'<circle r="9" fill="{colour}" stroke="{PAPER}" stroke-width="2"/>'
        f'<path d="{path}" fill="none" stroke="{PAPER}" stroke-width="2" stroke-linecap="round"/>'
    )


def _short(text: str, most: int) -> str:
    return escape(text if len(text) <= most else text[: most - 1].rstrip() + "…")
