"""Rules as staff read them: labels in the place of names and keys, and nothing of what is masked."""

from datetime import date
from typing import Any

import pytest

from forms_library.compiled import CompiledForm
from forms_library.visibility import Moment
from forms_library.why import why
from tests.forms_library.examples import OPTIONS, TODAY, field, form_of_pages

COLOURS = {"choices": [{"key": "red", "label": "Dark red"}, {"key": "blue", "label": "Light blue"}]}
CHILD = {
    "item_label": "Child",
    "fields": [field("born", "date", label="Born"), field("toys", "checkbox_group", options=COLOURS)],
}
ANSWERS: dict[str, Any] = {
    "one": "red",
    "many": ["blue"],
    "land": "PT",
    "goods": {"sort": "food", "goods": "hot"},
    "born": "2000-05-14",
    "fee": "12.50",
    "agreed": True,
    "number": "880202114471",
    "children": [{"born": "2020-01-02", "toys": ["red"]}, {"born": "1990-01-02"}],
}


def form(rule: str) -> CompiledForm:
    """Questions of many kinds and one that a rule shows."""
    return form_of_pages(
        {
            "key": "page",
            "title": "Page",
            "fields": [
                field("one", "radio", label="Colour", options=COLOURS),
                field("many", "checkbox_group", label="Colours", options=COLOURS),
                field("land", "autocomplete", label="Country", options={"list": "countries"}),
                field("goods", "linked", label="Goods", options=OPTIONS["linked"]),
                field("born", "date", label="Born on"),
                field("fee", "currency", label="Fee"),
                field("agreed", "yes_no", label="Agreed"),
                field("number", "national_id", label="Number", options=OPTIONS["national_id"]),
                field("children", "repeating_group", label="Children", options=CHILD),
                field("shown", "short_text", label="Shown", show_when=rule),
            ],
        }
    )


def told(rule: str, language: str = "en", **more: Any) -> list[str]:
    """The sentences below the first."""
    return [
        line.text for line in why(form(rule), "shown", ANSWERS, Moment(TODAY), language, **more).lines[1:]
    ]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ('answers.one == "red"', "“Colour” (Dark red) is “Dark red”: yes"),
        ('answers.one in ["red", "blue"]', "“Colour” (Dark red) is among [“Dark red”, “Light blue”]: yes"),
        ('"red" in answers.many', "“Dark red” is among “Colours” (Light blue): no"),
        ('answers.land == "PT"', "“Country” (Portugal) is “Portugal”: yes"),
        ('answers.goods.sort == "craft"', "“Goods” (Food, Hot food) is “Crafts”: no"),
        ('answers.born < date("2001-01-01")', "“Born on” (14 May 2000) is less than 1 January 2001: yes"),
        ("answers.agreed == false", "“Agreed” (Yes) is no: no"),
        ("size(answers.children) > 2", "the number of “Children” (2) is more than 2: no"),
        ('answers.land.startsWith("P")', "“Country” (Portugal) begins with “P”: yes"),
    ],
)
def test_a_rule_is_told_with_the_labels_of_questions_and_choices(rule: str, sentence: str) -> None:
    assert told(rule)[0] == sentence


def test_a_day_that_was_worked_out_is_told() -> None:
    day = date(TODAY.year - 18, TODAY.month, TODAY.day)
    line = told("answers.born <= yearsBefore(today, 18)")[0]
    assert line.startswith("“Born on” (14 May 2000) is at most years before (day, years): (today (")
    assert f"({day.day} November {day.year}): yes" in line


def test_each_row_is_told_by_its_name() -> None:
    lines = told("answers.children.exists(c, c.born > yearsBefore(today, 18))")
    assert lines[0].startswith("“Children” (2) has one with (“Born” is more than years before")
    assert lines[1].startswith("“Child 1, Born” (2 January 2020) is more than")
    assert lines[2].startswith("“Child 2, Born” (2 January 1990) is more than")


def test_a_kind_that_is_always_masked_stays_masked_for_everybody() -> None:
    line = told('answers.number == "880202114471"')[0]
    assert "“Number” (•••• •••• 4471)" in line
    assert "880202" not in line.partition(" is ")[0]


def test_nothing_is_told_of_what_the_reader_may_not_see() -> None:
    for rule in (
        'answers.one == "red"',
        "answers.born <= yearsBefore(today, 18)",
        "age(answers.born, today) >= 18",
        "answers.children.exists(c, c.born > yearsBefore(today, 18))",
    ):
        lines = " ".join(told(rule, may_see=lambda field: False))
        for secret in ("(Dark red)", "14 May", "2 January", "(26)"):
            assert secret not in lines


def test_it_is_known_whose_answers_were_told() -> None:
    found = why(form('answers.one == "red" && has(answers.fee)'), "shown", ANSWERS, Moment(TODAY), "en")
    assert found.told == {"one", "fee"}
    hidden = why(
        form('answers.one == "red"'), "shown", ANSWERS, Moment(TODAY), "en", may_see=lambda field: False
    )
    assert hidden.told == frozenset()
