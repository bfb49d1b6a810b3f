"""The parts of a rule in words: questions by their labels with their answers, choices by their labels."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.core.rules import Outcome, Rule
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm
from forms_library.definition import Field
from forms_library.evaluating import Row
from forms_library.judging import evaluation_of
from forms_library.localising import date_text, number_text
from forms_library.nested_type import NestedType
from forms_library.rows_type import RowsType
from forms_library.rule_graph import fields_read, path_in_form, scope_of
from forms_library.rule_vocabulary import quoted
from forms_library.rule_words import Named, phrase
from forms_library.visibility import Shown
from forms_library.why_words import say

MaySee = Callable[[Field], bool]
PATH = re.compile(r"(answers|item|parent)(\.[A-Za-z][A-Za-z0-9_]*(\[\d*\])?)+")
EVERYWHERE: Any = object()  # in the place of an answer: a name means it in every row


class Phrases:
    """Tells the rules of one form with the answers at hand; remembers whose answers it told."""

    def __init__(self, compiled: CompiledForm, view: Shown, language: str, may_see: MaySee) -> None:
        self.compiled, self.view, self.language, self.may_see = compiled, view, language, may_see
        self.told: set[str] = set()

    def label(self, asked: CompiledField) -> str:
        """What a question is called."""
        return asked.field.label.in_(self.language) or asked.key

    def name_of(self, path: str, scope: str) -> str:
        """What a rule means by a path, in quotes."""
        asked = self.compiled.by_path.get(path_in_form(self.compiled, path, scope))
        return quoted(self.label(asked), self.language) if asked is not None else path

    def answer(self, asked: CompiledField, row: Row | None) -> str | None:
        """The answer as people read it; None where there is none."""
        given: Any = row.record.get(asked.key) if row is not None else self.view.answers.get(asked.key)
        return None if given is None else self._told(asked, given)

    def words(self, text: str, scope: str, row: Row | None, label_of: Callable[[str], str] = str) -> str:
        """A part of a rule as a phrase; what words cannot say keeps its own signs."""

        def named(name: str) -> Named | None:
            return self._named(name, scope, row)

        def replaced(found: re.Match[str]) -> str:
            known = named(found[0])
            return known.words if known is not None else found[0]

        return phrase(text, named, self.language, label_of) or PATH.sub(replaced, text)

    def compared(
        self, texts: tuple[str, ...], values: Mapping[str, Outcome], rule: Rule, scope: str, row: Row | None
    ) -> list[str]:
        """Both sides of a comparison, the choices of the one called as the other calls them."""
        names = [named for text in texts if (named := self._named(text, scope, row)) is not None]
        label_of = names[0].label_of if names else str
        said = [self.words(text, scope, row, label_of) for text in texts]
        if any(
            not self._is_open(self.compiled.by_path[path]) for path in fields_read(self.compiled, rule, scope)
        ):
            return said
        return [
            words if PATH.fullmatch(text) or text == "today" else self._with_value(words, values.get(text))
            for words, text in zip(said, texts, strict=True)
        ]

    def _with_value(self, words: str, outcome: Outcome | None) -> str:
        """What was worked out on the way: the number of rows, a sum, a day."""
        value = outcome.value if outcome is not None else None
        if isinstance(value, date):
            told = date_text(value, self.language)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            told = number_text(value, self.language)
        else:
            return words
        return words if words.endswith((told, f"({told})")) else f"{words} ({told})"

    def _named(self, name: str, scope: str, row: Row | None) -> Named | None:
        if name == "today":
            day = date_text(evaluation_of(self.view).moment.today, self.language)
            return Named(f"{say('day', self.language)} ({day})")
        if not PATH.fullmatch(name):
            return None
        asked, where, given = self._find(name, scope, row)
        if asked is None:
            return None
        label = quoted(f"{where}{self.label(asked)}", self.language)
        told = say("empty", self.language) if given is None else self._told(asked, given)
        return Named(
            f"{label} ({told})" if told else label,
            lambda text: asked.question.called(text, self.language),
        )

    def _find(self, name: str, scope: str, row: Row | None) -> tuple[CompiledField | None, str, Any]:
        """The question that a name means, the row in words where it names one, and the answer there."""
        root, *steps = name.split(".")
        given, begins = self._around(root, scope, row)
        asked, where = None, ""
        for step in steps:
            key, _, number = step.removesuffix("]").partition("[")
            found = self.compiled.by_path.get(f"{begins}{key}")
            if found is None:
                break
            asked, begins = found, f"{found.inner_path}."
            if given is not EVERYWHERE:
                given = given.get(key) if isinstance(given, dict) else None
            if "[" in step:
                where, given = self._row(found, number, where, given)
        return asked, where, given

    def _around(self, root: str, scope: str, row: Row | None) -> tuple[Any, str]:
        """What a name begins with: the answers, a row, or what is around the row."""
        if root == ITEM:
            return (row.record if row is not None else EVERYWHERE), f"{scope}."
        if root == PARENT:
            around = row.parent if row is not None else None
            return (around.record if around is not None else EVERYWHERE), f"{scope.rpartition('.')[0]}."
        return self.view.answers if root == ANSWERS else None, ""

    def _row(self, asked: CompiledField, number: str, where: str, given: Any) -> tuple[str, Any]:
        """One row, or one of several choices."""
        if not number or given is EVERYWHERE:
            return where, EVERYWHERE
        if not isinstance(given, list) or int(number) >= len(given):
            return where, None
        one = given[int(number)]
        if not isinstance(asked.question, RowsType):
            return where, [one]
        return f"{where}{asked.question.row_label(int(number) + 1, self.language)}, ", one

    def _told(self, asked: CompiledField, given: Any) -> str:
        if given is EVERYWHERE:
            return ""
        if not self._is_open(asked):
            return say("masked", self.language)
        question = asked.question
        if isinstance(question, NestedType):
            return number_text(len(given), self.language) if isinstance(given, list) else ""
        if question.masking != "none":
            return question.mask(given, self.language)
        self.told.add(asked.top_key)
        return question.text(given, self.language).replace("\n", ", ")

    def _is_open(self, asked: CompiledField) -> bool:
        """Whether the reader may see the answer, and that of all it stands in."""
        around: CompiledField | None = asked
        while around is not None:
            if not self.may_see(around.field):
                return False
            around = self.compiled.by_path.get(scope_of(around).removesuffix("[]"))
        return all(self.may_see(part.field) for part in asked.everything())
