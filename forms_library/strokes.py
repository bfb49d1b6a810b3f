"""A drawn signature as lines between whole numbers: small, sharp in print, and never a program."""

import re

from forms_library.complaints import refuse

WIDTH, HEIGHT = 600, 200
LONGEST = 12_000
FEWEST_POINTS = 4
STROKES = re.compile(r"(?:M[0-9]{1,3} [0-9]{1,3}(?:L[0-9]{1,3} [0-9]{1,3})*)+")
POINT = re.compile(r"[ML]([0-9]{1,3}) ([0-9]{1,3})")


def checked(text: str) -> str:
    """The strokes, if they are lines within the box and more than a dot."""
    if not text:
        return ""
    if len(text) > LONGEST or not STROKES.fullmatch(text):
        raise refuse("drawing")
    points = {(int(x), int(y)) for x, y in POINT.findall(text)}
    if any(x > WIDTH or y > HEIGHT for x, y in points) or len(points) < FEWEST_POINTS:
        raise refuse("drawing")
    return text


def as_svg(strokes: str, name: str) -> str:
    """The picture, with a name for those who do not see it; both must be safe already."""
    return (
        f'<svg class="cw-signature" viewBox="0 0 {WIDTH} {HEIGHT}" width="300" height="100" role="img"'
        f' aria-label="{name}"><path d="{strokes}" fill="none" stroke="currentColor" stroke-width="3"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
