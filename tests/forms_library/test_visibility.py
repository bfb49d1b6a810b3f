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


def bare(**second):
    """Three pages, of which the second shows one question only after a yes."""
    return form_of_pages(
        {"key": "one", "title": "1", "fields": [field("a", "yes_no"), field("n", "integer", required=False)]},
        {"key": "two", "title": "2", "fields": [field("b", show_when="answers.a")], **second},
        {"key": "three", "title": "3", "fields": [field("c")]},
    )


def walked(form, answers):
    return shown(form, answers, Moment(TODAY), walk=True).pages


def test_a_page_on_which_nothing_is_left_is_stepped_over():
    for found in (visible, lambda form, answers: shown(form, answers, Moment(TODAY), walk=True)):
        assert found(bare(), {"a": False}).pages == ("one", "three")
        assert found(bare(), {"a": True}).pages == ("one", "two", "three")
    earlier = visible(bare(), {"a": True})
    assert earlier.fields == {"a", "n", "b", "c"}


def test_a_page_is_not_stepped_over_while_something_of_it_is_to_be_seen():
    two = {"fields": [field("b", show_when="answers.a"), field("text", "inset")]}
    assert walked(bare(**two), {"a": False}) == ("one", "two", "three")
    assert walked(bare(intro="Read this."), {"a": False}) == ("one", "two", "three")
    assert walked(bare(exit=True), {"a": False})[-1] == "two"


def test_a_page_with_a_rule_that_failed_is_not_stepped_over():
    two = {"fields": [field("b", show_when="10 / answers.n > 1")]}
    assert walked(bare(**two), {"a": True, "n": 0}) == ("one", "two", "three")


def test_ways_lead_past_a_page_on_which_nothing_is_left():
    form = form_of_pages(
        {"key": "one", "title": "1", "fields": [field("a", "yes_no")],
         "next": [{"to": "three", "when": "answers.a"}, {"to": "two"}]},
        {"key": "two", "title": "2", "fields": [field("b", show_when="answers.a")]},
        {"key": "three", "title": "3", "fields": [field("c")]},
    )  # fmt: skip
    assert walked(form, {"a": False}) == ("one", "three")


def test_an_evaluation_that_goes_on_from_another_steps_over_the_same_pages():
    form = bare()
    before = shown(form, {"a": True}, Moment(TODAY))
    assert shown(form, {"a": False}, Moment(TODAY), before=before).pages == ("one", "three")
