"""Cells of exports: nothing runs, and nothing changes on the way out and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.spreadsheets import safe_cell, typed_cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1"])
def test_what_a_spreadsheet_would_run_stays_text(text: str) -> None:
    assert safe_cell(text) == "'" + text
    assert typed_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["-12.50", "+7", "plain", "'s Gravenhage", "", "3"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text() | st.from_regex(r"'*[=+\-@\t]?.*"))
def test_every_text_comes_back(text: str) -> None:
    assert typed_cell(safe_cell(text)) == text
