"""What is wrong with answers, as sentences with the place to go to."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from engine.core.rules import Facts
from forms_library.compiled import CompiledField, CompiledPage
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.field_type import FieldType, Reading
from forms_library.shapes import has_shape
from forms_library.visibility import is_required, outcome


@dataclass(frozen=True)
class FieldError:
    """One sentence for the error summary and the field; the anchor is the id of the input to go to."""

    field_key: str
    part: str
    sentence: str
    code: str = ""
    anchor: str = ""


def missing(asked: CompiledField, answer: Any, facts: Facts) -> tuple[Complaint, ...]:
    """The complaint that a required answer is not there."""
    return (Complaint("required"),) if asked.question.is_empty(answer) and is_required(asked, facts) else ()


def field_error(question: FieldType, complaint: Complaint, language: str) -> FieldError:
    """The complaint as a sentence with the place to go to."""
    sentence = question.sentence(complaint, language)
    anchor = question.anchor(complaint.part)
    return FieldError(question.field.key, complaint.part, sentence, complaint.code, anchor)


def failed_checks(
    page: CompiledPage, facts: Facts, language: str, wrong: Collection[str], only: Collection[str] | None
) -> list[FieldError]:
    """Rules across answers that do not hold; one that lacks an answer passes: that is asked for elsewhere."""
    by_key = {asked.key: asked.question for asked in page.fields}
    return [
        FieldError(check.field, "", check.sentence.in_(language), "check", by_key[check.field].anchor(""))
        for check, rule in page.checks
        if check.field in by_key
        and check.field not in wrong
        and (only is None or check.field in only)
        and outcome(rule, facts, page.key).value is False
    ]


def complaints_about(question: FieldType, answer: Any, reading: Reading) -> tuple[Complaint, ...]:
    """What is wrong with a stored answer: its shape, or anything that would be wrong if it were typed now."""
    if answer is None:
        return ()
    if not has_shape(question.kind, answer):
        return (Complaint("format"),)
    try:
        question.parse(question.typed(answer, reading.language), reading)
    except AnswerRefused as refused:
        return refused.complaints
    return ()
