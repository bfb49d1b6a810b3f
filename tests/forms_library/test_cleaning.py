"""Text as it may enter the records."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_library.cleaning import DIRECTIONS, latin_digits, one_line, several_lines, storable
from forms_library.complaints import AnswerRefused


def test_a_line_is_trimmed_and_composed():
    assert one_line("  Zoe\u0308 \t\n Haddad ") == "Zo\u00eb Haddad"


def test_lines_keep_their_breaks():
    assert several_lines("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u2060\ufeff", "\u00a0\u3000"])
def test_what_shows_nothing_is_empty(nothing):
    assert one_line(nothing) == ""


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b[0m", "\x7f", "\ud800", "\udfff", "\uffff"])
def test_control_characters_and_surrogates_are_refused(bad):
    with pytest.raises(AnswerRefused):
        one_line(f"a{bad}b")
    assert storable(f"a{bad}b").replace("[0m", "") == "ab"


def test_endless_text_is_refused():
    with pytest.raises(AnswerRefused):
        several_lines("x" * 50_000)


@given(st.text())
def test_cleaned_text_is_stable_and_can_be_stored(text):
    try:
        clean = several_lines(text)
    except AnswerRefused:
        assert storable(text) != text or len(text) > 20_000
        return
    assert several_lines(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode()


@given(st.text())
def test_digits_of_any_script_become_latin_and_nothing_else_changes(text):
    assert len(latin_digits(text)) == len(DIRECTIONS.sub("", text))
    assert latin_digits("٣४5") == "345"
