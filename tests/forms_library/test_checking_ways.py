"""Links, pages that nothing leads to, and rules that are probably not meant."""

import pytest

from engine.core.problems import Problems
from forms_library.checking import check_form
from forms_library.definition import Form
from tests.forms_library.examples import field


def problems_of(*pages):
    found = Problems()
    check_form(Form.model_validate({"title": "F", "pages": list(pages)}), found)
    return [(problem.where, problem.code, problem.sentence) for problem in found]


def page(key, *fields, **words):
    return {"key": key, "title": key, "fields": list(fields), **words}


def codes(*pages):
    return [(where, code) for where, code, _ in problems_of(*pages)]


def test_pages_that_lead_back_are_refused_with_the_chain():
    found = problems_of(
        page("a", field("x", "yes_no"), next=[{"to": "b"}]),
        page("b", field("y"), next=[{"to": "c"}]),
        page("c", field("z"), next=[{"to": "a", "when": "answers.x"}]),
    )
    named = [sentence for _, code, sentence in found if code == "circle"]
    assert named == [
        "These pages lead back to each other in a circle: a → b → c → a. Remove one of the links."
    ]


def test_a_link_to_no_page_is_refused():
    found = codes(page("a", field("x"), next=[{"to": "nowhere"}]))
    assert ("pages[0].next[0].to", "unknown_page") in found


def test_pages_that_nothing_leads_to_are_named_also_behind_a_link_that_never_holds():
    found = codes(
        page("a", field("x"), next=[{"to": "b", "when": "false"}, {"to": "d"}]),
        page("b", field("y")),
        page("c", field("z")),
        page("d", field("w")),
    )
    assert [where for where, code in found if code == "unreachable"] == ["pages[1]", "pages[2]"]
    assert ("pages[0].next[0].when", "constant") in found


def test_a_link_below_one_without_condition_is_named():
    found = codes(page("a", field("x"), next=[{"to": "b"}, {"to": "check"}]), page("b", field("y")))
    assert ("pages[0].next[1]", "unreachable") in found


def test_an_exit_page_holds_texts_only():
    assert ("pages[1].exit", "exit_asks") in codes(page("a", field("x")), page("b", field("y"), exit=True))


def test_a_circle_through_calculated_values_is_named():
    rule = {"rule": "answers.b + 1", "result": "integer"}
    back = {"rule": "answers.a + 1", "result": "integer"}
    found = problems_of(
        page("p", field("a", "calculated", options=rule), field("b", "calculated", options=back))
    )
    named = [(where, sentence) for where, code, sentence in found if code == "circle"]
    assert len(named) == 1
    assert named[0][0].endswith("options.rule") and "a → b → a" in named[0][1]


def test_a_circle_inside_a_row_is_named_with_its_path():
    inside = [field("x", "yes_no", show_when="item.y"), field("y", "yes_no", show_when="item.x")]
    found = problems_of(page("p", field("rows", "repeating_group", options={"fields": inside})))
    named = [(where, sentence) for where, code, sentence in found if code == "circle"]
    assert named[0][0] == "pages[0].fields[0].options.fields[0].show_when"
    assert "rows.x → rows.y → rows.x" in named[0][1]


def test_a_circle_through_a_way_is_named():
    found = codes(
        page("a", field("x", "yes_no"), next=[{"to": "c", "when": "answers.y"}]),
        page("b", field("y", "yes_no")),
        page("c", field("z")),
    )
    assert "circle" in {code for _, code in found}


@pytest.mark.parametrize(
    "rule",
    [
        "answers.kind == 'c'",
        "answers.kind != 'c'",
        "answers.kind in ['a', 'c']",
        "'c' in answers.tags",
        "answers.rows.exists(r, r.kind == 'c')",
    ],
)
def test_a_choice_that_the_list_does_not_have_is_named(rule):
    options = {"choices": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}
    rows = field("rows", "repeating_group", options={"fields": [field("kind", "radio", options=options)]})
    fields = [field("kind", "radio", options=options), field("tags", "checkbox_group", options=options), rows]
    found = problems_of(page("p", *fields, field("x", show_when=rule)))
    assert [(where, code) for where, code, _ in found] == [("pages[0].fields[3].show_when", "unknown_choice")]
    assert '"c"' in found[0][2]
    good = rule.replace("'c'", "'b'")
    assert problems_of(page("p", *fields, field("x", show_when=good))) == []


def test_all_of_no_rows_and_division_of_whole_numbers_are_worth_a_look():
    rows = field("rows", "repeating_group", options={"fields": [field("n", "integer")]})
    found = codes(
        page("p", rows, field("x", show_when="answers.rows.all(r, r.n > 1)"),
             field("y", show_when="answers.x == 'x' && size(answers.rows) / 2 > 1"))
    )  # fmt: skip
    assert found == [("pages[0].fields[1].show_when", "note"), ("pages[0].fields[2].show_when", "note")]


def test_unknown_names_in_a_row_are_refused_at_their_place():
    inside = [field("a"), field("b", show_when="item.c == 'x'"), field("c2", "no_such_type")]
    found = codes(page("p", field("rows", "table", options={"columns": inside})))
    assert ("pages[0].fields[0].options.columns[1].show_when", "rule") in found
    assert ("pages[0].fields[0].options.columns[2].type", "unknown_type") in found


def test_a_row_cannot_have_a_field_named_like_its_button():
    found = codes(page("p", field("rows", "repeating_group", options={"fields": [field("remove")]})))
    assert found == [("pages[0].fields[0].options.fields[0].key", "taken_key")]


def test_what_is_asked_on_another_branch_is_later():
    found = codes(
        page("a", field("x", "yes_no"), next=[{"to": "c", "when": "answers.x"}]),
        page("b", field("y", "yes_no"), next=[{"to": "d"}]),
        page("c", field("z", show_when="answers.y")),
        page("d", field("w", show_when="answers.y")),
    )
    assert found == [("pages[2].fields[0].show_when", "later_answer")]
