"""Limits of a question that exclude every answer are refused; moving ones only where they always do."""

import pytest
from pydantic import ValidationError

from tests.forms_library.examples import question

NONE_FITS = (
    ("short_text", {"min_length": 300}),
    ("short_text", {"min_length": 3, "max_length": 2}),
    ("long_text", {"min_length": 3, "max_length": 2}),
    ("integer", {"min": 3, "max": 2}),
    ("decimal", {"min": "1.5", "max": "1.49"}),
    ("files", {"min": 3, "max": 2}),
    ("time", {"earliest": "09:00", "latest": "08:59"}),
    ("date", {"earliest": "2026-03-02", "latest": "2026-03-01"}),
    ("date", {"earliest": "today+1m", "latest": "today+10d"}),
    ("month_year", {"earliest": "2026-03-01", "latest": "2026-02-28"}),
    ("date_range", {"earliest": "2026-03-02", "latest": "2026-03-01"}),
)
SOME_FIT = (
    ("short_text", {"min_length": 2, "max_length": 2}),
    ("integer", {"min": 2, "max": 2}),
    ("time", {"earliest": "09:00", "latest": "09:00"}),
    ("date", {"earliest": "today", "latest": "2020-01-01"}),
    ("date", {"earliest": "today+30d", "latest": "today+1m"}),
    ("month_year", {"earliest": "2026-03-31", "latest": "2026-03-01"}),
)


@pytest.mark.parametrize(("kind", "options"), NONE_FITS)
def test_limits_that_no_answer_can_meet_are_refused_by_their_names(kind, options):
    with pytest.raises(ValidationError, match='" must not be above "'):
        question(kind, options)


@pytest.mark.parametrize(("kind", "options"), SOME_FIT)
def test_limits_that_an_answer_can_meet_are_taken(kind, options):
    assert question(kind, options)
