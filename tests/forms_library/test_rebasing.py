"""A draft under another version of its form: answers are kept or named, and nothing is lost."""

import copy
from datetime import date
from typing import Any

from forms_library.compiled import CompiledForm, compile_form
from forms_library.definition import Form
from forms_library.rebasing import Rebased, rebase
from forms_library.visibility import Moment

MOMENT = Moment(date(2026, 11, 26))
FOODS = [{"key": key, "label": key.title()} for key in ("bread", "fish", "cakes", "soup")]
PAGES: list[dict[str, Any]] = [
    {
        "key": "person",
        "title": "You",
        "fields": [
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "note", "type": "long_text", "label": "Note", "required": False},
            {"key": "age", "type": "integer", "label": "Age"},
        ],
    },
    {
        "key": "stall",
        "title": "Stall",
        "fields": [
            {"key": "food", "type": "radio", "label": "Food", "options": {"choices": FOODS}},
            {
                "key": "side",
                "type": "select",
                "label": "Side",
                "options": {"choices": FOODS},
                "required": False,
            },
            {"key": "extras", "type": "checkbox_group", "label": "Extras", "options": {"choices": FOODS}},
            {"key": "fuel", "type": "short_text", "label": "Fuel", "show_when": 'answers.food == "soup"'},
        ],
    },
    {
        "key": "rest",
        "title": "Rest",
        "fields": [
            {"key": "first_day", "type": "date", "label": "First day"},
            {"key": "own", "type": "yes_no", "label": "Own"},
            {"key": "price", "type": "decimal", "label": "Price", "required": False},
            {"key": "plan", "type": "file", "label": "Plan", "required": False},
            {
                "key": "helpers",
                "type": "repeating_group",
                "label": "Helpers",
                "required": False,
                "options": {
                    "fields": [
                        {"key": "called", "type": "short_text", "label": "Name"},
                        {"key": "aged", "type": "integer", "label": "Age", "required": False},
                    ]
                },
            },
        ],
    },
]
ANSWERS: dict[str, Any] = {
    "name": "Leila Haddad",
    "note": "First line\nsecond line",
    "age": 38,
    "food": "soup",
    "side": "bread",
    "extras": ["bread", "cakes"],
    "fuel": "gas",
    "first_day": "2026-12-24",
    "own": True,
    "price": "12.50",
    "plan": {
        "document": "0198c0de-0000-7000-8000-000000000001",
        "name": "stall.pdf",
        "size": 1200000,
        "type": "application/pdf",
    },
    "helpers": [{"called": "Sami", "aged": 7}, {"called": "Nour"}],
}
DONE = ("person", "stall", "rest")


def form(pages: list[dict[str, Any]]) -> CompiledForm:
    return compile_form(Form.model_validate({"title": "Stall", "pages": pages}))


def pages() -> list[dict[str, Any]]:
    return copy.deepcopy(PAGES)


def field(found: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(each for page in found for each in page["fields"] if each["key"] == key)


def moved(
    new: list[dict[str, Any]], raw: Any = None, done: tuple[str, ...] = DONE, **answers: Any
) -> Rebased:
    given = {**ANSWERS, **answers}
    return rebase(form(pages()), form(new), given, raw or {}, done, moment=MOMENT, language="en")


def remove(new: list[dict[str, Any]], key: str) -> None:
    for page in new:
        page["fields"] = [each for each in page["fields"] if each["key"] != key]


def test_the_same_form_keeps_everything() -> None:
    found = moved(pages())
    assert (found.answers, found.left, found.asked, found.is_safe) == (ANSWERS, (), (), True)
    assert found.done == set(DONE)


def test_words_order_and_place_are_safe() -> None:
    new = pages()
    field(new, "name")["label"] = "Your full name"
    field(new, "food")["options"]["choices"][0]["label"] = "Bread and rolls"
    new.reverse()
    new[0]["fields"].append(new[2]["fields"].pop())
    found = moved(new)
    assert found.answers == ANSWERS
    assert found.is_safe
    assert found.done == set(DONE)


def test_a_new_optional_question_is_offered_and_a_new_required_one_asked_for() -> None:
    new = pages()
    new[0]["fields"].append({"key": "nick", "type": "short_text", "label": "Nickname", "required": False})
    assert (moved(new).is_safe, moved(new).offered) == (True, ("Nickname",))
    new[0]["fields"].append({"key": "tax", "type": "short_text", "label": "Tax number"})
    found = moved(new)
    assert (found.is_safe, found.asked, found.done) == (False, ("Tax number",), {"stall", "rest"})


def test_a_question_that_became_required_is_asked_for_only_where_it_was_left_out() -> None:
    new = pages()
    field(new, "note")["required"] = True
    assert moved(new).is_safe
    assert moved(new, note=None).asked == ("Note",)


def test_a_choice_that_nobody_made_may_go_and_one_that_was_made_is_asked_again() -> None:
    new = pages()
    field(new, "food")["options"]["choices"] = FOODS[1:]
    assert moved(new).is_safe
    field(new, "extras")["options"]["choices"] = FOODS[:2]
    found = moved(new)
    [left] = found.left
    assert (left.key, left.why, left.page) == ("extras", "refused", "stall")
    assert "Cakes" in left.text
    assert "extras" not in found.answers
    assert found.raw == {"stall": {"extras": ["bread", "cakes"]}}
    assert "stall" not in found.done


def test_a_removed_question_is_named_only_when_it_was_answered() -> None:
    new = pages()
    remove(new, "note")
    found = moved(new)
    assert [(left.key, left.why, left.text) for left in found.left] == [
        ("note", "removed", "First line\nsecond line")
    ]
    assert moved(new, note=None).is_safe
    assert moved(new, note=None).gone == ("Note",)


def test_a_narrower_limit_asks_again_with_what_was_typed() -> None:
    new = pages()
    field(new, "age")["options"] = {"max": 30}
    found = moved(new)
    assert [left.why for left in found.left] == ["refused"]
    assert found.raw == {"person": {"age": "38"}}
    field(new, "age")["options"] = {"max": 40}
    assert moved(new).is_safe


def test_another_kind_keeps_an_answer_that_reads_the_same() -> None:
    new = pages()
    field(new, "food")["type"] = "select"
    field(new, "name")["type"] = "long_text"
    assert moved(new).is_safe
    field(new, "age")["type"] = "short_text"
    field(new, "own")["type"] = "short_text"
    assert {(left.key, left.why) for left in moved(new).left} == {("age", "kind"), ("own", "kind")}


def test_a_question_that_hides_now_is_named_and_its_answer_stays() -> None:
    new = pages()
    field(new, "fuel")["show_when"] = 'answers.food == "fish"'
    found = moved(new)
    assert [(left.key, left.why) for left in found.left] == [("fuel", "hidden")]
    assert found.answers["fuel"] == "gas"


def test_what_was_typed_goes_with_its_question_or_is_named() -> None:
    new = pages()
    new[2]["fields"].append(new[0]["fields"].pop())  # age stands on another page now
    remove(new, "name")
    field(new, "own")["type"] = "short_text"
    raw = {"person": {"age": "thirty", "name": "Lei", "note": ""}, "rest": {"own": "maybe"}}
    found = moved(new, raw, done=("stall",), age=None, name=None, own=None)
    assert found.raw == {"rest": {"age": "thirty"}}
    assert {(left.key, left.why, left.text) for left in found.left} == {
        ("name", "removed", "Lei"),
        ("own", "kind", "maybe"),
    }


def test_a_sensitive_answer_has_a_masked_text_for_whatever_is_stored() -> None:
    old = pages()
    field(old, "name")["data_class"] = "sensitive"
    new = pages()
    remove(new, "name")
    found = rebase(form(old), form(new), ANSWERS, {}, DONE, moment=MOMENT, language="en")
    [left] = found.left
    assert left.text == "Leila Haddad"
    assert "Leila" not in left.masked


def test_rows_are_kept_with_a_question_more_and_lose_only_what_is_no_longer_asked() -> None:
    new = pages()
    inner = field(new, "helpers")["options"]["fields"]
    inner.append({"key": "paid", "type": "yes_no", "label": "Paid", "required": False})
    assert moved(new).is_safe
    assert moved(new).answers["helpers"] == ANSWERS["helpers"]
    inner.pop(1)
    found = moved(new)
    [left] = found.left
    assert (left.key, left.why, left.label, left.text) == ("helpers", "removed", "Helpers: Age", "7")
    assert found.answers["helpers"] == [{"called": "Sami"}, {"called": "Nour"}]


def test_what_is_dropped_from_rows_is_masked_where_it_is_sensitive() -> None:
    old, new = pages(), pages()
    for form_pages in (old, new):
        field(form_pages, "helpers")["options"]["fields"][1]["data_class"] = "sensitive"
    field(new, "helpers")["options"]["fields"].pop(1)
    found = rebase(form(old), form(new), ANSWERS, {}, DONE, moment=MOMENT, language="en")
    [left] = found.left
    assert left.text == "7"
    assert "7" not in left.masked


def test_rows_with_an_answer_that_is_refused_now_are_asked_again_as_they_were_typed() -> None:
    new = pages()
    field(new, "helpers")["options"]["fields"][0]["options"] = {"max_length": 4, "min_length": 4}
    assert moved(new).answers["helpers"] == ANSWERS["helpers"]
    field(new, "helpers")["options"]["fields"][0]["options"] = {"max_length": 3}
    found = moved(new)
    [left] = found.left
    assert (left.key, left.why, "Sami" in left.text) == ("helpers", "refused", True)
    assert found.raw["rest"]["helpers"]


def test_a_stored_file_is_held_to_the_new_kinds_and_sizes() -> None:
    new = pages()
    field(new, "plan")["options"] = {"types": ["pdf"], "max_megabytes": 2}
    assert moved(new).is_safe
    field(new, "plan")["options"] = {"types": ["pdf"], "max_megabytes": 1}
    assert [(left.key, left.why) for left in moved(new).left] == [("plan", "refused")]


def test_pages_that_nobody_has_reached_stay_ahead() -> None:
    found = moved(pages(), done=("person",))
    assert found.done == {"person"}
