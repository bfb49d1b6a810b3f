"""Rows, groups and tables as HTML."""

import re

import pytest

from forms_library.rendering import render_page
from tests.forms_library.examples import TODAY, field, form_of, posted, read

CHILD = [field("name"), field("born", "date"), field("school", show_when="item.name != 'X'")]
GROUP = field("children", "repeating_group", options={"fields": CHILD, "item_label": "Child", "max": 3})


def drawn(form, raw=None, answers=None, errors=(), language="en"):
    return str(
        render_page(
            form, "page", answers=answers or {}, raw=raw or {}, errors=errors, language=language, today=TODAY
        )
    )


def names(html):
    return re.findall(r' name="([^"]+)"', html)


def test_a_required_group_begins_with_one_row():
    html = drawn(form_of(GROUP))
    assert "children-0-name" in names(html) and "children-1-name" not in names(html)
    assert "children-add" in names(html) and "children-0-remove" in names(html)


def test_an_optional_group_begins_with_the_button_only():
    html = drawn(form_of({**GROUP, "required": False}))
    assert names(html) == ["children-add"]
    assert "You have not added anything here yet" in html
    assert ">Add child <" in html and "Add another" not in html
    bare = {**GROUP, "required": False, "options": {"fields": CHILD}}
    assert ">Add <" in drawn(form_of(bare))
    assert ">Ajouter : Child <" in drawn(form_of({**GROUP, "required": False}), language="fr")


def test_behind_a_row_the_button_adds_another():
    html = drawn(form_of(GROUP))
    assert ">Add another <" in html and "not added" not in html


def test_what_was_typed_stands_in_its_row_and_is_escaped():
    rows = [{"name": "A"}, {"name": "<b>"}]
    html = drawn(form_of(GROUP), raw={"children": rows})
    assert 'name="children-1-name" type="text" value="&lt;b&gt;"' in html
    assert "row" + "0" not in html and "<b>" not in html


def test_what_was_typed_wins_over_what_is_stored_and_stored_rows_are_shown():
    answers = {"children": [{"name": "Stored", "born": "2020-02-04"}]}
    assert 'value="Stored"' in drawn(form_of(GROUP), answers=answers)
    assert 'id="children-0-born-year" name="children-0-born-year"' in drawn(form_of(GROUP), answers=answers)
    html = drawn(form_of(GROUP), raw={"children": [{"name": "Typed"}]}, answers=answers)
    assert 'value="Typed"' in html and "Stored" not in html


def test_errors_stand_at_their_inputs_and_ids_are_unique():
    form = form_of(GROUP)
    found = read(form, posted(**{"children-0-name": "A", "children-1-name": "", "children-1-born-day": "1"}))
    html = drawn(form, raw=found.raw, errors=found.errors)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for error in found.errors:
        assert error.anchor in ids
    assert 'id="children-1-name-error"' in html and 'id="children-0-name-error"' not in html


def test_hidden_questions_of_a_row_are_not_drawn():
    html = drawn(form_of(GROUP), raw={"children": [{"name": "X"}, {"name": "Y"}]})
    assert "children-0-school" not in names(html) and "children-1-school" in names(html)


def test_at_the_most_there_is_no_button_to_add():
    html = drawn(form_of(GROUP), raw={"children": [{}, {}, {}]})
    assert "children-add" not in names(html) and "children-2-remove" in names(html)


def test_a_table_has_a_head_and_a_line_for_each_row():
    form = form_of(
        field("costs", "table", options={"columns": [field("what"), field("sum", "currency")], "min": 2})
    )
    html = drawn(form)
    assert html.count("<tr") == 3 and html.count('scope="col"') == 2
    assert "costs-1-sum" in names(html)
    assert html.count('role="row"') == 3 and html.count('role="columnheader"') == 2
    assert html.count('class="cw-row-name"') == 2
    assert html.count("(optional)") == 0


def test_a_column_says_that_it_may_be_left_out():
    columns = [field("what"), field("why", required=False)]
    html = drawn(form_of(field("costs", "table", options={"columns": columns, "min": 1})))
    assert ">What</th>" in html and ">Why (optional)</th>" in html


def test_enter_presses_no_button_that_takes_a_row_away():
    html = drawn(form_of(GROUP))
    assert html.index("<button") == html.index('<button type="submit" class="govuk-visually-hidden"')


def test_a_group_has_its_questions_under_its_name():
    html = drawn(
        form_of(field("person", "group", options={"fields": [field("first")]})),
        answers={"person": {"first": "L"}},
    )
    assert 'name="person-first" type="text" value="L"' in html


def test_a_calculated_value_is_shown_as_it_is_now():
    rule = {"rule": "answers.n * 2", "result": "integer"}
    form = form_of(field("n", "integer"), field("twice", "calculated", options=rule))
    assert "<bdi>1,000</bdi>" in drawn(form, raw={"n": "500"}, answers={"twice": 7})
    hidden = form_of(field("n", "integer"), field("twice", "calculated", options={**rule, "visible": False}))
    assert "twice" not in drawn(hidden)


def test_a_choice_that_is_not_offered_is_not_drawn():
    choices = [{"key": "a", "label": "A"}, {"key": "b", "label": "B", "show_when": "answers.old"}]
    form = form_of(field("old", "yes_no"), field("one", "radio", options={"choices": choices}))
    assert 'value="b"' not in drawn(form, answers={"old": False})
    assert 'value="b"' in drawn(form, answers={"old": True})


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_buttons_speak_the_language(language):
    assert "Add another" not in drawn(form_of(GROUP), language=language)


def test_a_label_in_another_language_than_the_page_says_so():
    texts = {
        "label": {"en": "Your <name>"},
        "hint": {"en": "As in your passport", "fr": "Comme au passeport"},
    }
    form = form_of({**field("q"), **texts})
    assert '<span lang="en" dir="ltr">Your &lt;name&gt;</span>' in drawn(form, language="ar")
    assert '<span lang="en" dir="ltr">As in your passport</span>' in drawn(form, language="ar")
    assert "<span" not in drawn(form) and ">Comme au passeport<" in drawn(form, language="fr-CA")
    arabic = form_of({**field("q"), "label": {"ar": "الاسم"}})
    assert '<span lang="ar" dir="rtl">الاسم</span>' in drawn(arabic)
    assert "<span" not in drawn(form_of(field("q")), language="ar")
    assert "<bdi>Q</bdi>" in drawn(form_of(field("q")), language="ar")
