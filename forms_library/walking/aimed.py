"""Answers that are chosen to bring out one question, where chance and the paths of pages never showed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

from engine.core.rules import Rule, compares_with_constants
from forms_library.compiled import CompiledField, CompiledForm
from forms_library.walking.candidates import candidates
from forms_library.walking.random_walk import Walker
from forms_library.walking.rules import named_values, read_keys
from forms_library.walking.setting import Setting

MOST_COMBINATIONS = 60


@dataclass
class Aim:
    """Walks towards one question; `exhaustive` says afterwards whether each combination was tried."""

    compiled: CompiledForm
    setting: Setting
    asked: CompiledField
    exhaustive: bool = True

    def answers(self) -> Iterator[Mapping[str, Any]]:
        """What each walk with other answers to the questions that decide comes to."""
        rules = self._rules()
        self.exhaustive = all(compares_with_constants(rule) for rule in rules)
        keys = sorted(frozenset().union(*(read_keys(rule) for rule in rules)) & self.compiled.fields.keys())
        fields = [self.compiled.fields[key] for key in keys]
        typed = [one for one in fields if one.question.has_answer and not one.question.computed]
        for number, values in enumerate(product(*(self._options(one) for one in typed))):
            if number == MOST_COMBINATIONS:
                self.exhaustive = False
                return
            chosen = {one.key: value for one, value in zip(typed, values, strict=True)}
            random = Random(f"{self.asked.key}/{number}")  # noqa: S311  a walk, no secret
            yield Walker(self.compiled, self.setting, random, chosen=chosen).walk(number).answers

    def _rules(self) -> list[Rule]:
        """What decides whether the question is shown, and whether those that decide it are."""
        rules, new = dict[str, Rule](), {self.asked.key}
        seen = set[str]()
        while new:
            seen |= new
            found = [rule for key in new for rule in self._shown_by(key)]
            rules.update({rule.canonical: rule for rule in found})
            new = {key for rule in found for key in read_keys(rule)} & self.compiled.fields.keys() - seen
        return list(rules.values())

    def _shown_by(self, key: str) -> Iterator[Rule]:
        asked = self.compiled.fields[key]
        page = self.compiled.pages.get(asked.page_key)
        yield from (rule for rule in (asked.show, page.show if page else None) if rule is not None)

    def _options(self, asked: CompiledField) -> list[Any]:
        random = Random(asked.key)  # noqa: S311  a walk, no secret
        named = named_values(self.compiled).get(asked.key, ())
        found, complete = candidates(asked.question, named, self.setting.reading, random)
        self.exhaustive = self.exhaustive and complete
        optional = asked.require is not None or not asked.field.required
        return found if found and not optional else [*found, None]
