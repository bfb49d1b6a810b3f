"""Which rules of a form read which answers, and what they are written about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.core.rules import Constant, Rule, constants
from forms_library.compiled import ANSWERS, CompiledField, CompiledForm, CompiledPage


def rules_of(compiled: CompiledForm) -> Iterator[Rule]:
    """Every rule of a form."""
    for page in compiled.pages.values():
        yield from _of_page(page)


def _of_page(page: CompiledPage) -> Iterator[Rule]:
    yield from _leading(page)
    yield from (rule for _, rule in page.checks)
    for asked in page.fields:
        yield from _of_field(asked)
        for part in asked.everything():
            yield from (rule for _, rule in part.checks)
            if part.require is not None:
                yield part.require


def _leading(page: CompiledPage) -> Iterator[Rule]:
    """The rules that decide whether a page is met and where it leads."""
    if page.show is not None:
        yield page.show
    yield from (rule for _, rule in page.links if rule is not None)


def _of_field(asked: CompiledField) -> Iterator[Rule]:
    """The rules that decide whether a question, and what is inside, has an answer, and which."""
    for part in asked.everything():
        if part.show is not None:
            yield part.show
        yield from part.rules.values()
        yield from part.choices.values()


def read_keys(rule: Rule) -> frozenset[str]:
    """The questions of the form that a rule reads."""
    parts = (path.split(".") for path in rule.reads)
    return frozenset(part[1].removesuffix("[]") for part in parts if part[0] == ANSWERS and len(part) > 1)


def _all_read(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(key for rule in rules for key in read_keys(rule))


def page_reads(compiled: CompiledForm) -> Mapping[str, frozenset[str]]:
    """For each page all answers that its rules read."""
    return {page.key: _all_read(_of_page(page)) for page in compiled.pages.values()}


def named_values(compiled: CompiledForm) -> Mapping[str, frozenset[Constant]]:
    """For each question the constants of all rules that read it, or that stand inside it."""
    found: dict[str, set[Constant]] = {}
    for rule, owner in _with_owners(compiled):
        written = constants(rule)
        for key in read_keys(rule) | owner:
            found.setdefault(key, set()).update(written)
    return {key: frozenset(values) for key, values in found.items()}


def _with_owners(compiled: CompiledForm) -> Iterator[tuple[Rule, frozenset[str]]]:
    """Every rule, with the question of the page that it stands inside of."""
    for page in compiled.pages.values():
        yield from ((rule, frozenset()) for rule in _of_page(page))
        for asked in page.fields:
            inside = (part for child in asked.children for part in child.everything())
            for part in inside:
                rules = [part.show, part.require, *part.rules.values(), *(rule for _, rule in part.checks)]
                yield from ((rule, frozenset({asked.key})) for rule in rules if rule is not None)
            yield from ((rule, frozenset({asked.key})) for _, rule in asked.checks)


@dataclass(frozen=True)
class Ways:
    """What decides the way: the rules, the questions that they read, and what is read at each page."""

    rules: tuple[Rule, ...]
    keys: frozenset[str]
    read: Mapping[str, frozenset[str]]

    def read_at(self, page: str, beyond: Iterable[str]) -> frozenset[str]:
        """The answers that decide the way at this page and at those that can follow."""
        return self.read[page].union(*(self.read[after] for after in beyond))


def ways_of(compiled: CompiledForm) -> Ways:
    """The rules of the pages, and of the questions that these read, and so on."""
    rules = {page.key: list(_leading(page)) for page in compiled.pages.values()}
    keys, left = set[str](), set(_all_read(rule for found in rules.values() for rule in found))
    while left:
        key = left.pop()
        asked = compiled.fields.get(key)
        if asked is None or key in keys:
            continue
        keys.add(key)
        own = list(_of_field(asked))
        rules[asked.page_key] += own
        left |= _all_read(own)
    read = {page: _all_read(found) for page, found in rules.items()}
    return Ways(tuple(rule for found in rules.values() for rule in found), frozenset(keys), read)
