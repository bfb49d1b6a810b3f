"""A valid walk by chance: page by page as the portal takes it, until the form could be sent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from engine.core.worktime import WorkingCalendar
from forms_library.answers import FieldError, PageResult, Whole, check_whole
from forms_library.compiled import CompiledField, CompiledForm
from forms_library.complaints import AnswerRefused
from forms_library.uploads import Upload
from forms_library.walking.candidates import candidates
from forms_library.walking.path_search import Search
from forms_library.walking.posting import ANSWERED, Sheet, pretended_upload, some_answer, typed_sheet
from forms_library.walking.rules import named_values
from forms_library.walking.setting import Setting
from forms_library.walking.trace import Step, Walk

# how often a page is filled anew, and a form walked anew
PAGE_TRIES, WALK_TRIES = 80, 20
# from this try on, values of the rules are tried beside examples of the kind
TRY_RULES = 3


def random_walk(
    compiled: CompiledForm,
    seed: int,
    today: date,
    upload: Upload | None = None,
    *,
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
    language: str = "en",
) -> Walk:
    """Fill the form by its types, constraints and rules; the same seed gives the same walk.

    A walk that meets an exit page or a page that it can not fill starts over. When chance finds no way to the
    end, it is looked for; a walk ends on an exit page only when there is none.
    """
    setting = Setting(today, upload or pretended_upload, language, calendar, context)
    walk = Walk(seed, (), {})
    for start in range(WALK_TRIES):
        walk = Walker(compiled, setting, _random(seed, start)).walk(seed)
        if walk.complete:
            return walk
    ways = [
        chosen for path, chosen in Search(compiled, setting).paths().items() if not _exits(compiled, path)
    ]
    for start in range(WALK_TRIES, 2 * WALK_TRIES if ways else 0):
        random = _random(seed, start)
        walk = Walker(compiled, setting, random, chosen=random.choice(ways)).walk(seed)
        if walk.complete:
            break
    return walk


def _random(seed: int, start: int) -> Random:
    return Random(f"{seed}/{start}")  # noqa: S311  a walk, no secret


def _exits(compiled: CompiledForm, path: tuple[str, ...]) -> bool:
    return compiled.pages[path[-1]].page.exit


class Walker:
    """One walk from the first page to its end; answers that are chosen beforehand are given as they are."""

    def __init__(
        self,
        compiled: CompiledForm,
        setting: Setting,
        random: Random,
        answers: Mapping[str, Any] | None = None,
        chosen: Mapping[str, Any] | None = None,
    ) -> None:
        self.compiled, self.setting, self.random = compiled, setting, random
        self.named = named_values(compiled)
        self.chosen = chosen or {}
        self.answers: dict[str, Any] = dict(answers or {})
        self.steps: dict[str, Step] = {}
        self.sheets: dict[str, dict[str, Sheet]] = {}

    def walk(self, seed: int) -> Walk:
        """Page after page; a page that later answers made wrong is asked again."""
        for _ in range(4 * len(self.compiled.pages) + 10):
            page, faults = self._next_page()
            if page is None:
                return replace(self._end(seed), errors=faults)
            if self.compiled.pages[page].page.exit:
                return replace(self._end(seed), exit_page=page)
            if errors := self.ask(page):
                return replace(self._end(seed), errors=errors)
        whole = self._whole()
        left = [
            f"{page}: {error.field_key}: {error.sentence}"
            for page in whole.errors
            for error in whole.errors[page]
        ]
        left += [f"{place}: the rule fails: {rule}" for place, rule in whole.faults.items()]
        return replace(self._end(seed), errors=tuple(left) or ("the walk comes to no end",))

    def _whole(self) -> Whole:
        setting = self.setting
        return check_whole(
            self.compiled,
            self.answers,
            setting.today,
            language=setting.language,
            calendar=setting.calendar,
            context=setting.context,
        )

    def _end(self, seed: int) -> Walk:
        changed = tuple(key for key, sheet in self._typed() if self._is_changed(key, sheet))
        return Walk(seed, tuple(self.steps.values()), dict(self.answers), changed=changed)

    def _typed(self) -> Iterable[tuple[str, Sheet]]:
        return (
            (key, sheet) for sheets in self.sheets.values() for key, sheet in sheets.items() if sheet.typed
        )

    def _is_changed(self, key: str, sheet: Sheet) -> bool:
        question = self.compiled.fields[key].question
        if key not in self.answers:
            return False
        try:
            return bool(question.parse(sheet.typed[key], self.setting.reading) != self.answers[key])
        except AnswerRefused:
            return True

    def _next_page(self) -> tuple[str | None, tuple[str, ...]]:
        """The page to ask now; at the end none, with the rules that failed and so stop the form."""
        pages = self.setting.pages(self.compiled, self.answers)
        for page in pages:
            if page not in self.steps:
                return page, ()
        whole = self._whole()
        if whole.errors:
            return next(iter(whole.errors)), ()
        self.answers = whole.answers
        return None, tuple(f"{place}: the rule fails: {rule}" for place, rule in whole.faults.items())

    def ask(self, page: str) -> tuple[str, ...]:
        """Fill and send a page until it is taken; what was wrong the last time when it never is."""
        asked = {one.key: one for one in self.compiled.pages[page].fields if _is_typed(one)}
        sheets: dict[str, Sheet] = {}
        again, result = set(asked), None
        for number in range(PAGE_TRIES):
            for key in (one for one in asked if one in again):  # a set has another order in each process
                sheets[key] = self._sheet(asked[key], number)
            result = self.setting.post(self.compiled, page, _whole(sheets.values()), self.answers)
            if not result.errors:
                self._store(page, sheets, result)
                return ()
            again = _to_fill_again(result.errors, asked, number)
        errors = result.errors if result else []
        return tuple(f"{page}: {error.field_key}: {error.sentence}" for error in errors)

    def _store(self, page: str, sheets: dict[str, Sheet], result: PageResult) -> None:
        self.answers.update(result.answers)
        self.answers = {key: answer for key, answer in self.answers.items() if answer is not None}
        whole = _whole(sheets.values())
        files = {name: ", ".join(file for file, _ in sent) for name, sent in whole.files.items()}
        self.steps[page] = Step(page, whole.data, files, dict(result.answers))
        self.sheets[page] = sheets

    def _sheet(self, asked: CompiledField, number: int) -> Sheet:
        if asked.key in self.chosen:
            answer = self.chosen[asked.key]
            return typed_sheet(asked.question, asked.question.typed(answer, self.setting.language))
        wanted = asked.field.required or asked.require is not None or number > 0
        if not wanted and self.random.random() > ANSWERED:
            return Sheet()
        if number >= TRY_RULES and self.random.random() < 0.7:
            reading = self.setting.reading
            found, _ = candidates(asked.question, self.named.get(asked.key, ()), reading, self.random)
            if found:
                answer = self.random.choice(found)
                return typed_sheet(asked.question, asked.question.typed(answer, reading.language))
        return some_answer(asked.question, self.random, self.setting.reading)


def _is_typed(asked: CompiledField) -> bool:
    return asked.question.has_answer and not asked.question.computed


def _whole(sheets: Iterable[Sheet]) -> Sheet:
    whole = Sheet()
    for sheet in sheets:
        whole.add(sheet)
    return whole


def _to_fill_again(errors: list[FieldError], asked: Mapping[str, CompiledField], number: int) -> set[str]:
    """The fields in error; all of them where a rule across answers failed, and now and then."""
    wrong = {error.field_key for error in errors} & set(asked)
    across = any(error.code == "check" for error in errors)
    return set(asked) if across or not wrong or number % 10 == 9 else wrong
