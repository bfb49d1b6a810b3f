"""Which questions were asked, and which of them a rule decides about."""

from typing import Any

from forms_library.asked import asked_pages, cells_of
from forms_library.visibility import Moment
from tests.forms_library.examples import TODAY, field, form_of_pages

ROWS = {
    "item_label": "Child",
    "fields": [field("n", "integer"), field("s", label="School", show_when="item.n > 5")],
}
FORM = form_of_pages(
    {
        "key": "one",
        "title": "One",
        "fields": [
            field("age", "integer"),
            field("note", required=False),
            field("fee", "calculated", options={"rule": "answers.age * 2", "result": "integer"}),
            field("old", show_when="answers.age > 50"),
            field("rows", "repeating_group", options=ROWS),
        ],
        "next": [{"to": "three", "when": "answers.age < 18"}, {"to": "two"}],
    },
    {"key": "two", "title": "Two", "fields": [field("z")]},
    {"key": "three", "title": "Three", "fields": [field("w")]},
)
ANSWERS: dict[str, Any] = {"age": 17, "rows": [{"n": 3}, {"n": 9, "s": "Hill"}]}


def test_every_question_stands_somewhere() -> None:
    one, two, three = asked_pages(FORM, ANSWERS, Moment(TODAY), "en")
    assert [(each.name, each.standing, each.ruled) for each in one.questions] == [
        ("age", "answered", False),
        ("note", "empty", False),
        ("fee", "worked_out", True),
        ("old", "hidden", True),
        ("rows", "answered", True),
    ]
    assert (one.on_the_way, one.ruled) == (True, False)
    assert (two.on_the_way, two.ruled, two.questions[0].standing) == (False, True, "hidden")
    assert (three.on_the_way, three.ruled, three.questions[0].standing) == (True, True, "empty")


def test_cells_of_rows_are_named_by_their_row() -> None:
    assert [
        (cell.name, cell.label, cell.standing)
        for cell in cells_of(FORM, "rows", ANSWERS, Moment(TODAY), "en")
    ] == [
        ("rows-0-s", "Child 1, School", "hidden"),
        ("rows-1-s", "Child 2, School", "answered"),
    ]
    assert cells_of(FORM, "old", ANSWERS, Moment(TODAY), "en") == []
    assert cells_of(FORM, "nothing", ANSWERS, Moment(TODAY), "en") == []
