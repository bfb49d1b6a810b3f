"""HTML built once per question and language, with slots for what a person typed; everything is escaped.

A field type writes its HTML with the builders of `controls.py`. Where a typed value or a "checked" belongs it
leaves a slot. `Template` splits the HTML at the slots, so that showing a page is joining strings.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from html import escape as html_escape

Raw = str | list[str] | dict[str, str]
Slot = Callable[[Raw], str]
Attributes = Mapping[str, str | bool | int | None]

OPEN, BETWEEN, CLOSE = "\x02", "\x1f", "\x03"
SLOT = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
# stands before the names of inputs in HTML that is used for every row; nobody can have written it before
ROW_TOKEN = f"row{secrets.token_hex(8)}-"
ISOLATED = re.compile("<bdi>([^<]*)</bdi>")
MARKS = str.maketrans("", "", OPEN + BETWEEN + CLOSE)


def escape(text: str) -> str:
    """Text made safe for HTML, without the characters that mark a slot."""
    return html_escape(text.translate(MARKS))


def attributes(values: Attributes) -> str:
    """HTML attributes; what is None or False is left out. Values are escaped unless they hold a slot."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_attribute(value)}"'
        for name, value in values.items()
        if value is not None and value is not False
    )


def _attribute(value: str | bool | int) -> str:
    text = str(value)
    return text if SLOT.fullmatch(text) else escape(text)


def element(name: str, values: Attributes, inside: str = "") -> str:
    """One HTML element around HTML that is already safe."""
    return f"<{name}{attributes(values)}>{inside}</{name}>"


def directed(html: str) -> str:
    """Isolated texts with their direction written out, for printers that do not find it themselves."""
    return ISOLATED.sub(lambda found: f'<bdi dir="{_direction(found[1])}">{found[1]}</bdi>', html)


def _direction(text: str) -> str:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def typed_slot(part: str = "") -> str:
    """A place for what was typed in this part, escaped."""
    return f"{OPEN}typed{BETWEEN}{part}{CLOSE}"


def chosen_slot(choice: str, word: str = "checked", part: str = "") -> str:
    """A place for the word "checked" or "selected" when this choice was made."""
    return f"{OPEN}chosen{BETWEEN}{part}{BETWEEN}{word}{BETWEEN}{choice}{CLOSE}"


def lines_slot() -> str:
    """A place for pairs of question and answer, as the rows of a summary list."""
    return f"{OPEN}lines{BETWEEN}{CLOSE}"


class Template:
    """The HTML of one question, split at its slots."""

    __slots__ = ("_end", "_segments")

    def __init__(self, html: str) -> None:
        pieces = SLOT.split(html)
        self._end = pieces[-1]
        self._segments = tuple(zip(pieces[0:-1:2], map(_slot, pieces[1::2]), strict=True))

    def fill(self, raw: Raw) -> str:
        """The HTML with what was typed in its places."""
        if not self._segments:
            return self._end
        return "".join([text for html, slot in self._segments for text in (html, slot(raw))]) + self._end

    def fill_at(self, raw: Raw, prefix: str) -> str:
        """The same in a row: what the names of inputs begin with is put in its place."""
        end = self._end.replace(ROW_TOKEN, prefix)
        return (
            "".join(
                [
                    text
                    for html, slot in self._segments
                    for text in (html.replace(ROW_TOKEN, prefix), slot(raw))
                ]
            )
            + end
        )


def _slot(mark: str) -> Slot:
    kind, part, *rest = mark.split(BETWEEN)
    fill = {"typed": _typed, "lines": _lines}.get(kind) or _chosen(*rest)
    return _in_part(part, fill) if part else fill


def _typed(raw: Raw) -> str:
    return html_escape(raw) if isinstance(raw, str) else ""


def _lines(raw: Raw) -> str:
    texts = [html_escape(text).replace("\n", "<br>") for text in raw] if isinstance(raw, list) else []
    return "".join(
        '<div class="govuk-summary-list__row govuk-summary-list__row--no-actions">'
        f'<dt class="govuk-summary-list__key">{question}</dt>'
        f'<dd class="govuk-summary-list__value"><bdi>{answer}</bdi></dd></div>'
        for question, answer in zip(texts[::2], texts[1::2], strict=False)
    )


def _chosen(word: str, choice: str) -> Slot:
    here = f" {word}"

    def fill(raw: Raw) -> str:
        return here if (raw == choice if isinstance(raw, str) else choice in raw) else ""

    return fill


def _in_part(part: str, fill: Slot) -> Slot:
    """The same slot for one part of what was typed; empty when the shape is another."""
    return lambda raw: fill(raw.get(part, "") if isinstance(raw, dict) else "")
