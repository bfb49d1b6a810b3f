"""Rules as trees and as text: every tree comes back, and what no operator says is kept letter by letter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rules import Group, Rows, Schema, compile_rule
from portal.designer.operators import OPERATORS
from portal.designer.rule_tree import BadTree, text_of, tree_of

FIELDS = {
    "name": "text",
    "age": "integer",
    "fee": "decimal",
    "born": "date",
    "smoker": "yes_no",
    "goods": "choices",
    "nick": "text",
    "limit": "integer",
    "price": "decimal",
    "moved": "date",
    "people": Rows({"name": "text", "age": "integer", "pets": Rows({"kind": "text"})}),
}
SCHEMA = Schema({"answers": Group(FIELDS)})  # type: ignore[arg-type]
KINDS = {
    "answers.name": "text",
    "answers.age": "integer",
    "answers.fee": "decimal",
    "answers.born": "date",
    "answers.smoker": "yes_no",
    "answers.goods": "choices",
    "answers.nick": "text",
    "answers.limit": "integer",
    "answers.price": "decimal",
    "answers.moved": "date",
    "answers.people": "rows",
    "answers.people[].name": "text",
    "answers.people[].age": "integer",
    "answers.people[].pets": "rows",
    "answers.people[].pets[].kind": "text",
}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    "integer": st.integers(-999, 999),
    "decimal": st.floats(-999, 999).map(lambda value: round(value, 2)),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
}
IN_ROWS = {"": ["answers.name", "answers.age"], "i": ["i.name", "i.age"]}


def leaves(paths: dict[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions on one answer."""

    @st.composite
    def leaf(draw: st.DrawFn) -> dict[str, Any]:
        path = draw(st.sampled_from(sorted(paths)))
        kind = paths[path]
        operator = draw(
            st.sampled_from([one for one in OPERATORS if kind in one.kinds and one.takes != "rows"])
        )
        if operator.key == "shape":
            return {"path": path, "operator": "shape", "value": "^[A-Z]{2}$"}
        wanted = {"answer": "text" if kind == "choices" else kind, "text": "text"}.get(
            operator.value, "integer"
        )
        value = VALUES[wanted] if wanted in VALUES else st.none()
        tree: dict[str, Any] = {"path": path, "operator": operator.key}
        others = sorted(other for other, known in {**simple, **paths}.items() if known == wanted)
        if operator.with_answers and others and draw(st.booleans()):
            tree["other"] = draw(st.sampled_from(others))
        elif operator.takes == "one":
            tree["value"] = (
                abs(draw(st.integers(0, 99))) if operator.value in ("years", "days", "count") else draw(value)
            )
        elif operator.takes == "two":
            tree["value"] = [draw(value), draw(value)]
        elif operator.takes == "several":
            tree["value"] = draw(st.lists(value, min_size=1, max_size=3))
        return tree

    return leaf()


def trees(paths: dict[str, str], depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """All and any groups of conditions."""
    if depth == 0:
        return leaves(paths)
    inner = trees(paths, depth - 1)
    return st.one_of(
        leaves(paths),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: {"any": parts}),
    )


simple = {path: kind for path, kind in KINDS.items() if kind != "rows" and "[]" not in path}
rows = st.builds(
    lambda which, of: {"items": "answers.people", "which": which, "of": of, "as": "i"},
    st.sampled_from(["any", "all", "none"]),
    trees({"i.name": "text", "i.age": "integer"}, 1),
)
whole = st.one_of(
    trees(simple),
    rows,
    st.lists(st.one_of(trees(simple, 1), rows), min_size=2, max_size=3).map(lambda p: {"all": p}),
)
INNER = {**KINDS, "i.name": "text", "i.age": "integer"}


def texts_left(tree: Any) -> list[str]:
    """What no operator says."""
    if "text" in tree:
        return [tree["text"]]
    parts = [*tree.get("all", []), *tree.get("any", []), *([tree["of"]] if "of" in tree else [])]
    return [text for part in parts for text in texts_left(part)]


@given(whole)
def test_a_tree_is_written_read_and_written_again_without_a_change(tree: dict[str, Any]) -> None:
    text = text_of(tree, INNER)
    canonical = compile_rule(text, SCHEMA).canonical
    read = tree_of(canonical, KINDS)
    assert texts_left(read) == []
    assert text_of(read, INNER) == canonical
    assert tree_of(text_of(read, INNER), KINDS) == read


@pytest.mark.parametrize(
    "operator", [one for one in OPERATORS if one.takes != "rows"], ids=lambda one: one.key
)
def test_every_operator_comes_back_as_itself(operator: Any) -> None:
    kind = operator.kinds[0]
    path = next(path for path, known in KINDS.items() if known == kind)
    sample = {"text": "x", "integer": 3, "decimal": 2.5, "date": "2026-01-31", "choices": "x"}
    one = {"answer": sample.get(kind), "text": "^x$", "": None}.get(operator.value, 2)
    value = {"nothing": None, "one": one, "two": [one, one], "several": [one, one]}[operator.takes]
    tree = {"path": path, "operator": operator.key} | ({} if value is None else {"value": value})
    text = compile_rule(text_of(tree, KINDS), SCHEMA).canonical
    assert tree_of(text, KINDS) == tree


@pytest.mark.parametrize("operator", [one for one in OPERATORS if one.with_answers], ids=lambda one: one.key)
def test_every_operator_that_takes_a_value_takes_another_answer(operator: Any) -> None:
    kind = operator.kinds[0]
    path = next(path for path, known in KINDS.items() if known == kind)
    of_answer = "text" if kind == "choices" else kind
    other = {"answer": of_answer, "text": "text"}.get(operator.value, "integer")
    names = {"text": "nick", "integer": "limit", "decimal": "price", "date": "moved"}
    tree = {"path": path, "operator": operator.key, "other": f"answers.{names[other]}"}
    assert tree_of(compile_rule(text_of(tree, KINDS), SCHEMA).canonical, KINDS) == tree


def test_a_row_is_compared_with_an_answer_around_it() -> None:
    text = "answers.people.exists(i, i.age > answers.limit)"
    tree = tree_of(text, KINDS)
    assert tree["of"] == {"path": "i.age", "operator": "more", "other": "answers.limit"}
    assert text_of(tree, INNER) == text


@pytest.mark.parametrize(
    "text",
    [
        "answers.age + 1 > 3",
        "answers.born > today",
        "answers.smoker ? answers.age > 3 : answers.age > 5",
        'answers.name == "a && b || (c"',
        "answers.age > answers.people.map(p, p.age)[0]",
        "answers.people.exists_one(p, p.age > 3)",
        "size(answers.people.filter(p, p.age > 3)) > 1 && answers.smoker",
        '!(answers.smoker && answers.name == "x")',
        'answers.fee * 2.0 > 3.0 && (answers.smoker || answers.name == "\\"quoted\\"")',
    ],
)
def test_what_no_operator_says_is_kept_letter_by_letter(text: str) -> None:
    try:
        canonical = compile_rule(text, SCHEMA).canonical
    except ValueError:
        canonical = text
    assert text_of(tree_of(canonical, KINDS), KINDS) == canonical


def test_a_row_keeps_the_name_that_its_writer_gave_it() -> None:
    text = "answers.people.exists(person, person.age < 18)"
    tree = tree_of(text, KINDS)
    assert tree["items"] == "answers.people"
    assert tree["of"] == {"path": "person.age", "operator": "less", "value": 18}
    assert text_of(tree, {**KINDS, "person.age": "integer"}) == text


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        "x",
        {"path": "answers.age"},
        {"path": "answers.age; drop", "operator": "is", "value": 1},
        {"path": "answers.age", "operator": "is", "value": {"a": 1}},
        {"path": "answers.age", "operator": "is", "value": "ten"},
        {"path": "answers.born", "operator": "is", "value": "yesterday"},
        {"path": "answers.fee", "operator": "less", "value": float("nan")},
        {"path": "answers.age", "operator": "between", "value": [1]},
        {"path": "answers.age", "operator": "nothing_like_it"},
        {"path": "answers.age", "operator": "is", "other": "answers.name"},
        {"path": "answers.age", "operator": "is", "other": "size(answers.people)"},
        {"path": "answers.age", "operator": "between", "other": "answers.limit"},
        {"path": "answers.name", "operator": "shape", "other": "answers.nick"},
        {"items": "answers.people", "which": "some", "of": {}},
        {"items": "answers.people", "which": "any", "as": "x y", "of": {"text": "true"}},
        {"all": "x"},
        {"all": [None]},
    ],
)
def test_a_tree_that_is_none_is_refused(tree: Any) -> None:
    with pytest.raises(BadTree):
        text_of(tree, KINDS)


def test_a_tree_that_is_too_deep_or_too_large_is_refused() -> None:
    deep: Any = {"path": "answers.smoker", "operator": "is_yes"}
    for _ in range(50):
        deep = {"all": [deep, {"any": [deep]}]} if _ < 2 else {"all": [deep]}
    with pytest.raises(BadTree):
        text_of(deep, KINDS)
    with pytest.raises(BadTree):
        text_of({"all": [{"path": "answers.smoker", "operator": "is_yes"}] * 500}, KINDS)
