"""Which rules of a form read which answers, and what they are written about."""

from collections.abc import Iterator, Mapping

from engine.core.rules import Constant, Rule, constants
from forms_library.compiled import ANSWERS, CompiledForm


def rules_of(compiled: CompiledForm) -> Iterator[Rule]:
    """Every rule of a form."""
    for page in compiled.pages.values():
        found = [page.show, *(rule for _, rule in page.checks)]
        for asked in page.fields:
            found += [asked.show, asked.require]
        yield from (rule for rule in found if rule is not None)


def read_keys(rule: Rule) -> frozenset[str]:
    """The questions of the form that a rule reads."""
    parts = (path.split(".") for path in rule.reads)
    return frozenset(part[1].removesuffix("[]") for part in parts if part[0] == ANSWERS and len(part) > 1)


def named_values(compiled: CompiledForm) -> Mapping[str, frozenset[Constant]]:
    """For each question the constants of all rules that read it."""
    found: dict[str, set[Constant]] = {}
    for rule in rules_of(compiled):
        written = constants(rule)
        for key in read_keys(rule):
            found.setdefault(key, set()).update(written)
    return {key: frozenset(values) for key, values in found.items()}
