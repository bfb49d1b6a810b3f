"""Answers shown again in the middle of a form."""

from collections.abc import Collection, Mapping
from typing import Any

from forms_library.compiled import CompiledForm
from forms_library.words import word


def repeated_answers(
    compiled: CompiledForm, page_key: str, keys: Collection[str], answers: Mapping[str, Any], language: str
) -> list[str]:
    """Question, answer, question, answer: of the fields that are named, else of all pages before."""
    found: list[str] = []
    for asked in compiled.questions():
        if not keys and asked.page_key == page_key:
            break
        answer = answers.get(asked.key)
        if asked.question.unseen or (keys and asked.key not in keys) or asked.question.is_empty(answer):
            continue
        masked = asked.question.masking != "none"
        text = (asked.question.mask if masked else asked.question.text)(answer, language)
        found += [asked.field.label.in_(language), text or word("not_answered", language)]
    return found
