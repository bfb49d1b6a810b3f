"""Complete examples that a new service can begin with: files in `examples/`, each in three languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engine.core.text import Text

FOLDER = Path(__file__).with_name("examples")
WRITTEN_IN = frozenset({"en", "fr", "ar"})
MOST_ON_A_CERTIFICATE = 2  # languages


@dataclass(frozen=True)
class Example:
    """What an example is called, what happens in it, and the parts of a package that it brings."""

    key: str
    label: Text
    help: Text
    parts: dict[str, Any]

    def document(self, title: str, languages: Sequence[str]) -> dict[str, Any]:
        """Its parts with their texts in these languages, as far as they are written in them."""
        made: dict[str, Any] = _in(self.parts, languages)
        made["forms"]["application"]["title"] = {languages[0]: title}
        for certificate in made.get("certificates", {}).values():
            certificate["languages"] = list(languages[:MOST_ON_A_CERTIFICATE])
        return made


@cache
def examples() -> dict[str, Example]:
    """All examples by key, in the order of their files; not to be changed by who gets them."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        about = written["example"]
        found[path.stem] = Example(path.stem, Text(about["label"]), Text(about["help"]), written["document"])
    return found


def _in(part: Any, languages: Sequence[str]) -> Any:
    """A copy with the texts in these languages; the first of them has every text, in English at the worst."""
    if isinstance(part, list):
        return [_in(one, languages) for one in part]
    if not isinstance(part, dict):
        return part
    if part.keys() == WRITTEN_IN:
        first = {languages[0]: Text(part).in_(languages[0])}
        return first | {one: part[one] for one in languages if one in part}
    return {name: _in(one, languages) for name, one in part.items()}
