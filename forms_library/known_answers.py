"""A question whose answer is known and cannot be changed on the page: read, with where it is from."""

from typing import Any

from forms_library.bound import CompiledField
from forms_library.controls import Face, error, group
from forms_library.markup import escape


def known_answer(face: Face, asked: CompiledField, answer: Any, said: str) -> str:
    """The label, the answer as text, and the sentence; no input, so that nothing seems to be typed."""
    question, key = asked.question, face.key
    if question.is_empty(answer):
        shown = ""
    elif question.masking != "none":
        shown = f'<bdi dir="ltr">{escape(question.mask(answer, face.language))}</bdi>'
    else:
        shown = question.html(answer, face.language)
    size = "l" if face.heading else "m"
    label = f'<span class="govuk-label govuk-label--{size}" id="{key}-label">{escape(face.label)}</span>'
    title = f'<h1 class="govuk-label-wrapper">{label}</h1>' if face.heading else label
    inside = (
        f"{title}{error(face, None, 'error')}"
        f'<p class="govuk-body cw-known__answer">{shown}</p>'
        f'<p class="govuk-hint cw-known__from">{escape(said)}</p>'
    )
    frame = f'<div class="cw-known" id="{key}" role="group" aria-labelledby="{key}-label" tabindex="-1">'
    return group(face, f"{frame}{inside}</div>")
