"""Lengths of time as people say them, in each language."""

import pytest

from engine.core.worktime import Span
from workflows.words import SPANS, WORDS, span_text


@pytest.mark.parametrize(
    ("span", "language", "text"),
    [
        (Span(working_days=1), "en", "1 working day"),
        (Span(working_days=10), "en-GB", "10 working days"),
        (Span(years=1), "fr", "1 an"),
        (Span(months=6), "fr", "6 mois"),
        (Span(working_days=2), "ar", "يوما عمل"),
        (Span(working_days=3), "ar", "3 أيام عمل"),
        (Span(days=11), "ar", "11 يومًا"),
        (Span(days=100), "ar", "100 يوم"),
        (Span(hours=4), "xx", "4 hours"),
    ],
)
def test_a_span_is_said_with_the_right_plural(span: Span, language: str, text: str) -> None:
    assert span_text(span, language) == text


def test_every_unit_and_word_is_there_in_every_language_of_the_interface() -> None:
    assert set(SPANS) == set(Span.model_fields)
    assert all(set(forms) == {"en", "fr", "ar"} for forms in SPANS.values())
    assert all(text.languages() == {"en", "fr", "ar"} for text in WORDS.values())
