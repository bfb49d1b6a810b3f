"""Every problem of a form, with its path and a sentence."""

import pytest

from engine.core.problems import DefinitionRefused, Problems
from forms_library.checking import check_form, circles
from forms_library.compiled import compile_form
from forms_library.definition import Form
from tests.forms_library.examples import field


def problems_of(*pages):
    found = Problems()
    check_form(Form.model_validate({"title": "F", "pages": list(pages)}), found)
    return [(problem.where, problem.code, problem.severity) for problem in found]


def page(*fields, key="p", **words):
    return {"key": key, "title": "P", "fields": list(fields), **words}


def test_a_good_form_has_no_problems():
    assert problems_of(page(field("a", "yes_no"), field("b", show_when="answers.a"))) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (field("a", "shrt_text"), ("pages[0].fields[0].type", "unknown_type", "mend")),
        (field("a", "radio"), ("pages[0].fields[0].options.choices", "missing", "mend")),
        (field("a", options={"colour": 1}), ("pages[0].fields[0].options.colour", "extra_forbidden", "mend")),
        (field("a", show_when="answers.b == 1"), ("pages[0].fields[0].show_when", "rule", "mend")),
        (field("a", required_when="'x'"), ("pages[0].fields[0].required_when", "rule", "mend")),
        (field("a", label=""), ("pages[0].fields[0].label", "no_label", "mend")),
        (field("main"), ("pages[0].fields[0].key", "taken_key", "mend")),
        (field("in"), ("pages[0].fields[0].key", "taken_key", "mend")),
        (field("a", errors={"tired": "x"}), ("pages[0].fields[0].errors.tired", "unknown_error", "mend")),
        (field("a", show_when="has(answers.a)"), ("pages[0].fields[0].show_when", "circle", "mend")),
    ],
)
def test_each_kind_of_problem_is_found_at_its_place(wrong, problem):
    assert problem in problems_of(page(wrong))


def test_all_problems_are_listed_at_once():
    found = problems_of(
        page(field("a", "no"), field("b", show_when="nothing"), field("b")), page(field("c"), key="p")
    )
    assert {code for _, code, _ in found} == {"unknown_type", "rule", "doubled_key"}
    assert [where for where, code, _ in found if code == "doubled_key"] == ["pages[0].fields[2]", "pages[1]"]


def test_a_circle_of_conditions_is_named_once():
    found = Problems()
    fields = [
        field("a", "yes_no", show_when="answers.c"),
        field("b", "yes_no", show_when="answers.a"),
        field("c", "yes_no", show_when="answers.b"),
    ]
    check_form(Form.model_validate({"title": "F", "pages": [page(*fields)]}), found)
    named = [problem.sentence for problem in found if problem.code == "circle"]
    assert len(named) == 1
    assert "a → c → b → a" in named[0]


def test_a_page_that_depends_on_its_own_question_is_a_circle():
    assert ("pages[0].fields[0].show_when", "circle", "mend") in problems_of(
        page(field("a", "yes_no"), show_when="answers.a")
    )


def test_a_rule_that_reads_a_later_answer_is_worth_a_look():
    found = problems_of(page(field("a", show_when="answers.b"), field("b", "yes_no")))
    assert found == [("pages[0].fields[0].show_when", "later_answer", "look")]
    found = problems_of(page(field("a"), show_when="answers.b"), page(field("b", "yes_no"), key="q"))
    assert found == [("pages[0].show_when", "later_answer", "look")]


@pytest.mark.parametrize("key", ["done", "check", "sent"])
def test_the_words_of_the_addresses_are_no_page_keys(key):
    assert ("pages[0]", "taken_key", "mend") in problems_of(page(field("a"), key=key))


def test_a_check_must_name_a_field_of_its_page_and_say_something():
    check = {"rule": "answers.a == 'x'", "sentence": "", "field": "b"}
    found = problems_of(page(field("a"), checks=[check]))
    assert {where for where, _, _ in found} == {"pages[0].checks[0].field", "pages[0].checks[0].sentence"}


def test_a_page_that_asks_nothing_is_worth_a_look():
    assert problems_of(page(field("a", "paragraph"))) == [("pages[0]", "no_question", "look")]


def test_compiling_a_form_with_problems_is_refused_with_all_of_them():
    form = Form.model_validate(
        {"title": "F", "pages": [page(field("a", "no"), field("b", show_when="nothing"))]}
    )
    with pytest.raises(DefinitionRefused) as refused:
        compile_form(form)
    assert len(refused.value.problems.must_mend) == 2


def test_circles_of_a_large_graph_are_found_without_deep_recursion():
    chain = {f"n{number}": {f"n{number + 1}"} for number in range(20_000)}
    assert list(circles(chain)) == []
    assert len(next(circles({**chain, "n20000": {"n0"}}))) == 20_001


def sentences(*pages):
    found = Problems()
    check_form(Form.model_validate({"title": "F", "pages": list(pages)}), found)
    return {problem.code: problem.sentence for problem in found}


def rows(rule, most=1_000):
    inner = [field("n", "integer"), field("m", show_when=rule)]
    many = field("g", "repeating_group", options={"fields": inner, "max": most})
    return page(field("total", "integer"), many)


def test_a_page_that_could_not_be_sent_with_all_its_rows_is_named():
    pets = field("pets", "repeating_group", options={"fields": [field("name")], "max": 100})
    inner = [field("born", "date"), pets]
    large = field("g", "repeating_group", options={"fields": inner, "max": 100})
    said = sentences(page(field("total", "integer"), large))["too_many_inputs"]
    assert "up to 20,401 inputs at once, and no more than 20,000 are taken" in said
    small = field("g", "repeating_group", options={"fields": inner, "max": 98})
    assert "too_many_inputs" not in sentences(page(field("total", "integer"), small))


def test_a_page_whose_texts_could_not_be_sent_at_once_is_named():
    def notes(most):
        text = field("note", "long_text", options={"max_length": 10_000})
        return page(field("g", "repeating_group", options={"fields": [text], "max": most}))

    said = sentences(notes(300))["too_many_bytes"]
    assert "up to 6 MB at once, and no more than 5 MB are taken" in said
    assert "up to 20 MB" in sentences(notes(1_000))["too_many_bytes"]
    assert "too_many_bytes" not in sentences(notes(260))


def test_a_rule_that_looks_through_all_rows_in_each_of_them_is_named():
    rule = "answers.g.exists(g, g.n == item.n)"
    assert "each of up to 1,000 rows" in sentences(rows(rule))["slow_rule"]
    assert "slow_rule" not in sentences(rows(rule, most=100))


@pytest.mark.parametrize(
    "rule",
    ["answers.g.exists(g, g.n > 5)", "item.n > 5", "answers.total > item.n", "size(answers.g) > item.n"],
)
def test_a_rule_that_is_the_same_for_all_rows_or_looks_at_one_is_not_named(rule):
    assert "slow_rule" not in sentences(rows(rule))


def test_what_is_never_asked_is_named_with_its_page():
    said = sentences(
        page(field("a", "yes_no"), key="p", next=[{"to": "check"}]),
        page(*(field(f"q{n}", label=f"Question {n}") for n in range(10)), key="lost"),
    )
    assert '"Question 0"' in said["unreachable"]
    assert "2 more" in said["unreachable"]
