"""Ways that part come together at one join, or end."""

import pytest

from tests.workflows.steps import join, parallel, task
from tests.workflows.validator.nets import package_of, wrong
from workflows.definition import ServicePackage
from workflows.validator.blocks import DEEPEST, find_blocks
from workflows.validator.net import net_of

A_AND_B = (task("a", "together"), task("b", "together"), join("together", "done"))


def blocks(*nodes):
    package = ServicePackage.model_validate(package_of(*nodes))
    return find_blocks(net_of(package.workflow, package.nodes), {})


def test_the_open_splits_of_every_step_are_found():
    found = blocks(parallel("both", "a", "b"), *A_AND_B)
    assert set(found.levels[()]) == {"applied", "both", "done"}
    assert set(found.levels["both",]) == {"a", "b", "together"}
    assert found.join_of == {("both", ()): "together"}


def test_splits_inside_each_other_are_told_apart():
    inner = (parallel("a", "c", "d"), task("c", "inner"), task("d", "inner"), join("inner", "together"))
    found = blocks(parallel("both", "a", "b"), *inner, *A_AND_B[1:])
    assert set(found.levels["both", "a"]) == {"c", "d", "inner"}
    assert found.join_of == {("both", ()): "together", ("a", ("both",)): "inner"}


def test_a_path_beside_a_step_is_in_no_split():
    late = {"key": "late", "type": "deadline", "on": "a", "after": {"days": 1}, "next": "look"}
    found = blocks(parallel("both", "a", "b"), *A_AND_B, late, task("look", "over"))
    assert "look" in found.levels[()]
    leaving = {**late, "interrupting": True, "next": "hurry"}
    found = blocks(parallel("both", "a", "b"), *A_AND_B, leaving, task("hurry", "together"))
    assert "hurry" in found.levels["both",]


def test_a_step_can_stand_inside_and_outside_of_a_split():
    nodes = (
        parallel("both", "a", "b"),
        task("a", ok="together", no="letter"),
        task("b", "together"),
        join("together", "last"),
        task("last", ok="done", no="letter"),
        task("letter", "refused"),
    )
    assert wrong(*nodes) == {}
    found = blocks(*nodes)
    assert {stack for stack, keys in found.levels.items() if "letter" in keys} == {("both",), ()}


def test_a_way_out_of_a_split_to_before_it_is_refused():
    found = wrong(
        task("first", "both"),
        parallel("both", "a", "b"),
        task("a", ok="together", back="first"),
        *A_AND_B[1:],
    )
    assert list(found) == ["both: around"]
    assert '"both"' in found["both: around"]


def test_a_way_past_the_join_leaves_nobody_to_wait_for():
    nodes = (task("a", "last"), task("b", "together"), join("together", "other"), task("other", "last"))
    found = wrong(parallel("both", "a", "b"), *nodes, task("last", "done"))
    assert list(found) == ["together: dead"]
    assert found["together: dead"].endswith('so no case comes to "Other".')


def test_two_joins_for_one_split_are_refused():
    found = wrong(
        parallel("both", "a", "b"),
        task("a", ok="one", no="two"),
        task("b", "two"),
        join("one", "done"),
        join("two", "done"),
    )
    assert list(found) == ["two: two_joins"]
    assert "each would wait for the other" in found["two: two_joins"]


def test_two_splits_of_which_one_is_taken_can_share_a_join():
    nodes = (
        task("first", one="left", two="right"),
        parallel("left", "a", "b"),
        parallel("right", "c", "d"),
        *(task(key, "together") for key in "abcd"),
        join("together", "done"),
    )
    assert wrong(*nodes) == {}


def test_a_join_without_a_split_is_refused():
    assert list(wrong(task("a", "together"), join("together", "done"))) == ["together: nothing_to_join"]


def test_a_path_beside_the_case_cannot_come_to_its_join():
    late = {"key": "late", "type": "deadline", "on": "a", "after": {"days": 1}, "next": "together"}
    assert list(wrong(parallel("both", "a", "b"), *A_AND_B, late)) == ["together: nothing_to_join"]


@pytest.mark.parametrize(("depth", "codes"), [(DEEPEST, set()), (DEEPEST + 1, {"too_deep"})])
def test_splits_stand_only_so_deep_in_each_other(depth, codes):
    nodes = []
    for level in range(depth):
        inner = f"split_{level + 1}" if level + 1 < depth else "heart"
        after = f"join_{level - 1}" if level else "done"
        nodes += [
            parallel(f"split_{level}", inner, f"side_{level}"),
            task(f"side_{level}", f"join_{level}"),
            join(f"join_{level}", after),
        ]
    found = wrong(*nodes, task("heart", f"join_{depth - 1}"))
    assert {where.split(": ")[1] for where in found} == codes


def test_ways_that_cross_without_end_are_not_followed_for_ever():
    many = 16
    nodes = [parallel(f"s{n}", *(f"s{m}" for m in range(many) if m != n)) for n in range(many)]
    found = {where.split(": ")[1] for where in wrong(*nodes)}
    assert found & {"tangled", "too_deep", "around"}
