"""Answers shown again in the middle of a form."""

from forms_library.bound import CompiledField, CompiledForm
from forms_library.visibility import Shown


def repeated_answers(compiled: CompiledForm, summary: CompiledField, view: Shown, language: str) -> list[str]:
    """Question, answer, question, answer: of the named fields, else of all pages before it."""
    keys = summary.question.repeated_keys()
    found: list[str] = []
    for asked in compiled.questions():
        if not keys and asked.page_key == summary.page_key:
            break
        question, answer = asked.question, view.answers.get(asked.key)
        if question.unseen or (keys and asked.key not in keys) or question.is_empty(answer):
            continue
        read = question.mask if question.masking != "none" else question.text
        found += [asked.field.label.in_(language), read(answer, language)]
    return found
