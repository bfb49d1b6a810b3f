"""Texts of a department as safe HTML: paragraphs parted by empty lines."""

import re

from forms_library.markup import escape

EMPTY_LINES = re.compile(r"\n\s*\n")


def paragraphs(text: str, css: str = "govuk-body") -> str:
    """Each paragraph in its own element, single line breaks kept."""
    parts = [part.strip() for part in EMPTY_LINES.split(text.replace("\r\n", "\n")) if part.strip()]
    return "".join(f'<p class="{css}">{escape(part).replace(chr(10), "<br>")}</p>' for part in parts)
