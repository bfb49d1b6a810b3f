"""Writing a letter: the same blocks as plain text and as HTML for mail programs."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engine.core.languages import direction
from engine.core.marked_parts import resolved
from engine.core.voice import speaking
from engine.departments import themes
from engine.departments.models import Department
from engine.departments.spoken import voice_for
from engine.messages import phrases
from engine.messages.cleaning import one_line

WIDTH = 72


@dataclass(frozen=True)
class Bullets:
    """A list, such as the answers that need a correction."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """What a member of staff wrote, and who."""

    text: str
    signed: str


Block = str | Bullets | Quote


@dataclass(frozen=True)
class Written:
    """What a letter says, before it is set as text or HTML."""

    subject: str
    name: str
    language: str
    department: Department | None
    body: tuple[Block, ...]
    after: tuple[Block, ...] = ()
    action_label: str = ""
    action_address: str = ""
    case_reference: str = ""

    @property
    def sender(self) -> str:
        """Who writes: the department, or the whole house for what concerns an account."""
        return self.department.name(self.language) if self.department else str(settings.WAGTAIL_SITE_NAME)

    @property
    def greeting(self) -> str:
        """The first line."""
        if not self.name:
            return phrases.HELLO.in_(self.language)
        return phrases.DEAR.in_(self.language).replace("{name}", self.name)

    @property
    def imprint(self) -> str:
        """The last line: department, address, telephone."""
        if self.department is None:
            return self.sender
        parts = [
            self.sender,
            self.department.text("address", self.language).replace("\n", phrases.COMMA.in_(self.language)),
        ]
        if self.department.telephone:
            parts.append(f"{phrases.TELEPHONE.in_(self.language)} {self.department.telephone}")
        return phrases.COMMA.in_(self.language).join(part for part in parts if part)


def as_text(letter: Written) -> str:
    """The letter as plain text, 72 signs wide."""
    with speaking(replace(voice_for(letter.language, letter.department), marks=False)):
        return _as_text(letter)


def _as_text(letter: Written) -> str:
    language = letter.language
    parts = [_wrap(letter.subject), _wrap(letter.greeting), *_texts(letter.body, language)]
    if letter.action_address:
        parts.append(f"{letter.action_label}:\n{letter.action_address}")
    parts += _texts(letter.after, language)
    if letter.case_reference:
        parts.append(f"{phrases.REFERENCE.in_(language)} {letter.case_reference}")
    foot = [phrases.NEVER_ASK.in_(language), letter.imprint]
    return "\n\n".join(parts) + "\n\n-- \n" + "\n".join(_wrap(line) for line in foot) + "\n"


def _texts(blocks: Iterable[Block], language: str) -> Iterable[str]:
    for block in blocks:
        match block:
            case Bullets():
                yield "\n".join(_wrap(item, "  * ", "    ") for item in block.items)
            case Quote():
                yield _wrap(phrases.WRITES.in_(language).replace("{signed}", block.signed))
                yield "\n".join(_wrap(line, "  ", "  ") for line in block.text.splitlines())
            case _:
                yield "\n".join(_wrap(line) for line in block.splitlines())


def _wrap(text: str, first: str = "", later: str = "") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_html(letter: Written) -> str:
    """The letter as HTML: one table, inline styles, no image, nothing that reports back."""
    with speaking(voice_for(letter.language, letter.department)):
        return resolved(_as_html(letter), letter.language)


def _as_html(letter: Written) -> str:
    way = direction(letter.language)
    context = {
        "letter": letter,
        "dir": way,
        "start": "right" if way == "rtl" else "left",
        "brand": letter.department.brand if letter.department else themes.DEFAULT.brand,
        "on_brand": letter.department.on_brand if letter.department else themes.DEFAULT.on_brand,
        "preview": next((one_line(block, 140) for block in letter.body if isinstance(block, str)), ""),
        "body": _drawn(letter.body),
        "after": _drawn(letter.after),
        "reference": phrases.REFERENCE.in_(letter.language),
        "never_ask": phrases.NEVER_ASK.in_(letter.language),
        "our_address": phrases.OUR_ADDRESS.in_(letter.language),
        "host": str(settings.PUBLIC_ADDRESS).partition("://")[2],
    }
    return str(render_to_string("outbox/letter.html", context))


def _drawn(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = []
    for block in blocks:
        match block:
            case Bullets():
                drawn.append({"kind": "bullets", "items": block.items})
            case Quote():
                drawn.append({"kind": "quote", "text": block.text, "signed": block.signed})
            case _:
                drawn.append({"kind": "paragraph", "html": _with_own_links(block)})
    return drawn


def _with_own_links(paragraph: str) -> SafeString:
    """The paragraph, escaped; only addresses of this product become links, not what a name looks like."""
    own = re.escape(str(settings.PUBLIC_ADDRESS)) + r"/[^\s<>\"']*"
    pieces = re.split(f"({own})", paragraph)
    html = "".join(_link(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces))
    return mark_safe(html.replace("\n", "<br>"))  # noqa: S308 - every piece is escaped above


def _link(address: str) -> str:
    safe = escape(address)
    return f'<a href="{safe}" style="color:#17508f;word-break:break-all" dir="ltr">{safe}</a>'
