"""The way of a case as a line, also where several things are done at the same time."""

import pytest

from tests.workflows.steps import join, pause, task
from tests.workflows.steps import parallel as split
from tests.workflows.validator.nets import package_of
from workflows.definition import ServicePackage
from workflows.selectors.stages import ahead_of, first_edges, items_of, staff_stages

BLOCK = (
    split("both", "fire", "health"),
    task("fire", "hall"),
    task("hall", "together"),
    task("health", "together"),
    join("together", "decide"),
    task("decide", approve="done", refuse="refused"),
)


def keys(*nodes):
    package = ServicePackage.model_validate(package_of(*nodes))
    return [options.key for options in ahead_of(package, ["applied"], first_edges)]


def test_what_is_done_at_the_same_time_stands_before_the_join():
    assert keys(*BLOCK) == ["applied", "both", "fire", "hall", "health", "together", "decide", "done"]


def test_blocks_inside_each_other_are_followed():
    inner = (split("fire", "one", "two"), task("one", "inner"), task("two", "inner"), join("inner", "hall"))
    shown = keys(BLOCK[0], *inner, *BLOCK[2:])
    assert shown.index("two") < shown.index("inner") < shown.index("hall") < shown.index("health")
    assert shown.index("health") < shown.index("together")


def test_a_way_back_ends_nothing_but_itself():
    assert keys(task("a", "b"), task("b", again="a", on="done")) == ["applied", "a", "b"]


def test_of_events_the_first_is_shown():
    first = {"key": "first", "type": "event_based", "events": [{"to": "soon"}, {"to": "later"}]}
    assert keys(first, pause("soon", "done"), pause("later", "refused")) == [
        "applied",
        "first",
        "soon",
        "done",
    ]


@pytest.mark.django_db
def test_staff_see_all_that_is_open_and_what_follows(running, decide, clerk):
    case = running(*BLOCK)
    decide(case, "health", clerk, "done")
    stages = staff_stages(case, items_of(case), clerk, "en")
    shown = {stage.key: stage.state for stage in stages}
    assert shown == {"applied": "done", "health": "done", "fire": "now", "hall": "ahead", "decide": "ahead"}


@pytest.mark.django_db
def test_the_answers_say_which_ways_are_ahead(running):
    which = {
        "key": "which",
        "type": "inclusive",
        "branches": [
            {"when": "answers.amount > 100.0", "to": "fire"},
            {"when": 'answers.trade == "Food"', "to": "health"},
        ],
        "otherwise": "together",
    }
    case = running(task("first", "which"), which, *BLOCK[1:], amount="500.00", trade="Food")
    ahead = [s.key for s in staff_stages(case, items_of(case), None, "en") if s.state == "ahead"]
    assert ahead == ["fire", "hall", "health", "decide"]
