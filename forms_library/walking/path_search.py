"""Answers that lead along each path: the form itself says where they lead, so nothing is guessed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Any

from engine.core.rules import compares_with_constants
from forms_library.compiled import CompiledField, CompiledForm
from forms_library.visibility import Moment, outcome
from forms_library.walking.candidates import candidates
from forms_library.walking.graph import reachable
from forms_library.walking.rules import Ways, named_values, read_keys, ways_of
from forms_library.walking.setting import Setting

Path = tuple[str, ...]
Chosen = Mapping[str, Any]
# combinations of answers of one page, and paths of one form, beyond which the search is cut short
MOST_COMBINATIONS, MOST_FOUND = 2_000, 20_000


@dataclass
class Search:
    """Finds for every path that answers can lead along the answers that do so.

    Answers that no rule of the way reads are left out: they change nothing. What two ways to a page have in
    common from there on is searched once.
    """

    compiled: CompiledForm
    setting: Setting
    exhaustive: bool = True
    options: dict[str, list[Any]] = field(default_factory=dict)
    known: dict[tuple[Any, ...], dict[Path, Chosen]] = field(default_factory=dict)
    followed: set[tuple[str, str]] = field(default_factory=set)  # a page and the next one; "" at the end
    untold: set[str] = field(default_factory=set)  # pages not all of whose answers were tried
    met: set[Path] = field(default_factory=set)  # every beginning of a path that was found

    def __post_init__(self) -> None:
        setting = self.setting
        self.moment = Moment(setting.today, setting.calendar, setting.context or {})
        self.ways: Ways = ways_of(self.compiled)
        self.beyond = reachable(self.compiled)
        self.named = named_values(self.compiled)
        mixing = [rule for rule in self.ways.rules if not compares_with_constants(rule)]
        self.exhaustive = not mixing
        self.mixed = frozenset(key for rule in mixing for key in read_keys(rule))

    def paths(self) -> dict[Path, Chosen]:
        """Every path found, with the answers that decide."""
        pages = self._pages({})
        found = self._from(pages[0], {}) if pages else {}
        self.met = {path[:length] for path in found for length in range(len(path) + 1)}
        return found

    def excludes(self, path: Path) -> bool:
        """Whether no answers lead along a path that was not found: all were tried to where it goes astray."""
        if self.exhaustive:
            return True
        common = next(length for length in range(len(path), -1, -1) if path[:length] in self.met)
        if not common:
            return False
        after = path[common] if common < len(path) else ""
        tried = not self.untold.intersection(path[:common])
        return tried and (path[common - 1], after) not in self.followed

    def _pages(self, answers: Chosen) -> list[str]:
        return self.setting.pages(self.compiled, answers)

    def _from(self, page: str, answers: Chosen) -> dict[Path, Chosen]:
        state = self._state(page, answers)
        if state not in self.known:
            self.known[state] = dict(self._searched(page, answers))
        return self.known[state]

    def _state(self, page: str, answers: Chosen) -> tuple[Any, ...]:
        """All that later pages can tell apart."""
        wanted = self.ways.read_at(page, self.beyond[page])
        return (page, *(f"{key}={answers[key]!r}" for key in sorted(wanted) if key in answers))

    def _searched(self, page: str, answers: Chosen) -> Iterator[tuple[Path, Chosen]]:
        if self.compiled.pages[page].page.exit:
            yield (page,), {}
            return
        seen, found = set[tuple[Any, ...]](), set[Path]()
        for here in self._combinations(page):
            given = {**answers, **here}
            pages = self._pages(given)
            if page not in pages or self._refused(page, given):
                continue
            after = pages[pages.index(page) + 1 :]
            self.followed.add((page, after[0] if after else ""))
            state = self._state(after[0], given) if after else ()
            if state in seen:
                continue
            seen.add(state)
            rest: Mapping[Path, Chosen] = self._from(after[0], given) if after else {(): {}}
            for path, chosen in rest.items():
                if (page, *path) not in found and len(found) < MOST_FOUND:
                    found.add((page, *path))
                    yield (page, *path), {**here, **chosen}

    def _combinations(self, page: str) -> Iterator[Chosen]:
        asked = [one for one in self.compiled.pages[page].fields if one.key in self.ways.keys]
        typed = [one for one in asked if one.question.has_answer and not one.question.computed]
        choices = [self._options(one) for one in typed]
        if any(one.key in self.mixed for one in typed):
            self.untold.add(page)
        for number, values in enumerate(product(*choices)):
            if number == MOST_COMBINATIONS:
                self.exhaustive = False
                self.untold.add(page)
                return
            pairs = zip(typed, values, strict=True)
            yield {one.key: value for one, value in pairs}

    def _options(self, asked: CompiledField) -> list[Any]:
        if asked.key not in self.options:
            random = Random(asked.key)  # noqa: S311  a walk, no secret
            named = self.named.get(asked.key, ())
            found, complete = candidates(asked.question, named, self.setting.reading, random)
            self.exhaustive = self.exhaustive and complete
            self.mixed |= frozenset() if complete else {asked.key}
            found = self._told_apart(asked.key, found)
            optional = asked.require is not None or not asked.field.required
            found = [answer for answer in found if optional or not asked.question.is_empty(answer)]
            self.options[asked.key] = [*found, None] if optional or not found else found
        return self.options[asked.key]

    def _told_apart(self, key: str, found: list[Any]) -> list[Any]:
        """One answer for each way in which the rules tell answers apart; all where a rule mixes answers."""
        rules = [rule for rule in self.ways.rules if key in read_keys(rule)]
        if not all(compares_with_constants(rule) for rule in rules):
            return found
        told: dict[tuple[Any, ...], Any] = {}
        for answer in found:
            facts = self.moment.facts(self.compiled, {key: answer})
            said = tuple(
                step.outcome.value if isinstance(step.outcome.value, bool) else None
                for rule in rules
                for step in rule.explain(facts)
            )
            told.setdefault(said, answer)
        return list(told.values())

    def _refused(self, page: str, answers: Chosen) -> bool:
        """Whether a rule across answers of this page already fails."""
        checks = [rule for _, rule in self.compiled.pages[page].checks if read_keys(rule) <= set(answers)]
        if not checks:
            return False
        facts = self.moment.facts(self.compiled, answers)
        return any(outcome(rule, facts, page).value is False for rule in checks)
