"""A draft under another version of its form: answers are kept or named, and nothing is lost."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.core.problems import DefinitionRefused
from forms_library.compiled import CompiledForm, compile_form
from forms_library.definition import Form
from forms_library.rebasing import Rebased, rebase
from forms_library.visibility import Moment, shown

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


def test_rows_are_kept_with_a_question_more_and_asked_again_with_one_less() -> None:
    new = pages()
    inner = field(new, "helpers")["options"]["fields"]
    inner.append({"key": "paid", "type": "yes_no", "label": "Paid", "required": False})
    assert moved(new).is_safe
    assert moved(new).answers["helpers"] == ANSWERS["helpers"]
    inner.pop(1)
    [left] = moved(new).left
    assert (left.key, left.why) == ("helpers", "refused")
    assert "Sami" in left.text
    assert "7" in left.text


def test_a_stored_file_is_held_to_the_new_kinds_and_sizes() -> None:
    new = pages()
    field(new, "plan")["options"] = {"types": ["pdf"], "max_megabytes": 2}
    assert moved(new).is_safe
    field(new, "plan")["options"] = {"types": ["pdf"], "max_megabytes": 1}
    assert [(left.key, left.why) for left in moved(new).left] == [("plan", "refused")]


def test_pages_that_nobody_has_reached_stay_ahead() -> None:
    found = moved(pages(), done=("person",))
    assert found.done == {"person"}


# --- any change at all: what was answered or typed is kept or named
KINDS = (
    "short_text",
    "long_text",
    "integer",
    "decimal",
    "radio",
    "select",
    "checkbox_group",
    "date",
    "yes_no",
)
KEYS = tuple(ANSWERS)
CHANGE = st.one_of(
    st.tuples(st.just("remove"), st.sampled_from(KEYS), st.just("")),
    st.tuples(st.just("kind"), st.sampled_from(KEYS), st.sampled_from(KINDS)),
    st.tuples(st.just("label"), st.sampled_from(KEYS), st.sampled_from(("A", "B"))),
    st.tuples(st.just("page"), st.sampled_from(KEYS), st.sampled_from(DONE)),
    st.tuples(
        st.just("choice"), st.sampled_from(("food", "side", "extras")), st.sampled_from(("bread", "soup"))
    ),
    st.tuples(st.just("limit"), st.sampled_from(("name", "note")), st.sampled_from(("3", "12", "500"))),
    st.tuples(st.just("required"), st.sampled_from(KEYS), st.sampled_from(("yes", ""))),
    st.tuples(st.just("show"), st.sampled_from(KEYS), st.sampled_from(("answers.own", "answers.age > 40"))),
    st.tuples(st.just("new"), st.sampled_from(DONE), st.sampled_from(KINDS)),
    st.tuples(st.just("rows"), st.just("helpers"), st.sampled_from(("less", "other", "one", "more", "few"))),
    st.tuples(st.just("files"), st.just("plan"), st.sampled_from(("png", "pdf", "1"))),
    st.tuples(st.just("order"), st.just(""), st.just("")),
)
CHOOSING = ("radio", "select", "checkbox_group")


def change(new: list[dict[str, Any]], number: int, what: str, key: str, how: str) -> None:
    """Change a form as a department might."""
    fields = {each["key"]: each for page in new for each in page["fields"]}
    found = fields.get(key)
    match what:
        case "order":
            new.reverse()
        case "new":
            options = {"choices": FOODS} if how in CHOOSING else {}
            page = next(page for page in new if page["key"] == key)
            page["fields"].append({"key": f"n{number}", "type": how, "label": "New", "options": options})
        case "remove":
            remove(new, key)
            for each in fields.values():
                if f"answers.{key} " in f"{each.get('show_when', '')} ":
                    del each["show_when"]
        case _ if found is None:
            return
        case "kind":
            found["type"], found["options"] = how, {"choices": FOODS} if how in CHOOSING else {}
        case "label":
            found["label"] = how
        case "page":
            remove(new, key)
            next(page for page in new if page["key"] == how)["fields"].append(found)
        case "choice" if found["type"] in CHOOSING:
            kept = [each for each in found["options"]["choices"] if each["key"] != how]
            found["options"] = {"choices": kept}
        case "limit" if found["type"] in ("short_text", "long_text"):
            found["options"] = {"max_length": int(how)}
        case "rows" if found["type"] == "repeating_group":
            fields = found["options"]["fields"]
            match how:
                case "less":
                    found["options"]["fields"] = fields[:1]
                case "other":
                    fields[0]["type"] = "integer"
                case "one":
                    found["options"]["max"] = 1
                case "few":
                    fields[0]["options"] = {"max_length": 4}
                case "more":
                    fields.append({"key": f"m{number}", "type": "yes_no", "label": "More"})
        case "files" if found["type"] == "file":
            found["options"] = {"max_megabytes": 1} if how == "1" else {"types": [how]}
        case "required":
            found["required"] = bool(how)
        case "show" if how != f"answers.{key}" and not how.startswith(f"answers.{key} "):
            found["show_when"] = how


def possible(new: list[dict[str, Any]]) -> CompiledForm | None:
    """The changed form, unless publishing would refuse it."""
    new = [page for page in new if page["fields"]]
    try:
        return form(new)
    except (DefinitionRefused, ValidationError):
        return None


TYPED = st.dictionaries(
    st.sampled_from(KEYS), st.sampled_from(("", "x", "99", "bread", "long " * 9)), max_size=4
)


def nothing_is_lost(changes: list[tuple[str, str, str]], absent: set[str], typed: dict[str, str]) -> None:
    """Every answer is in the new answers or named, and nothing is made up."""
    old, new = form(pages()), pages()
    for number, (what, key, how) in enumerate(changes):
        change(new, number, what, key, how)
    target = possible(new)
    if target is None:
        return
    answers = {key: answer for key, answer in ANSWERS.items() if key not in absent}
    raw: dict[str, dict[str, Any]] = {}
    for key, words in typed.items():
        raw.setdefault(old.fields[key].page_key, {})[key] = words
    found = rebase(old, target, answers, raw, set(DONE) - set(raw), moment=MOMENT, language="en")
    named = {left.key: [] for left in found.left}
    for left in found.left:
        named[left.key].append(left.text)
    for key, answer in answers.items():
        assert found.answers.get(key) == answer or key in named, key
    for key, answer in found.answers.items():
        assert answers[key] == answer
        assert key in target.fields
    before, now = shown(old, answers, MOMENT).fields, shown(target, found.answers, MOMENT).fields
    assert all(key in now or key in named for key in found.answers if key in before)
    carried = {key: words for page in found.raw.values() for key, words in page.items()}
    for key, words in typed.items():
        if words.strip():
            assert carried.get(key) == words or words.strip() in named.get(key, []), key
    if found.is_safe:
        assert found.answers == answers
    again = rebase(target, target, found.answers, found.raw, found.done, moment=MOMENT, language="en")
    assert (again.answers, again.raw, again.is_safe) == (found.answers, found.raw, True)


ANY = {"changes": st.lists(CHANGE, max_size=6), "absent": st.sets(st.sampled_from(KEYS)), "typed": TYPED}


@settings(max_examples=200)
@given(**ANY)
def test_whatever_changes_nothing_is_lost_silently(changes: Any, absent: Any, typed: Any) -> None:
    nothing_is_lost(changes, absent, typed)


@pytest.mark.slow
@settings(max_examples=5_000)
@given(**ANY)
def test_whatever_changes_nothing_is_lost_silently_at_length(changes: Any, absent: Any, typed: Any) -> None:
    nothing_is_lost(changes, absent, typed)
