"""Every case comes to an end with an outcome, whatever happens; else it is said which step is the reason."""

from tests.workflows.steps import join, parallel, pause, task
from tests.workflows.validator.nets import wrong

THREE = parallel("ask", "a", "b", "c")
MEMBERS = tuple(task(key, "enough") for key in "abc")


def test_a_sound_block_has_no_problem():
    assert wrong(THREE, *MEMBERS, join("enough", "done")) == {}
    assert wrong(THREE, *MEMBERS, join("enough", "done", needs=3)) == {}
    assert wrong(THREE, *MEMBERS, {"key": "enough", "type": "first_wins", "next": "done"}) == {}


def test_a_join_that_waits_for_more_than_can_come_is_a_deadlock():
    found = wrong(THREE, *MEMBERS, join("enough", "done", needs=4))
    assert found["enough: deadlock"].startswith('Of the ways that part at "ask", only 3 may come to "enough"')


def test_a_join_for_which_too_few_may_come_is_a_deadlock():
    may_end = task("c", yes="enough", no="over")
    found = wrong(THREE, *MEMBERS[:2], may_end, join("enough", "done", needs=3))
    assert list(found) == ["enough: deadlock"]
    assert "only 2 may come" in found["enough: deadlock"]
    assert wrong(THREE, *MEMBERS[:2], may_end, join("enough", "done", needs=3, otherwise="refused")) == {}
    assert wrong(THREE, *MEMBERS[:2], may_end, join("enough", "done", needs=2)) == {}


def test_of_ways_that_the_answers_choose_one_may_be_too_few():
    which = {
        "key": "ask",
        "type": "inclusive",
        "branches": [{"when": "answers.amount > 1.0", "to": key} for key in "ab"],
        "otherwise": "c",
    }
    found = wrong(which, *MEMBERS, join("enough", "done", needs=2))
    assert "only one may come" in found["enough: deadlock"]
    assert wrong(which, *MEMBERS, join("enough", "done")) == {}


def test_a_case_in_which_all_ways_may_end_needs_an_outcome():
    members = [task(key, yes="enough", no="over") for key in "abc"]
    found = wrong(THREE, *members, join("enough", "done"))
    assert list(found) == ["ask: no_outcome"]
    assert wrong(THREE, *members, join("enough", "done", needs=2, otherwise="refused")) == {}


def test_an_inner_block_that_may_end_alone_is_carried_by_the_outer_one():
    inner = [task(key, yes="enough", no="over") for key in "abc"]
    outer = parallel("outer", "ask", "d")
    rest = (join("enough", "together"), task("d", "together"), join("together", "done"))
    assert wrong(outer, THREE, *inner, *rest) == {}
    found = wrong(outer, THREE, *inner, rest[0], task("d", yes="together", no="over"), rest[2])
    assert list(found) == ["outer: no_outcome"]


def test_an_end_of_a_path_on_the_way_of_the_case_is_refused():
    assert list(wrong(task("a", "over"))) == ["over: no_outcome"]


def test_a_way_inside_a_block_that_never_ends_is_found():
    for_ever = (task("c", "d"), pause("d", "c"))
    found = wrong(THREE, *MEMBERS[:2], *for_ever, join("enough", "done"))
    assert list(found) == ["c: no_end"]
    assert found["c: no_end"] == 'From the steps "C", "d" a case can never come to an end.'


def test_ways_that_go_on_without_a_join_would_do_everything_twice():
    found = wrong(parallel("both", "a", "b"), task("a", "last"), task("b", "last"), task("last", "done"))
    assert list(found) == ["last: unsynchronised"]
    assert '"both" meet at the step "Last"' in found["last: unsynchronised"]


def test_a_step_that_two_ways_share_before_their_join_is_worth_a_look():
    nodes = (
        parallel("both", "a", "b"),
        task("a", "shared"),
        task("b", "shared"),
        task("shared", "together"),
        join("together", "done"),
    )
    assert wrong(*nodes) == {}
    assert "shared: unsynchronised" in wrong(*nodes, severity="look")


def test_ways_that_all_end_the_case_are_worth_a_look():
    nodes = (parallel("both", "a", "b"), task("a", "done"), task("b", "refused"))
    assert wrong(*nodes) == {}
    assert "the first that ends closes the case" in wrong(*nodes, severity="look")["both: never_together"]


def test_both_ways_may_refuse():
    nodes = (
        parallel("both", "a", "b"),
        task("a", ok="together", no="refused"),
        task("b", ok="together", no="refused"),
        join("together", "done"),
    )
    assert wrong(*nodes) == {}
    assert wrong(*nodes, severity="look").keys() <= {"a: no_text"}


def test_a_race_goes_on_even_if_another_way_never_ends():
    for_ever = (task("c", "d"), pause("d", "c"))
    assert wrong(THREE, *MEMBERS[:2], *for_ever, join("enough", "done", needs=1)).keys() == {"c: no_end"}


def test_a_deadline_that_leaves_the_way_counts_as_a_way_out():
    stuck = task("a", "a2")
    back = task("a2", "a")
    leaves = {
        "key": "late",
        "type": "deadline",
        "on": "a",
        "after": {"days": 1},
        "interrupting": True,
        "next": "enough",
    }
    nodes = (parallel("ask", "a", "b"), stuck, back, task("b", "enough"), join("enough", "done"))
    assert list(wrong(*nodes)) == ["a: no_end"]
    assert wrong(*nodes, leaves) == {}


def test_a_way_elsewhere_that_is_never_needed_is_worth_a_look():
    nodes = (THREE, *MEMBERS, join("enough", "done", needs=2, otherwise="letter"), task("letter", "refused"))
    assert wrong(*nodes) == {}
    assert wrong(*nodes, severity="look")["enough: never_needed"].endswith('to "Letter".')
