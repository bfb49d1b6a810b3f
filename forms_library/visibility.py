"""What of a form is shown for given answers, and the answers that remain when the hidden ones are dropped."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.core.rules import Facts, Outcome, Rule
from engine.core.worktime import WorkingCalendar
from forms_library.compiled import ANSWERS, CompiledField, CompiledForm, CompiledPage

log = logging.getLogger(__name__)
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Moment:
    """When and where rules run: the day, the department's calendar, what is read beside the answers."""

    today: date
    calendar: WorkingCalendar | None = None
    context: Mapping[str, Answers] = field(default_factory=dict)

    def facts(self, compiled: CompiledForm, answers: Answers) -> Facts:
        """The answers as rules read them."""
        return Facts(compiled.schema, {**self.context, ANSWERS: answers}, self.today, self.calendar)


@dataclass(frozen=True)
class Shown:
    """The pages and fields that are shown, and the answers of exactly these fields."""

    pages: tuple[str, ...]
    fields: frozenset[str]
    answers: dict[str, Any]


def shown(compiled: CompiledForm, answers: Answers, moment: Moment) -> Shown:
    """Decide what is shown; hidden answers count as not given, so this is repeated until nothing changes.

    Circles of conditions are refused when a form is published, so each round settles at least one more field.
    """
    given = {
        field.key: answers[field.key] for field in compiled.questions() if answers.get(field.key) is not None
    }
    if not compiled.has_conditions:
        return Shown(tuple(compiled.pages), frozenset(compiled.fields), given)
    result = Shown((), frozenset(), given)
    for _ in range(len(compiled.fields) + len(compiled.pages) + 1):
        following = _round(compiled, given, moment.facts(compiled, result.answers))
        if following == result:
            break
        result = following
    return result


def _round(compiled: CompiledForm, given: dict[str, Any], facts: Facts) -> Shown:
    pages = [page for page in compiled.pages.values() if _shows(page, facts)]
    fields = frozenset(field.key for page in pages for field in page.fields if _shows(field, facts))
    answers = {key: answer for key, answer in given.items() if key in fields}
    return Shown(tuple(page.key for page in pages), fields, answers)


def _shows(part: CompiledPage | CompiledField, facts: Facts) -> bool:
    return part.show is None or outcome(part.show, facts, part.key).holds


def outcome(rule: Rule, facts: Facts, where: str) -> Outcome:
    """Run a rule; the log of a fault holds the text of the rule and no answer."""
    found = rule.run(facts)
    if found.fault:
        log.warning("the rule at %s failed: %s", where, rule.source)
    return found


def is_required(asked: CompiledField, facts: Facts) -> bool:
    """Whether the question must be answered."""
    if asked.require is not None:
        return outcome(asked.require, facts, asked.key).holds
    return asked.field.required and asked.question.has_answer
