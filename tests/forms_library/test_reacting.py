"""At which answers the server is asked: those that change the page, and those that complaints rest on."""

from forms_library.reacting import awaited, reacts_to
from tests.forms_library.examples import field, form_of_pages

FORM = form_of_pages(
    {
        "key": "one",
        "title": "One",
        "fields": [
            field("start", "integer"),
            field("end", "integer"),
            field("kind"),
            field("more", show_when='answers.kind == "x"'),
            field("other"),
        ],
        "checks": [
            {"rule": "answers.end > answers.start", "field": "end", "sentence": "The end is too early"},
            {"rule": 'answers.other != "z"', "field": "other", "sentence": "Not z"},
        ],
    }
)


def test_without_a_complaint_only_what_changes_the_page_asks() -> None:
    assert reacts_to(FORM, "one") == ("kind",)
    assert awaited(FORM, "one", ()) == ("kind",)


def test_a_complaint_asks_at_its_question_and_at_all_that_its_rule_reads() -> None:
    assert awaited(FORM, "one", {"other"}) == ("kind", "other")
    assert awaited(FORM, "one", {"end"}) == ("start", "end", "kind")
    assert awaited(FORM, "one", {""}) == ("kind",)
