"""Everything that is wrong with one page: questions, rows, and rules across them."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from engine.core.rules import Facts
from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.complaints import Complaint
from forms_library.field_type import Reading
from forms_library.judging import (
    FieldError,
    complaints_about,
    evaluation_of,
    failed_checks,
    field_error,
    missing,
    missing_inside,
)
from forms_library.visibility import Shown

MOST_REMEMBERED = 20_000


class PageJudge:
    """Judges the fields of one page by what is shown."""

    def __init__(
        self,
        compiled: CompiledForm,
        page: CompiledPage,
        view: Shown,
        given: Mapping[str, Any],
        language: str,
    ) -> None:
        self.compiled, self.page, self.view, self.given, self.language = compiled, page, view, given, language

    @property
    def found(self) -> Collection[str]:
        """What was decided for this page, by the keys of questions."""
        return evaluation_of(self.view).state.on

    @cached_property
    def facts(self) -> Facts:
        """What the rules of the page read."""
        rules = [asked.require for asked in self.page.fields if asked.require]
        rules += [rule for _, rule in self.page.checks]
        keys = {
            read.split(".")[1].removesuffix("[]")
            for rule in rules
            for read in rule.reads
            if read.startswith("answers.")
        }
        return evaluation_of(self.view).facts(keys)

    def typed(
        self, asked: CompiledField, complaints: Mapping[str, tuple[Complaint, ...]]
    ) -> Iterator[FieldError]:
        """What is wrong with one question as it was just typed; complaints are by the name of the input."""
        key = asked.key
        if key not in self.view.fields:
            return
        own = [
            inner(key, name, complaint, asked)
            for name, about in complaints.items()
            if name == key or name.startswith(f"{key}-")
            for complaint in about
            if not self.view.is_hidden(name)
        ]
        yield from self._sentences(asked, own or self._not_offered(asked), self.view.answers.get(key))

    def stored(self, asked: CompiledField, reading: Reading) -> Iterator[FieldError]:
        """What is wrong with one question as it is stored."""
        if asked.key not in self.view.fields:
            return
        answer = self.view.answers.get(asked.key)
        if answer is None and asked.children and self.given.get(asked.key):
            answer = self.given[asked.key]  # of another shape: not taken, and said so
        own = [
            complaint
            for complaint in self._about(asked, answer, reading)
            if not self.view.is_hidden(f"{asked.key}-{complaint.part.partition(':')[0]}")
        ]
        yield from self._sentences(asked, own or self._not_offered(asked), answer)

    def _about(self, asked: CompiledField, answer: Any, reading: Reading) -> tuple[Complaint, ...]:
        """What is wrong with a stored answer; one that was right on the same day is not looked at again.

        Only a hash is remembered of it, never the answer.
        """
        if not isinstance(answer, str | int):
            return complaints_about(asked.question, answer, reading)
        mark = hash((asked.path, type(answer), answer, reading.today, reading.language, id(reading.calendar)))
        sound: set[int] = self.compiled.kept.setdefault("sound", set())
        if mark in sound:
            return ()
        found = complaints_about(asked.question, answer, reading)
        if not found:
            if len(sound) >= MOST_REMEMBERED:
                sound.clear()
            sound.add(mark)
        return found

    def _not_offered(self, asked: CompiledField) -> list[Complaint]:
        """What was chosen and is not offered with these answers."""
        if not asked.choices:
            return []
        out, given = self.view.without(asked.key), self.given.get(asked.key)
        chosen = given if isinstance(given, list) else [given]
        wrong = any(isinstance(one, str) and one in out for one in chosen)
        return [Complaint("not_a_choice")] if wrong else []

    def _sentences(self, asked: CompiledField, own: list[Complaint], answer: Any) -> Iterator[FieldError]:
        if not own and not _is_group(asked):
            own = list(missing(asked, answer, self.facts, evaluation_of(self.view).state.faults))
        if asked.children:
            wrong = {complaint.part.partition(":")[0] for complaint in own}
            own += [one for one in self._inside(asked) if one.part not in wrong]
            own = sorted(own, key=_place) if len(own) > 1 else own
        for complaint in own:
            yield self._error(asked, complaint)

    def _inside(self, asked: CompiledField) -> Iterator[Complaint]:
        if _is_group(asked) and not asked.field.required and self.view.answers.get(asked.key) is None:
            return  # a group that may be left out, and is
        yield from missing_inside(asked, self.view)

    def _error(self, asked: CompiledField, complaint: Complaint) -> FieldError:
        if complaint.code != "check":
            return field_error(asked.question, complaint, self.language)
        error = field_error(asked.question, Complaint("format", complaint.part), self.language)
        sentence = complaint.values["sentence"].in_(self.language)
        return FieldError(error.field_key, error.part, sentence, "check", error.anchor)

    def checks(self, wrong: Collection[str], only: Collection[str] | None) -> list[FieldError]:
        """Rules across the answers of the page that do not hold."""
        if not self.page.checks:
            return []
        faults = evaluation_of(self.view).state.faults
        return failed_checks(self.page, self.facts, self.language, wrong, only, self.view.fields, faults)


def _is_group(asked: CompiledField) -> bool:
    return bool(asked.children) and not asked.has_rows


def _place(complaint: Complaint) -> tuple[tuple[int, str], ...]:
    """Rows in their order, as people meet them; inside a row the order of the questions is kept."""
    steps = complaint.part.partition(":")[0].split("-")
    return tuple((int(step), "") if step.isdigit() else (0, "") for step in steps)


def inner(key: str, name: str, complaint: Complaint, asked: CompiledField) -> Complaint:
    """A complaint by the name of its input, as one of the question of the page."""
    if name == key:
        return complaint
    part = name.removeprefix(f"{key}-")
    return Complaint(complaint.code, f"{part}:{complaint.part}" if complaint.part else part, complaint.values)
