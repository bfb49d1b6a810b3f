"""The names that the expressions of a model may use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from engine.core.feel import VOCABULARY, Names
from engine.core.feel.names import plain
from forms_library.importing.port import Refused
from workflows.dmn.opening import local, of_model

MOST_NAMES = 5_000
# the name of an entry of a context that is written out
ENTRY = re.compile(r"[{,]\s*([^\W\d][\w ]*?)\s*:")


def names_in(roots: Sequence[Element]) -> Names:
    """Every name that a model gives to something, beside those of the language; raises Refused."""
    names = VOCABULARY.within()
    found = dict.fromkeys(name for root in roots for name in _names(root))
    if len(found) > MOST_NAMES:
        raise Refused(f"This file gives more than {MOST_NAMES:,} names.")
    for name in found:
        names.add(name)
    return names


def _names(root: Element) -> Iterator[str]:
    for element in root.iter():
        if not of_model(element):
            continue
        for attribute in ("name", "iteratorVariable"):
            if name := element.get(attribute):
                yield plain(name)
        if local(element) == "text" and element.text and "{" in element.text:
            yield from (plain(name) for name in ENTRY.findall(element.text))
