"""Texts that a foreign form gives in one language, or in several by their codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.core.problems import Part
from engine.core.text import LANGUAGE_TAG
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Said = str | dict[str, str]
Converter = Callable[[str, tuple[Part, ...], Report], str]


def said(node: Node, key: str, convert: Converter) -> Said:
    """The text under a word, converted: in all its languages when it has them, empty when there is none."""
    found = node.value.get(key)
    if not is_localised(found):
        return convert(node.text(key), (*node.path, key), node.report)
    texts = node.child(key)
    made = {tag: convert(texts.text(tag), (*texts.path, tag), node.report) for tag in texts.value}
    return {tag: text for tag, text in made.items() if text} or ""


def is_localised(found: Any) -> bool:
    """Whether a value is a text by language."""
    return (
        isinstance(found, dict)
        and bool(found)
        and all(LANGUAGE_TAG.fullmatch(tag) and isinstance(text, str) for tag, text in found.items())
    )


def one_of(text: Said) -> str:
    """The text in one language, for what has only one."""
    return text if isinstance(text, str) else text.get("en") or next(iter(text.values()), "")
