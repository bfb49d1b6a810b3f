"""Which questions of a form were asked with given answers, and which of them a rule decides about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from forms_library.bound import CompiledField, CompiledForm
from forms_library.evaluating import Row
from forms_library.judging import evaluation_of
from forms_library.moment import Answers, Moment
from forms_library.nested_type import NestedType
from forms_library.rows_type import RowsType
from forms_library.rule_graph import following
from forms_library.visibility import Shown, shown

Standing = Literal["answered", "empty", "worked_out", "hidden"]
MOST_CELLS = 200


@dataclass(frozen=True)
class AskedQuestion:
    """One question: its name, how it stands, and whether a rule decides anything about it."""

    name: str
    label: str
    standing: Standing
    ruled: bool


@dataclass(frozen=True)
class AskedPage:
    """The questions of one page."""

    key: str
    title: str
    on_the_way: bool
    ruled: bool
    questions: list[AskedQuestion]


def asked_pages(compiled: CompiledForm, answers: Answers, moment: Moment, language: str) -> list[AskedPage]:
    """All pages with all questions, also those that were not asked; no answer is told."""
    view = shown(compiled, answers, moment)
    return [
        AskedPage(
            page.key,
            page.page.title.in_(language),
            page.key in view.pages,
            is_page_ruled(compiled, page.key),
            [
                AskedQuestion(
                    asked.key, _label(asked, language), _standing(asked, view), is_ruled(compiled, asked)
                )
                for asked in page.fields
                if asked.question.has_answer
            ],
        )
        for page in compiled.pages.values()
    ]


def cells_of(
    compiled: CompiledForm, key: str, answers: Answers, moment: Moment, language: str
) -> list[AskedQuestion]:
    """The questions in the rows or the group of a question about which a rule decides, each by its name."""
    top, view = compiled.fields.get(key), shown(compiled, answers, moment)
    if top is None or key not in view.fields:
        return []
    found = (
        AskedQuestion(f"{row.name}{child.key}", words, standing, ruled=True)
        for holder in top.everything()
        for child in holder.children
        if has_rules(child) and child.question.has_answer
        for row in evaluation_of(view).rows(holder.inner_path)
        for words, standing in [(_words(compiled, child, row, language), _cell(child, row, view))]
    )
    return [one for one, _ in zip(found, range(MOST_CELLS), strict=False)]


def is_ruled(compiled: CompiledForm, asked: CompiledField) -> bool:
    """Whether a rule decides about the question, about anything inside it, or about its page."""
    return any(map(has_rules, asked.everything())) or is_page_ruled(compiled, asked.page_key)


def has_rules(asked: CompiledField) -> bool:
    """Whether a question has rules of its own."""
    return bool(asked.show or asked.require or asked.rules or asked.choices)


def is_page_ruled(compiled: CompiledForm, key: str) -> bool:
    """Whether a rule decides that the walk comes to a page."""
    if compiled.pages[key].show is not None:
        return True
    ways = (following(compiled, page) for page in compiled.pages.values())
    return any(key in ahead and len(set(ahead)) > 1 for ahead in ways)


def _standing(asked: CompiledField, view: Shown) -> Standing:
    if asked.key not in view.fields or asked.page_key not in view.pages:
        return "hidden"
    if asked.question.computed:
        return "worked_out"
    return "empty" if asked.question.is_empty(view.answers.get(asked.key)) else "answered"


def _cell(asked: CompiledField, row: Row, view: Shown) -> Standing:
    if view.is_hidden(f"{row.name}{asked.key}"):
        return "hidden"
    if asked.question.computed:
        return "worked_out"
    return "empty" if asked.question.is_empty(row.record.get(asked.key)) else "answered"


def _words(compiled: CompiledForm, asked: CompiledField, row: Row, language: str) -> str:
    """The question with the rows that it stands in: "Child 2, School"."""
    return ", ".join([*_rows(compiled, row.name.rstrip("-").split("-"), language), _label(asked, language)])


def _rows(compiled: CompiledForm, steps: list[str], language: str) -> Iterator[str]:
    question = compiled.fields[steps[0]].question
    for step in steps[1:]:
        if step.isdigit() and isinstance(question, RowsType):
            yield question.row_label(int(step) + 1, language)
        elif isinstance(question, NestedType) and (inner := question.inner(step)) is not None:
            question = inner


def _label(asked: CompiledField, language: str) -> str:
    return asked.field.label.in_(language) or asked.key
