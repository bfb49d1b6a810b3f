"""Binding types and rules: what names mean in rows, and forms of hostile size."""

import time

import pytest
from pydantic import ValidationError

from engine.core.problems import DefinitionRefused, Problems
from forms_library.checking import check_form
from forms_library.compiled import MOST_RULES, compile_form, shared_form
from forms_library.definition import Form
from tests.forms_library.examples import field, form_of


def form(*fields, **words):
    return Form.model_validate(
        {"title": "F", "pages": [{"key": "p", "title": "P", "fields": list(fields), **words}]}
    )


def rows(key, *fields, **options):
    return field(key, "repeating_group", options={"fields": list(fields), **options})


@pytest.mark.parametrize("rule", ["item.a == 'x'", "answers.top == 'x'", "today > date('2026-01-01')"])
def test_a_rule_in_a_row_reads_its_row_the_form_and_the_day(rule):
    assert form_of(field("top"), rows("r", field("a"), field("b", show_when=rule)))


def test_parent_is_the_row_around_and_only_there():
    inner = field("c", show_when="parent.a == 'x'")
    assert form_of(rows("r", field("a"), rows("s", inner)))
    with pytest.raises(DefinitionRefused):
        form_of(rows("r", field("a"), inner))
    with pytest.raises(DefinitionRefused):
        form_of(field("a"), field("b", show_when="item.a == 'x'"))


def test_each_question_knows_its_place_among_the_answers():
    compiled = form_of(
        rows("r", field("a"), field("g", "group", options={"fields": [rows("s", field("x"))]}))
    )
    assert set(compiled.by_path) == {"r", "r[].a", "r[].g", "r[].g.s", "r[].g.s[].x"}


def test_what_is_wrong_inside_is_named_at_its_place():
    problems = Problems()
    check_form(
        form(rows("r", field("a", "radio"), field("b", show_when="item.z"), field("c"), field("c"))), problems
    )
    assert {problem.where for problem in problems.must_mend} >= {
        "pages[0].fields[0].options.fields[0].options.choices",
        "pages[0].fields[0].options.fields[1].show_when",
        "pages[0].fields[0].options.fields[3]",
    }


def test_too_many_rules_are_refused():
    choices = [{"key": f"c{n}", "label": "C", "show_when": "answers.a == 'x'"} for n in range(300)]
    fields = [field(f"f{n}", "radio", options={"choices": choices}) for n in range(MOST_RULES // 300 + 1)]
    with pytest.raises(DefinitionRefused, match=r"at most 4,000 rules"):
        compile_form(form(field("a"), *fields))


def test_many_groups_with_rules_that_read_the_whole_form_are_bound_in_seconds():
    pages = [
        {
            "key": f"p{page}",
            "title": "P",
            "fields": [
                *(field(f"t{page}_{n}") for n in range(150)),
                *(
                    rows(f"r{page}_{n}", field("a"), field("b", show_when="answers.t0_1 == item.a"))
                    for n in range(10)
                ),
            ],
        }
        for page in range(10)
    ]
    began = time.process_time()
    check_form(Form.model_validate({"title": "F", "pages": pages}), Problems())
    assert time.process_time() - began < 10
    pages[0]["fields"].append(rows("one_more", field("a")))
    with pytest.raises(ValidationError, match="at most 100 groups"):
        Form.model_validate({"title": "F", "pages": pages})


def test_a_rule_ten_thousand_deep_is_refused():
    deep = "(" * 2_400 + "true" + ")" * 2_400
    with pytest.raises(DefinitionRefused, match="too many parts"):
        form_of(field("a", show_when=deep))


def test_forms_that_say_the_same_share_what_is_made_of_them():
    first = shared_form(form(field("top"), field("b", show_when="answers.top == 'x'")))
    assert shared_form(form(field("top"), field("b", show_when="answers.top == 'x'"))) is first
    other = shared_form(form(field("top"), field("b", show_when="answers.top == 'y'")))
    assert other is not first
    assert other.fields["b"].show.source == "answers.top == 'y'"


def test_a_form_that_cannot_be_used_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(DefinitionRefused):
            shared_form(form(field("b", show_when="answers.nothing == 'x'")))
