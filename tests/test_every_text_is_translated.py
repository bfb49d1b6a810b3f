"""Every text of the interface is there in each of its languages, and no translation is left over."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

OURS = [code for code, _name in settings.LANGUAGES if code != "en"]
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


@pytest.mark.parametrize("language", OURS)
def test_every_text_is_translated(language: str) -> None:
    asked = asked_for()
    assert len(asked) > 500
    assert sorted(asked - translated(language)) == []


@pytest.mark.parametrize("language", OURS)
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(translated(language) - asked_for()) == []


def said_in() -> Iterator[tuple[str, set[str]]]:
    """The texts that stand in Python or in a file of the client with their translations beside them."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if {"node_modules", "migrations", "demonstration"} & set(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Dict):
                    continue
                keys = {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
                if {"en", "fr"} <= keys:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", keys


@pytest.mark.parametrize("language", OURS)
def test_every_text_beside_its_translations_has_this_one_too(language: str) -> None:
    found = dict(said_in())
    assert len(found) > 200
    assert [place for place, languages in found.items() if language not in languages] == []


@pytest.mark.parametrize("language", OURS)
def test_the_catalogues_of_a_language_are_all_there(language: str) -> None:
    found = list((ROOT / "portal").rglob("locale/*/LC_MESSAGES/*.po"))
    wanted = {path.parents[2] / language / "LC_MESSAGES" / path.name for path in found}
    assert [str(path.relative_to(ROOT)) for path in sorted(wanted) if not path.exists()] == []
    assert (ROOT / "portal/designer/client/src/words" / f"{language}.json").exists()
