"""A register answers inside a form: the value is stored with where it is from, or typed when it is down."""

import pytest

from engine.lookups import registers
from engine.lookups.client import Found, LookupAway
from forms_library.fields import lookup
from forms_library.rendering import render_page
from tests.forms_library.examples import OPTIONS, TODAY, field, form_of, posted, question, read

ASKED = field("company", "lookup", options=OPTIONS["lookup"])


def answering(monkeypatch, data):
    monkeypatch.setattr(lookup, "look_up", lambda address, key: Found(data))


def down(monkeypatch):
    def away(address, key):
        raise LookupAway("down")

    monkeypatch.setattr(lookup, "look_up", away)


def test_a_found_value_is_stored_with_its_source_and_the_moment(monkeypatch):
    answering(monkeypatch, {"name": "Olive Ltd"})
    result = read(form_of(ASKED), posted(company__key="0123"))
    answer = result.answers["company"]
    assert answer["value"] == "Olive Ltd" and answer["typed"] is False
    assert answer["source"] == "register.example.org" and answer["at"].startswith("20")


def test_what_the_person_sends_cannot_pass_for_found(monkeypatch):
    down(monkeypatch)
    sent = posted(company__key="1", company__value="Mine", company__typed="false", company__at="2026-01-01")
    answer = read(form_of(ASKED), sent).answers["company"]
    assert answer == {"key": "1", "value": "Mine", "typed": True}


def test_an_unknown_number_is_a_complaint_at_its_input(monkeypatch):
    answering(monkeypatch, None)
    (error,) = read(form_of(ASKED), posted(company__key="1")).errors
    assert (error.code, error.anchor) == ("not_found", "company-key")
    assert "Companies register" in error.sentence


def test_a_register_that_is_down_asks_for_the_value_itself(monkeypatch):
    down(monkeypatch)
    (error,) = read(form_of(ASKED), posted(company__key="1")).errors
    assert (error.code, error.anchor) == ("away", "company-value")


@pytest.mark.parametrize("said", [[], {"name": ["x"]}, {"name": None}, {"name": True}, "x", {"name": "\x00"}])
def test_an_answer_without_the_value_is_as_good_as_none(monkeypatch, said):
    answering(monkeypatch, said)
    (error,) = read(form_of(ASKED), posted(company__key="1")).errors
    assert error.code == "not_found"


def test_the_field_asks_the_registers_of_the_engine():
    assert lookup.look_up is registers.look_up


FOUND = {"key": "0123", "value": "Olive Ltd", "source": "register.example.org", "typed": False,
         "at": "2026-11-22T10:00:00+00:00"}  # fmt: skip


def test_what_was_found_before_stands_when_the_register_is_away_now(monkeypatch):
    down(monkeypatch)
    result = read(form_of(ASKED), posted(company__key=" ٠١٢٣ "), stored={"company": FOUND})
    assert (result.errors, result.answers["company"]) == ([], FOUND)
    (error,) = read(form_of(ASKED), posted(company__key="0124"), stored={"company": FOUND}).errors
    assert error.code == "away"
    typed = {"key": "0123", "value": "Mine", "typed": True}
    (error,) = read(form_of(ASKED), posted(company__key="0123"), stored={"company": typed}).errors
    assert error.code == "away"


def test_the_moment_of_the_first_answer_stays_while_the_register_says_the_same(monkeypatch):
    answering(monkeypatch, {"name": "Olive Ltd"})
    assert (
        read(form_of(ASKED), posted(company__key="0123"), stored={"company": FOUND}).answers["company"]
        == FOUND
    )
    answering(monkeypatch, {"name": "Olive and Sons Ltd"})
    renamed = read(form_of(ASKED), posted(company__key="0123"), stored={"company": FOUND}).answers["company"]
    assert renamed["value"] == "Olive and Sons Ltd"
    assert renamed["at"] != FOUND["at"]


def test_what_was_found_is_there_when_the_page_is_shown_again(monkeypatch):
    answering(monkeypatch, {"name": "Olive Ltd"})
    raw = read(form_of(ASKED), posted(company__key="0123")).raw["company"]
    down(monkeypatch)
    assert "<strong>Olive Ltd</strong>" in drawn(raw)
    assert "company-value" not in drawn(raw)
    assert "Olive" not in drawn({"key": "0123", "value": ""})


def drawn(raw):
    return str(
        render_page(
            form_of(ASKED), "page", answers={}, raw={"company": raw}, errors=(), language="en", today=TODAY
        )
    )


@pytest.mark.parametrize("answer", [None, {}, {"key": "1", "value": "x", "typed": True}, "x"])
def test_nothing_that_a_person_typed_is_marked_as_found(answer):
    kind = question("lookup", OPTIONS["lookup"])
    assert kind.found(answer) is None
    assert kind.found(FOUND) != kind.found({**FOUND, "key": "0124"})
