"""A summary in the middle of a form: what was answered before, masked, never what is hidden."""

from forms_library.rendering import render_page
from tests.forms_library.examples import TODAY, field, form_of_pages

FORM = form_of_pages(
    {
        "key": "first",
        "title": "First",
        "fields": [
            field("name"),
            field("number", "national_id"),
            field("code", "hidden", options={"value": "x-1"}),
            field("trade", show_when='answers.name == "Karim"'),
        ],
    },
    {"key": "second", "title": "Second", "fields": [field("so_far", "summary_of_answers"), field("last")]},
)
ANSWERS = {"name": "<b>Leila", "number": "123456784471", "code": "x-1", "trade": "old", "last": "later"}


def summary():
    return render_page(FORM, "second", answers=ANSWERS, raw={}, errors=(), language="en", today=TODAY)


def test_earlier_answers_are_shown_escaped_and_masked():
    html = summary()
    assert "&lt;b&gt;Leila" in html and "<b>" not in html
    assert "4471" in html and "12345678" not in html


def test_neither_hidden_values_nor_hidden_questions_nor_later_answers_are_shown():
    html = summary()
    assert "x-1" not in html and "old" not in html
    assert html.count("<dt") == 2
