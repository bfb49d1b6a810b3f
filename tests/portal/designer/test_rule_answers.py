"""What the builder of rules is answered: what can be picked at each place, values, and other answers."""

from __future__ import annotations

from typing import Any

import pytest

from portal.designer.rule_answers import Wanted, rule_answer

Part = dict[str, Any]


def asked(key: str, kind: str, **more: Any) -> Part:
    """One question."""
    return {"key": key, "type": kind, "label": key.capitalize(), **more}


PETS = asked(
    "pets",
    "repeating_group",
    options={
        "fields": [asked("kind", "short_text"), asked("weight", "decimal"), asked("vaccinated", "yes_no")],
        "checks": [{"rule": 'item.kind != ""', "sentence": "No", "field": "kind"}],
    },
)
CHILDREN = asked(
    "children",
    "repeating_group",
    options={"fields": [asked("age", "integer"), PETS, asked("school", "short_text")]},
)
PAGES = [
    {
        "key": "one",
        "title": "One",
        "fields": [asked("start", "date"), asked("end", "date"), asked("stalls", "integer")],
    },
    {
        "key": "two",
        "title": "Two",
        "fields": [CHILDREN, asked("fee", "decimal"), asked("code", "short_text")],
    },
]
DOCUMENT: Part = {"forms": {"application": {"title": "Apply", "pages": PAGES}}}
ONE, TWO = (["forms", "application", "pages", number] for number in (0, 1))
ROWS = [*TWO, "fields", 0, "options"]
IN_PETS = [*ROWS, "fields", 1, "options"]


def answer(path: list[Any], text: str = "", tree: Any = None, gives: str = "", **more: Any) -> Part:
    """What the builder is answered."""
    return rule_answer(DOCUMENT, path=path, text=text, tree=tree, language="en", wanted=Wanted(gives, **more))


def pickable(found: Part) -> set[str]:
    """The paths that can be picked at the top."""
    return {one["path"] for one in found["paths"] if not one.get("later")}


@pytest.mark.parametrize(
    ("path", "there", "away"),
    [
        ([*ONE, "show_when"], set(), {"answers.start", "answers.end"}),
        ([*ONE, "checks", 0, "rule"], {"answers.start", "answers.end"}, {"answers.fee"}),
        ([*ONE, "next", 0, "when"], {"answers.start", "answers.stalls"}, {"answers.children"}),
        ([*ONE, "fields", 1, "show_when"], {"answers.start"}, {"answers.end", "answers.stalls"}),
        ([*TWO, "show_when"], {"answers.start", "answers.stalls"}, {"answers.fee"}),
        ([*ROWS, "fields", 2, "show_when"], {"item.age", "item.pets", "answers.end"}, {"item.school"}),
        ([*ROWS, "checks", 0, "rule"], {"item.age", "item.school", "answers.end"}, {"parent.age"}),
        ([*IN_PETS, "fields", 1, "show_when"], {"item.kind", "parent.age"}, {"item.weight", "parent.school"}),
        ([*IN_PETS, "checks", 0, "rule"], {"item.kind", "item.vaccinated", "parent.age"}, {"item.age"}),
    ],
)
def test_only_what_is_answered_by_then_can_be_picked(
    path: list[Any], there: set[str], away: set[str]
) -> None:
    found = pickable(answer(path))
    assert there <= found
    assert not away & found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ([*ROWS, "checks", 0, "rule"], "item.age > 3"),
        ([*IN_PETS, "fields", 0, "show_when"], "parent.age > 3"),
        ([*IN_PETS, "checks", 0, "rule"], "item.weight > 3.5 && parent.age > 3"),
    ],
)
def test_a_rule_about_a_row_is_checked_in_the_scope_of_that_row(path: list[Any], text: str) -> None:
    found = answer(path, text)
    assert found["problems"] == []
    assert "text" not in found["tree"]
    assert answer(path, "item.nothing > 3")["problems"]


def test_an_answer_is_compared_with_another_one() -> None:
    found = answer([*ONE, "checks", 0, "rule"], "answers.end > answers.start")
    assert found["tree"] == {"path": "answers.end", "operator": "after", "other": "answers.start"}
    assert found["sentence"] == "End is after Start"
    again = answer([*ONE, "checks", 0, "rule"], tree=found["tree"])
    assert again["text"] == "answers.end > answers.start"


RULE = [*TWO, "fields", 2, "options", "rule"]


def test_a_value_is_picked_from_the_answers_of_the_kind_that_is_wanted() -> None:
    found = answer(RULE, gives="decimal")
    offered = {one["text"]: one["label"] for one in found["values"]}
    assert offered == {
        "double(answers.stalls)": "Stalls",
        "double(size(answers.children))": "Number of: Children",
        "double(sum(answers.children.map(i, i.age)))": "Sum of: Children: Age",
        "answers.fee": "Fee",
    }
    for text in offered:
        assert answer(RULE, tree={"terms": [{"text": text}], "signs": []}, gives="decimal")["problems"] == []
    whole = {one["text"] for one in answer(RULE, gives="integer")["values"]}
    assert "answers.stalls" in whole
    kinds = ("decimal", "currency", "date", "text", "choices", "number")
    fixed = [answer(RULE, gives=kind)["fixed"] for kind in kinds]
    assert fixed == ["number", "number", "date", "text", "", ""]
    assert "answers.fee" not in whole
    assert {one["text"] for one in answer(RULE, gives="number")["values"]} > {"answers.stalls", "answers.fee"}
    assert {one["text"] for one in answer(RULE, gives="date")["values"]} == {"answers.start", "answers.end"}


def test_a_value_is_put_together_from_answers_and_numbers() -> None:
    tree = {"terms": [{"text": "double(answers.stalls)"}, {"value": 12}], "signs": ["*"]}
    found = answer(RULE, tree=tree, gives="currency")
    assert found["text"] == "double(answers.stalls) * 12.0"
    assert found["sentence"] == "Stalls × 12.0"
    assert found["tree"] == tree
    assert found["problems"] == []
    assert answer(RULE, "double(answers.stalls)*12.0", gives="currency")["tree"] == tree


@pytest.mark.parametrize("text", ["1 + 1", "answers.stalls", "size(answers.children)"])
def test_a_rule_that_gives_a_number_is_no_false_condition(text: str) -> None:
    assert answer(RULE, text, gives="integer")["problems"] == []
    (problem,) = answer(RULE, text, gives="date")["problems"]
    assert problem["sentence"] == "The rule must give a date, and gives a whole number."
    (problem,) = answer(RULE, text)["problems"]
    assert "yes or no" in problem["sentence"]


def test_what_gives_a_number_must_give_one() -> None:
    assert answer(RULE, "answers.fee", gives="number")["problems"] == []
    assert answer(RULE, "answers.stalls", gives="number")["problems"] == []
    assert answer(RULE, "answers.start", gives="number")["problems"]


def test_a_value_of_yes_or_no_is_a_condition_and_a_column_of_a_table_is_a_question() -> None:
    assert "values" not in answer(RULE, gives="yes_no")
    found = answer(RULE, "answers.fee", gives="decimal", any_kind=True)
    assert {one["kind"] for one in found["values"]} == {"decimal", "date"}
    found = answer(
        [*TWO, "fields", 2, "options", "table", "inputs", 0, "expression"], gives="text", any_kind=True
    )
    assert {one["kind"] for one in found["values"]} >= {"integer", "decimal", "date"}


def test_what_cannot_be_picked_stays_as_it_was_written() -> None:
    text = "(answers.fee + 1.0) * 2.0"
    found = answer(RULE, text, gives="decimal")
    assert found["tree"] == {"text": text}
    assert found["text"] == text
    for tree in (
        {"terms": [{}], "signs": []},
        {"terms": [], "signs": ["+"]},
        3,
        {"terms": "x"},
        {"terms": [{"value": "x"}]},
    ):
        assert answer(RULE, tree=tree, gives="decimal")["problems"]
