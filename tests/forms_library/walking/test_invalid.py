"""Wrong values and any text: refused with a link to the question, or kept as they are."""

from typing import Any

import pytest

from forms_library.catalogue import field_types
from forms_library.walking import invalid_values
from forms_library.walking.invalid import CONTRADICTS
from tests.forms_library.examples import OPTIONS, TODAY, field, form_of, form_of_pages, label_of

TEXTS = ("", "<script>alert(1)</script>", "Ω≈ç√", "=1+1", "-1", "x" * 50_000, "\x00", "\ud800", "‮right")


@pytest.mark.parametrize("kind", [kind for kind in field_types if kind.has_answer], ids=lambda kind: kind.key)
def test_every_kind_refuses_what_is_wrong_and_keeps_or_refuses_any_text(kind: Any) -> None:
    asked = {"key": kind.key, "type": kind.key, "label": label_of(kind), "options": OPTIONS.get(kind.key, {})}
    findings = invalid_values(form_of(asked, field("beside")), TODAY, TEXTS)
    assert [finding for finding in findings if finding.fault] == []
    assert kind.computed or len(findings) > len(TEXTS)


def test_a_question_that_is_met_only_on_some_paths_is_tried_there() -> None:
    compiled = form_of_pages(
        {"key": "a", "title": "A", "fields": [field("n", "integer")]},
        {"key": "b", "title": "B", "show_when": "answers.n == 31415", "fields": [field("mail", "email")]},
    )
    findings = invalid_values(compiled, TODAY)
    assert {finding.field for finding in findings} == {"n", "mail"}
    assert not [finding for finding in findings if finding.fault]


def test_a_question_that_is_never_met_is_named() -> None:
    compiled = form_of(field("n", "integer"), field("lost", show_when="answers.n > answers.n"))
    faults = [(finding.field, finding.fault) for finding in invalid_values(compiled, TODAY) if finding.fault]
    assert faults == [("lost", "no walk that was tried shows this question")]


def test_a_question_for_one_rare_answer_is_met_by_choosing_it() -> None:
    compiled = form_of(
        field("code", "short_text"),
        field("asked", show_when='answers.code == "K-7731"'),
        field("last", "email", show_when='answers.asked == "yes, all of it"'),
    )
    findings = invalid_values(compiled, TODAY)
    assert {finding.field for finding in findings if not finding.fault} >= {"last"}
    assert not [finding for finding in findings if finding.fault]


def test_a_question_that_no_answers_can_bring_out_is_said_to_contradict_itself() -> None:
    compiled = form_of(field("n", "integer"), field("lost", show_when="answers.n > 5 && answers.n < 3"))
    faults = [(finding.field, finding.fault) for finding in invalid_values(compiled, TODAY) if finding.fault]
    assert faults == [("lost", CONTRADICTS)]


def test_a_kind_that_takes_what_it_calls_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_types["email"], "wrong", lambda self: (("leila@example.org", "format"),))
    (finding,) = invalid_values(form_of(field("mail", "email")), TODAY)
    assert "taken" in finding.fault


def test_a_kind_that_breaks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = form_of(field("mail", "email"))

    def broken(self: Any, raw: Any, reading: Any) -> None:
        if raw == "boom":
            raise ZeroDivisionError

    monkeypatch.setattr(field_types["email"], "parse", broken)
    monkeypatch.setattr(field_types["email"], "wrong", lambda self: ())
    faults = [finding.fault for finding in invalid_values(compiled, TODAY, ("boom",))]
    assert "it breaks: ZeroDivisionError" in faults
