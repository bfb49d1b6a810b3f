"""What is wrong with answers, as sentences with the place to go to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from engine.core.rules import Facts
from forms_library.bound import CompiledField, CompiledPage
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.evaluating import Evaluation, Row
from forms_library.field_type import FieldType, Reading
from forms_library.rows_type import RowsType
from forms_library.shapes import has_shape
from forms_library.visibility import Shown, is_required, outcome

Faults = dict[str, str] | None


@dataclass(frozen=True)
class FieldError:
    """One sentence for the error summary and the field; the anchor is the id of the input to go to.

    The part names an input inside the question: "day" of a date, "0-age" in the first row, "0-born:day".
    """

    field_key: str
    part: str
    sentence: str
    code: str = ""
    anchor: str = ""


def missing(asked: CompiledField, answer: Any, facts: Facts, faults: Faults = None) -> tuple[Complaint, ...]:
    """The complaint that a required answer is not there."""
    needed = asked.question.is_empty(answer) and is_required(asked, facts, faults)
    return (Complaint("required"),) if needed else ()


def field_error(question: FieldType, complaint: Complaint, language: str) -> FieldError:
    """The complaint as a sentence with the place to go to."""
    sentence = question.sentence(complaint, language)
    if row := row_name(question, complaint.part, language):
        sentence = f"{row}: {sentence}"
    anchor = question.anchor(complaint.part)
    return FieldError(question.field.key, complaint.part, sentence, complaint.code, anchor)


def row_name(question: FieldType, part: str, language: str) -> str:
    """Which row an input stands in, in words: "Child 2"; empty where there are no rows."""
    if not isinstance(question, RowsType):
        return ""
    number = part.partition("-")[0]
    return question.row_label(int(number) + 1, language) if number.isdigit() else ""


def failed_checks(
    page: CompiledPage,
    facts: Facts,
    language: str,
    wrong: Collection[str],
    only: Collection[str] | None,
    shown: Collection[str],
    faults: Faults = None,
) -> list[FieldError]:
    """Rules across answers that do not hold; one that lacks an answer passes: that is asked for elsewhere."""
    by_key = {asked.key: asked.question for asked in page.fields}
    return [
        FieldError(check.field, "", check.sentence.in_(language), "check", by_key[check.field].anchor(""))
        for check, rule in page.checks
        if check.field in by_key
        and check.field in shown
        and check.field not in wrong
        and (only is None or check.field in only)
        and outcome(rule, facts, page.key, faults).value is False
    ]


def complaints_about(question: FieldType, answer: Any, reading: Reading) -> tuple[Complaint, ...]:
    """What is wrong with a stored answer: its shape, or anything that would be wrong if it were typed now."""
    if answer is None:
        return ()
    if not has_shape(question.kind, answer):
        return (Complaint("format"),)
    if question.computed:
        return ()
    try:
        question.parse(question.typed(answer, reading.language), reading)
    except AnswerRefused as refused:
        return refused.complaints
    return ()


def missing_inside(asked: CompiledField, view: Shown) -> Iterator[Complaint]:
    """Required questions in rows and groups that have no answer, and rules across a row that do not hold."""
    if not asked.children or view.evaluation is None:
        return
    for child in asked.children:
        yield from missing_inside(child, view)
    around = view.evaluation.around(keys_read(asked))
    rules = any(child.require for child in asked.children) or asked.checks
    for row in view.evaluation.rows(asked.inner_path):
        facts = view.evaluation.row_facts(row, around) if rules else None
        yield from _missing_in(asked, row, facts, view)


def _missing_in(asked: CompiledField, row: Row, facts: Facts | None, view: Shown) -> Iterator[Complaint]:
    begins = row.name.partition("-")[2]
    faults = evaluation_of(view).state.faults
    for child in asked.children:
        if view.is_hidden(f"{row.name}{child.key}") or not child.question.has_answer:
            continue
        if child.question.is_empty(row.record.get(child.key)) and is_needed(child, facts, faults):
            yield Complaint("required", f"{begins}{child.key}")
    if facts is None:
        return
    by_key = {child.key for child in asked.children}
    for check, rule in asked.checks:
        shown = not view.is_hidden(f"{row.name}{check.field}")
        if check.field in by_key and shown and outcome(rule, facts, asked.path, faults).value is False:
            yield Complaint("check", f"{begins}{check.field}", {"sentence": check.sentence})


def is_needed(asked: CompiledField, facts: Facts | None, faults: Faults = None) -> bool:
    """Whether a question in a row or group must be answered."""
    if asked.children and not asked.has_rows:
        return False  # of a group, its questions are needed
    if facts is not None:
        return is_required(asked, facts, faults)
    return asked.require is None and asked.field.required and not asked.question.computed


def keys_read(asked: CompiledField) -> frozenset[str]:
    """The answers of the form that rules in the rows of a question read, by key."""
    rules = [child.require for child in asked.children if child.require] + [rule for _, rule in asked.checks]
    return frozenset(
        read.split(".")[1].removesuffix("[]")
        for rule in rules
        for read in rule.reads
        if read.startswith("answers.")
    )


def evaluation_of(view: Shown) -> Evaluation:
    """The evaluation behind what is shown."""
    if view.evaluation is None:
        raise ValueError("This view was not made by an evaluation.")
    return view.evaluation
