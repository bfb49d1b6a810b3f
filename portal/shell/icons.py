"""The icons of the product, drawn in place.

The shapes are lucide's (ISC licence, kept in the table itself); ``npm run build`` in client/ renews the
table from client/icons.txt.
"""

import json
from functools import cache
from pathlib import Path

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

TABLE = Path(__file__).parent / "icons.json"
STANDS_IN = "landmark"  # for a name that a department chose and that the table lacks
TURNS_IN_RTL = frozenset(
    [
        "corner-down-left",
        "corner-down-right",
        "corner-up-left",
        "log-in",
        "log-out",
        "redo-2",
        "send",
        "undo-2",
    ]
)
TURNING_FAMILIES = (
    "arrow-left",
    "arrow-right",
    "arrow-up-right",
    "chevron-left",
    "chevron-right",
    "chevrons-",
)
_SVG = (
    '<svg class="{css}" aria-hidden="true" focusable="false" width="{size}" height="{size}" '
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round">{inner}</svg>'
)


@cache
def _table() -> dict[str, str]:
    shapes: dict[str, str] = json.loads(TABLE.read_text(encoding="utf-8"))
    shapes.pop("")  # the licence
    return shapes


def names() -> list[str]:
    """Every icon that can be drawn, for pickers and checks."""
    return sorted(_table())


@cache
def _drawn(name: str, size: int, css: str) -> SafeString:
    turns = name in TURNS_IN_RTL or name.startswith(TURNING_FAMILIES)
    css_class = " ".join(part for part in ("i", "flip" if turns else "", css) if part)
    inner = _table().get(name) or _table()[STANDS_IN]
    drawn = _SVG.format(css=conditional_escape(css_class), size=int(size), inner=inner)
    return mark_safe(drawn)  # noqa: S308  the shapes are ours, the class is escaped


def svg(name: str, size: int = 16, css: str = "") -> SafeString:
    """One icon, hidden from screen readers because a word stands beside it."""
    return _drawn(name if name in _table() else STANDS_IN, size, css)
