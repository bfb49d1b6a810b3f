"""Where to go on after a row was added, removed or kept: by autofocus, which needs no script."""

import re

from django.utils.safestring import SafeString, mark_safe

from forms_library.row_names import ADD, REMOVE, STAY
from portal.citizen.page_form import PageForm

PRESSED = re.compile(
    rf"(?P<rows>[A-Za-z][A-Za-z0-9_-]*?)(?:-(?P<number>\d+))?-(?P<what>{ADD}|{REMOVE}|{STAY})"
)
IN_ROW = r' id="{rows}-(\d+)-[^"]*"'


def pressed_in(form: PageForm) -> str:
    """The name of the button that was pressed for a row; empty for any other."""
    if form.posted is None or not form.result.again:
        return ""
    return next((name for name in form.posted.data if PRESSED.fullmatch(name)), "")


def with_focus(html: str, pressed: str) -> str:
    """The questions with the focus in the row that is new, or at the button beside the one that is gone."""
    found = PRESSED.fullmatch(pressed)
    if found is None:
        return html
    rows = re.escape(found["rows"])
    place = _last_row(html, rows) if found["what"] == ADD else None
    if found["what"] == STAY:
        place = re.search(rf' name="{rows}-{found["number"]}-{REMOVE}"', html)
    place = place or re.search(rf' name="{rows}-{ADD}"', html) or re.search(rf' id="{rows}"', html)
    if place is None:
        return html
    return SafeString(mark_safe(f"{html[: place.start()]} autofocus{html[place.start() :]}"))  # noqa: S308  was safe


def _last_row(html: str, rows: str) -> re.Match[str] | None:
    """The first input of the last row."""
    last = None
    for found in re.finditer(IN_ROW.format(rows=rows), html):
        if last is None or int(found[1]) > int(last[1]):
            last = found
    return last
