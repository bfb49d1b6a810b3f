"""Every text of the interface is there in French and in Arabic, and no translation is left over."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("engine", "forms_library", "workflows", "portal")
# the function, and which of its arguments is the text
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"), 0),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext"), 1),
}


def sources() -> Iterator[bytes]:
    """Python as it is, and templates as Django itself reads their texts."""
    for floor in FLOORS:
        files = [path for path in (ROOT / floor).rglob("*") if "node_modules" not in path.parts]
        yield from (path.read_bytes() for path in files if path.suffix == ".py")
        for path in files:
            if "templates" in path.parts and path.suffix in (".html", ".txt"):
                yield templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def asked_for() -> set[str]:
    """The texts that the interface asks a translation of."""
    found = set()
    for source in sources():
        for _line, function, messages, _notes in extract_python(io.BytesIO(source), FUNCTIONS, [], {}):
            given = [messages] if isinstance(messages, str) else [*(messages or ())]
            place = FUNCTIONS[function]
            if len(given) > place and given[place]:
                found.add(given[place])
    return found


def translated(language: str) -> set[str]:
    """The texts that have every form of their translation."""
    found = set()
    for floor in FLOORS:
        for path in (ROOT / floor).rglob(f"locale/{language}/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    many = isinstance(message.id, (list, tuple))
                    if message.id and all(message.string if many else [message.string]):
                        found.add(message.id[0] if many else message.id)
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_text_is_translated(language: str) -> None:
    asked = asked_for()
    assert len(asked) > 500
    assert sorted(asked - translated(language)) == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(translated(language) - asked_for()) == []
