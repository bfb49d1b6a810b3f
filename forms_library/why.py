"""Why a question is hidden, required, or has this value: the chain of rules and answers, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.rules import Facts, Outcome, Rule, Step
from forms_library.bound import ANSWERS, CompiledField, CompiledForm
from forms_library.definition import CHECK
from forms_library.evaluating import Evaluation, Row
from forms_library.judging import evaluation_of
from forms_library.moment import Answers, Moment
from forms_library.rule_graph import fields_read, following, scope_of
from forms_library.visibility import Shown, is_required, shown
from forms_library.why_phrases import MaySee, Phrases
from forms_library.why_words import OPERATORS, operation, say

MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One step of the reason: how deep it stands, the sentence, and what came of the part of a rule."""

    depth: int
    text: str
    holds: bool | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Reasons:
    """The lines, and the keys of the questions whose answers they tell."""

    lines: list[Line]
    told: frozenset[str]


def why(
    compiled: CompiledForm,
    key: str,
    answers: Answers,
    moment: Moment,
    language: str,
    *,
    choice: str = "",
    may_see: MaySee = lambda field: True,
) -> Reasons:
    """The reasons for one question or page, or with `choice` for one of its choices.

    The key is that of a page or a question; one in rows is named like its input: children-0-age. The answers
    to fields that `may_see` refuses are not told.
    """
    teller = _Teller(compiled, shown(compiled, answers, moment), language, may_see)
    lines = teller.page(key, 0) if key in compiled.pages and key not in compiled.fields else None
    if lines is None:
        lines = teller.choice(key, choice) if choice else teller.field(key, 0)
    found = [line for line, _ in zip(lines, range(MOST_LINES), strict=False)]
    return Reasons(found, frozenset(teller.phrases.told))


class _Teller:
    """Tells about one evaluation."""

    def __init__(self, compiled: CompiledForm, view: Shown, language: str, may_see: MaySee) -> None:
        self.compiled, self.view, self.language = compiled, view, language
        self.phrases = Phrases(compiled, view, language, may_see)
        self.evaluation: Evaluation = evaluation_of(view)
        self.told: set[str] = set()

    def say(self, depth: int, key: str, **values: str) -> Line:
        """One of the fixed sentences."""
        return Line(depth, say(key, self.language, **values))

    def page(self, key: str, depth: int) -> Iterator[Line]:
        """Why a page is on the way or not."""
        if f"page {key}" in self.told:
            return
        self.told.add(f"page {key}")
        page, on = self.compiled.pages[key], key in self.view.pages
        yield self.say(depth, "page_shown" if on else "page_hidden", name=page.page.title.in_(self.language))
        reached = self.evaluation.state.on.get(f"reach {key}", True)
        if page.show is not None and reached:
            yield from self.rule(page.show, None, "", depth + 1)
        for before in self.compiled.pages.values():
            ways = following(self.compiled, before)
            if key in ways and len(set(ways)) > 1 and self.evaluation.state.on.get(f"reach {before.key}"):
                yield from self._way(before.key, depth + 1)
            elif not reached and ways == [key]:
                yield from self.page(before.key, depth + 1)

    def _way(self, key: str, depth: int) -> Iterator[Line]:
        page, taken = self.compiled.pages[key], self.evaluation.state.ways.get(key, CHECK)
        goal = self.compiled.pages.get(taken)
        name = goal.page.title.in_(self.language) if goal else say("check", self.language)
        yield self.say(depth, "leads", name=page.page.title.in_(self.language), to=name)
        for link, rule in page.links:
            if rule is not None:
                yield from self.rule(rule, None, "", depth + 1)
            if link.to == taken:
                return

    def field(self, name: str, depth: int) -> Iterator[Line]:
        """Why a question is hidden or shown, required, and has its value."""
        asked, row = self._found(name)
        if asked is None or name in self.told:
            return
        self.told.add(name)
        label, on = self.phrases.label(asked), self._is_on(asked, name)
        yield self.say(depth, "shown" if on else "hidden", name=label)
        if asked.page_key not in self.view.pages:
            yield from self.page(asked.page_key, depth + 1)
        elif asked.show is not None:
            yield from self.rule(asked.show, row, scope_of(asked), depth + 1)
        elif row is None and not asked.rules and asked.require is None:
            yield self.say(depth + 1, "always")
        if on and asked.question.has_answer and not asked.question.computed:
            yield from self._need(asked, row, depth)
        if on and asked.question.computed:
            yield from self._value(asked, row, depth)

    def _need(self, asked: CompiledField, row: Row | None, depth: int) -> Iterator[Line]:
        rules = () if asked.require is None else (asked.require,)
        needed = is_required(asked, self._facts(rules, row))
        yield self.say(depth, "required" if needed else "optional", name=self.phrases.label(asked))
        for rule in rules:
            yield from self.rule(rule, row, scope_of(asked), depth + 1)

    def _value(self, asked: CompiledField, row: Row | None, depth: int) -> Iterator[Line]:
        label, value = self.phrases.label(asked), self.phrases.answer(asked, row)
        if value is None:
            yield self.say(depth, "no_value", name=label)
        else:
            yield self.say(depth, "value", name=label, value=value)
        for rule in asked.rules.values():
            told = self.phrases.words(rule.canonical, scope_of(asked), row)
            yield self.say(depth + 1, "worked_out", rule=told)
            yield from self._deeper(rule, row, scope_of(asked), depth + 1)

    def choice(self, name: str, choice: str) -> Iterator[Line]:
        """Why a choice is offered or not."""
        asked, row = self._found(name)
        if asked is None:
            return
        out = choice in self.view.without(name)
        label = asked.question.text(choice, self.language)
        yield self.say(0, "not_offered" if out else "offered", name=label)
        if (rule := asked.choices.get(choice)) is not None:
            yield from self.rule(rule, row, scope_of(asked), 1)

    def rule(self, rule: Rule, row: Row | None, scope: str, depth: int) -> Iterator[Line]:
        """A rule part by part, and what decides about the answers that it reads."""
        steps = rule.explain(self._facts((rule,), row))
        values = {step.text: step.outcome for step in steps}
        for step in steps:
            if step.depth > 0 and step.function not in OPERATORS and not isinstance(step.outcome.value, bool):
                continue  # an answer by itself is told with what compares it
            what = self._what(step, values, rule, scope, row)
            text = say("told", self.language, what=what, so=self._so(step, scope))
            yield Line(depth + step.depth, text, _held(step.outcome))
        yield from self._deeper(rule, row, scope, depth + 1)

    def _deeper(self, rule: Rule, row: Row | None, scope: str, depth: int) -> Iterator[Line]:
        for path in sorted(fields_read(self.compiled, rule, scope)):
            asked = self.compiled.by_path[path]
            name = f"{row.name}{asked.key}" if row is not None and scope_of(asked) == scope else path
            known = self._found(name)[0] is asked
            if known and (asked.question.computed or not self._is_on(asked, name)):
                yield from self.field(name, depth)

    def _what(
        self, step: Step, values: Mapping[str, Outcome], rule: Rule, scope: str, row: Row | None
    ) -> str:
        """One part of a rule as a sentence without what came of it."""
        if step.function in OPERATORS:
            texts = self.phrases.compared(step.operands, values, rule, scope, row)
            return operation(step.function, self.language, **dict(zip(("a", "b"), texts, strict=False)))
        if step.text.startswith("has(") and step.text.endswith(")"):
            return operation("has", self.language, a=self.phrases.words(step.text[4:-1], scope, row))
        return self.phrases.words(step.text, scope, row)

    def _so(self, step: Step, scope: str) -> str:
        outcome = step.outcome
        if outcome.fault:
            return say("failed", self.language)
        if outcome.missing:
            names = [self.phrases.name_of(path, scope) for path in outcome.missing]
            return say("unanswered", self.language, names=", ".join(names))
        return say("yes" if outcome.value is True else "no", self.language)

    def _is_on(self, asked: CompiledField, name: str) -> bool:
        if "-" in name:
            return asked.top_key in self.view.fields and not self.view.is_hidden(name)
        return asked.top_key in self.view.fields

    def _found(self, name: str) -> tuple[CompiledField | None, Row | None]:
        """A question by its key, or by the name of its input in a row."""
        if name in self.compiled.fields:
            return self.compiled.fields[name], None
        begins = f"{name.rpartition('-')[0]}-"
        for asked in self.compiled.fields.get(name.partition("-")[0], _NONE).everything():
            if asked.key == name.rpartition("-")[2] and scope_of(asked):
                for row in self.evaluation.rows(scope_of(asked)):
                    if row.name == begins:
                        return asked, row
        return None, None

    def _facts(self, rules: tuple[Rule, ...], row: Row | None) -> Facts:
        keys = frozenset(
            read.split(".")[1].removesuffix("[]")
            for rule in rules
            for read in rule.reads
            if read.startswith(f"{ANSWERS}.")
        )
        return (
            self.evaluation.facts(keys)
            if row is None
            else self.evaluation.row_facts(row, self.evaluation.around(keys))
        )


def _held(outcome: Outcome) -> bool | None:
    """Whether a part of a rule holds; None where that cannot be said."""
    return outcome.value if isinstance(outcome.value, bool) else None


class _Nothing:
    """No question of this name."""

    def everything(self) -> Iterator[CompiledField]:
        """Nothing."""
        return iter(())


_NONE: Any = _Nothing()
