"""Any change of a form: what was answered or typed under the old one is kept or named."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.core.problems import DefinitionRefused
from forms_library.compiled import CompiledForm
from forms_library.rebasing import rebase
from forms_library.visibility import shown
from tests.forms_library.test_rebasing import ANSWERS, DONE, FOODS, MOMENT, form, pages, remove

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


def rows_are_named(before: list[dict[str, Any]], after: list[dict[str, Any]], texts: list[str]) -> bool:
    """Whether no row went, nothing in them is new, and each text that went stands among what is named."""
    pairs = list(zip(before, after, strict=True))
    gone = [value for old, new in pairs for key, value in old.items() if key not in new]
    said = {line for text in texts for line in text.splitlines()}
    return all(new.items() <= old.items() for old, new in pairs) and {str(value) for value in gone} <= said


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
        assert answers[key] == answer or rows_are_named(answers[key], answer, named[key]), key
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
@pytest.mark.timeout(1_800)
@settings(max_examples=5_000)
@given(**ANY)
def test_whatever_changes_nothing_is_lost_silently_at_length(changes: Any, absent: Any, typed: Any) -> None:
    nothing_is_lost(changes, absent, typed)
