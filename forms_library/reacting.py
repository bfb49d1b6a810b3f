"""Which answers of a page change the page itself, so that a script knows when to ask the server."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from engine.core.rules import Rule
from forms_library.compiled import ANSWERS, CompiledField, CompiledForm

_kept: WeakKeyDictionary[CompiledForm, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def reacts_to(compiled: CompiledForm, page_key: str) -> tuple[str, ...]:
    """The fields of the page on whose answers something of the same page depends, also by a detour."""
    pages = _kept.setdefault(compiled, {})
    if page_key not in pages:
        pages[page_key] = _found(compiled, page_key)
    return pages[page_key]


def _found(compiled: CompiledForm, page_key: str) -> tuple[str, ...]:
    own = [asked.key for asked in compiled.pages[page_key].fields]
    met: set[str] = set()
    ahead = [key for asked in compiled.pages[page_key].fields for key in _reads(own_rules(asked))]
    while ahead:
        key = ahead.pop()
        if key in met or key not in compiled.fields:
            continue
        met.add(key)
        ahead += _reads(_deciding(compiled, compiled.fields[key]))
    return tuple(key for key in own if key in met)


def own_rules(asked: CompiledField) -> list[Rule]:
    """Everything that decides how one question stands on its page."""
    return [rule for rule in (asked.show, asked.require) if rule is not None]


def _deciding(compiled: CompiledForm, asked: CompiledField) -> list[Rule]:
    """What decides whether an answer counts: the rules of the question and of its page."""
    page = compiled.pages[asked.page_key]
    return own_rules(asked) + ([page.show] if page.show else [])


def _reads(rules: Iterable[Rule]) -> set[str]:
    parts = (path.split(".") for rule in rules for path in rule.reads)
    return {part[1].removesuffix("[]") for part in parts if part[0] == ANSWERS and len(part) > 1}
