"""Two people changed the same service: different parts merge, the same part is shown, nothing is lost."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.designer.merging import merge, same

BASE: dict[str, Any] = {
    "title": {"en": "Dog", "fr": "Chien"},
    "forms": {
        "application": {
            "pages": [
                {"key": "one", "fields": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]},
                {"key": "two", "fields": [{"key": "c", "label": "C"}]},
            ]
        }
    },
    "languages": ["en", "fr"],
}


def pages(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages of the form."""
    found: list[dict[str, Any]] = document["forms"]["application"]["pages"]
    return found


def test_changes_to_different_questions_merge() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    pages(theirs)[0]["fields"][0]["label"] = "Theirs"
    pages(mine)[0]["fields"][1]["label"] = "Mine"
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == []
    assert [field["label"] for field in pages(merged.document)[0]["fields"]] == ["Theirs", "Mine"]
    assert merged.from_others == [("forms", "application", "pages", 0, "fields", 0)]


def test_two_languages_of_one_text_merge() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    theirs["title"]["fr"], mine["title"]["en"] = "Le chien", "The dog"
    assert merge(BASE, theirs, mine).document["title"] == {"en": "The dog", "fr": "Le chien"}


def test_the_same_text_changed_by_both_is_a_conflict_that_shows_both() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    theirs["title"]["en"], mine["title"]["en"] = "Hound", "Puppy"
    merged = merge(BASE, theirs, mine)
    (conflict,) = merged.conflicts
    assert conflict.path == ("title", "en")
    assert (conflict.base, conflict.theirs, conflict.mine) == ("Dog", "Hound", "Puppy")
    assert merged.document["title"]["en"] == "Hound"


def test_the_same_change_by_both_is_no_conflict() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    theirs["title"]["en"] = mine["title"]["en"] = "Hound"
    assert merge(BASE, theirs, mine).conflicts == []


def test_questions_that_both_add_are_both_there() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    pages(theirs)[0]["fields"].insert(0, {"key": "t", "label": "T"})
    pages(mine)[0]["fields"].append({"key": "m", "label": "M"})
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == []
    assert [field["key"] for field in pages(merged.document)[0]["fields"]] == ["t", "a", "b", "m"]


def test_a_question_that_one_removes_and_the_other_changes_is_a_conflict() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    pages(theirs)[0]["fields"][1]["label"] = "Theirs"
    del pages(mine)[0]["fields"][1]
    merged = merge(BASE, theirs, mine)
    (conflict,) = merged.conflicts
    assert conflict.path == ("forms", "application", "pages", 0, "fields", 1)
    assert conflict.mine is None
    assert pages(merged.document)[0]["fields"][1]["label"] == "Theirs"


def test_a_page_that_one_moves_keeps_what_the_other_wrote_on_it() -> None:
    theirs, mine = deepcopy(BASE), deepcopy(BASE)
    pages(mine).reverse()
    pages(theirs)[1]["fields"][0]["label"] = "Theirs"
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == []
    assert [page["key"] for page in pages(merged.document)] == ["two", "one"]
    assert pages(merged.document)[0]["fields"][0]["label"] == "Theirs"


def test_true_and_one_are_not_the_same() -> None:
    assert not same({"required": True}, {"required": 1})


leaves = st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from(["", "a", "b"]))
keyed_lists = st.dictionaries(st.sampled_from("abcd"), leaves, max_size=4).map(
    lambda values: [{"key": key, "v": value} for key, value in values.items()]
)
documents = st.dictionaries(st.sampled_from(["x", "y", "z"]), st.one_of(leaves, keyed_lists), max_size=3)


@given(documents, documents)
def test_who_changed_nothing_gets_what_the_other_made(base: dict[str, Any], other: dict[str, Any]) -> None:
    assert same(merge(base, other, base).document, other)
    assert same(merge(base, base, other).document, other)
    assert merge(base, other, base).conflicts == []
    assert same(merge(base, other, other).document, other)


def values(document: dict[str, Any]) -> dict[tuple[str, ...], Any]:
    """Every value by its place, with the keys of items."""
    found: dict[tuple[str, ...], Any] = {}
    for name, one in document.items():
        if isinstance(one, list):
            found |= {(name, item["key"]): item["v"] for item in one}
        else:
            found[(name,)] = one
    return found


@given(documents, documents, documents)
def test_nothing_is_lost(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    merged = merge(base, theirs, mine)
    if merged.conflicts:
        return
    old, left, right, got = values(base), values(theirs), values(mine), values(merged.document)
    for place in {*left, *right}:
        changed_by_them = place in left and not same(left[place], old.get(place))
        changed_by_me = place in right and not same(right[place], old.get(place))
        if changed_by_them:
            assert same(got[place], left[place])
        if changed_by_me:
            assert same(got[place], right[place])


@given(documents, documents, documents)
def test_with_a_conflict_what_is_saved_stays_as_it_is(
    base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    merged = merge(base, theirs, mine)
    for conflict in merged.conflicts:
        assert not same(conflict.theirs, conflict.mine) or conflict.theirs is None
