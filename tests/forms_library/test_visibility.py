"""Hidden answers are dropped until nothing changes."""

from datetime import date, time

from engine.core.worktime import WorkingCalendar
from forms_library.visibility import Moment, shown
from tests.forms_library.examples import TODAY, field, form_of, form_of_pages


def visible(form, answers, **moment):
    return shown(form, answers, Moment(TODAY, **moment))


CHAIN = form_of(
    field("a", "yes_no"),
    field("b", "yes_no", show_when="answers.a"),
    field("c", "yes_no", show_when="answers.b"),
    field("d", show_when="!has(answers.c)"),
)


def test_hiding_one_answer_hides_those_that_depend_on_it():
    found = visible(CHAIN, {"a": False, "b": True, "c": True, "d": "x"})
    assert found.fields == {"a", "d"}
    assert found.answers == {"a": False, "d": "x"}


def test_an_answer_hidden_on_the_way_counts_as_not_given():
    assert visible(CHAIN, {"a": True, "b": True, "c": True}).fields == {"a", "b", "c"}
    assert visible(CHAIN, {"a": True, "b": False, "c": True}).fields == {"a", "b", "d"}


def test_a_hidden_page_hides_its_answers():
    form = form_of_pages(
        {"key": "one", "title": "1", "fields": [field("a", "yes_no")]},
        {"key": "two", "title": "2", "show_when": "answers.a", "fields": [field("b", "yes_no")]},
        {"key": "three", "title": "3", "show_when": "answers.b", "fields": [field("c")]},
    )
    assert visible(form, {"a": True, "b": True}).pages == ("one", "two", "three")
    assert visible(form, {"a": False, "b": True}).pages == ("one",)


def test_neither_a_rule_nor_its_negation_holds_without_an_answer():
    form = form_of(
        field("n", "integer", required=False),
        field("small", show_when="answers.n < 5"),
        field("not_small", show_when="!(answers.n < 5)"),
    )
    assert visible(form, {}).fields == {"n"}


def test_a_rule_that_fails_hides_and_is_logged_without_answers(caplog):
    form = form_of(field("n", "integer"), field("x", show_when="10 / answers.n > 1"))
    assert visible(form, {"n": 0}).fields == {"n"}
    assert "the rule at x" in caplog.text


def test_working_days_are_those_of_the_department():
    week = {day: [(time(8), time(16))] for day in (6, 0, 1, 2, 3)}
    calendar = WorkingCalendar("UTC", week, frozenset({date(2026, 11, 19)}))
    form = form_of(
        field("born", "date"), field("late", show_when="answers.born <= workingDaysBefore(today, 1)")
    )
    assert visible(form, {"born": "2026-11-18"}, calendar=calendar).fields == {"born", "late"}
    assert visible(form, {"born": "2026-11-19"}, calendar=calendar).fields == {"born"}
