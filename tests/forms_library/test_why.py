"""The reasons in words."""

import pytest

from forms_library.visibility import Moment
from forms_library.why import why
from tests.forms_library.examples import TODAY, field, form_of_pages

CHOICES = [{"key": "a", "label": "Ay"}, {"key": "b", "label": "Be", "show_when": "answers.age > 18"}]
ROWS = {"fields": [field("n", "integer"), field("s", show_when="item.n > 5")]}
FORM = form_of_pages(
    {
        "key": "one",
        "title": "One",
        "fields": [
            field("age", "integer"),
            field("kind", "radio", options={"choices": CHOICES}),
            field("fee", "calculated", options={"rule": "answers.age * 2", "result": "integer"}),
            field("extra", show_when="answers.fee > 30 && has(answers.old)", required=False,
                  required_when="answers.age > 3"),
            field("old", show_when="answers.age > 50"),
            field("rows", "repeating_group", options=ROWS),
        ],
        "next": [{"to": "three", "when": "answers.age < 18"}, {"to": "two"}],
    },
    {"key": "two", "title": "Two", "fields": [field("z")]},
    {"key": "three", "title": "Three", "fields": [field("w")]},
)  # fmt: skip
ANSWERS = {"age": 17, "kind": "a", "rows": [{"n": 3}, {"n": 9}]}


def told(key, language="en", **more):
    return [
        (line.depth, line.text) for line in why(FORM, key, ANSWERS, Moment(TODAY), language, **more).lines
    ]


def test_a_hidden_question_is_explained_down_to_the_answers():
    assert told("extra") == [
        (0, "“Extra” is hidden"),
        (1, "All of this holds: no"),
        (2, "“Fee” (34) is more than 30: yes"),
        (2, "“Old” (not answered) is answered: no"),
        (2, "“Fee” is shown"),
        (2, "“Fee” is 34"),
        (3, "It is worked out by this rule: “Age” (17) * 2"),
        (2, "“Old” is hidden"),
        (3, "“Age” (17) is more than 50: no"),
    ]


def test_a_question_beside_the_way_is_explained_by_the_way():
    assert told("z") == [
        (0, "“Z” is hidden"),
        (1, "The page “Two” is not on the way"),
        (2, "From the page “One” the way leads to “Three”"),
        (3, "“Age” (17) is less than 18: yes"),
    ]
    assert told("two")[0] == (0, "The page “Two” is not on the way")


def test_each_row_is_explained_for_itself():
    assert told("rows-0-s") == [(0, "“S” is hidden"), (1, "“N” (3) is more than 5: no")]
    assert told("rows-1-s")[:2] == [(0, "“S” is shown"), (1, "“N” (9) is more than 5: yes")]


def test_a_choice_is_explained():
    assert told("kind", choice="b") == [(0, "“Be” is not offered"), (1, "“Age” (17) is more than 18: no")]


def test_what_may_not_be_seen_is_not_told():
    lines = told("extra", may_see=lambda field: field.key != "age")
    assert "17" not in str(lines)
    assert (3, "“Age” (not to be seen) is more than 50: no") in lines


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_speaks_the_languages_of_the_interface(language):
    english, other = told("extra"), told("extra", language)
    assert [depth for depth, _ in english] == [depth for depth, _ in other]
    assert not {text for _, text in english} & {text for _, text in other}


def test_an_unknown_name_has_no_reason():
    assert told("nothing") == [] and told("rows-7-s") == []
