"""Which answers of a page change the page itself, so that a script knows when to ask the server."""

from collections.abc import Collection
from weakref import WeakKeyDictionary

from engine.core.rules import Rule
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm

_kept: WeakKeyDictionary[CompiledForm, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def reacts_to(compiled: CompiledForm, page_key: str) -> tuple[str, ...]:
    """The fields of the page on whose answers something of the same page depends, also by a detour."""
    pages = _kept.setdefault(compiled, {})
    if page_key not in pages:
        pages[page_key] = _found(compiled, page_key)
    return pages[page_key]


def awaited(compiled: CompiledForm, page_key: str, wrong: Collection[str]) -> tuple[str, ...]:
    """The fields of a page at whose change the server is asked: those the page reacts to, and with complaints
    about some those themselves, and what the rules across answers behind the complaints read."""
    keys = {*reacts_to(compiled, page_key), *wrong}
    page = compiled.pages[page_key]
    for check, rule in page.checks:
        if check.field in wrong:
            keys |= _named(rule)
    return tuple(asked.key for asked in page.fields if asked.key in keys)


def _found(compiled: CompiledForm, page_key: str) -> tuple[str, ...]:
    page = compiled.pages[page_key]
    met: set[str] = set()
    ahead = [key for asked in page.fields for key in _reads(asked)]
    while ahead:
        key = ahead.pop()
        if key in met or key not in compiled.fields:
            continue
        met.add(key)
        asked = compiled.fields[key]
        ahead += [*_reads(asked), *_named(compiled.pages[asked.page_key].show)]
    return tuple(asked.key for asked in page.fields if asked.key in met)


def _reads(asked: CompiledField) -> set[str]:
    """The questions of the form that decide how this one, or one inside it, stands on its page."""
    found: set[str] = set()
    for part in asked.everything():
        rules = [part.show, part.require, *part.rules.values(), *part.choices.values()]
        names = set().union(*(_named(rule, asked.key) for rule in rules))
        found |= names
    return found


def _named(rule: Rule | None, row_of: str = "") -> set[str]:
    """The questions that a rule reads; what it reads of its own row is read of the question with the rows."""
    if rule is None:
        return set()
    parts = [path.split(".") for path in rule.reads]
    found = {part[1].removesuffix("[]") for part in parts if part[0] == ANSWERS and len(part) > 1}
    return found | ({row_of} if row_of and any(part[0] in (ITEM, PARENT) for part in parts) else set())
