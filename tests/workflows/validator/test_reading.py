"""What a rule reads of a step must have happened before."""

from tests.workflows.steps import join, parallel, task
from tests.workflows.validator.nets import wrong

ACCEPTED = 'work.check.outcome == "yes"'


def choose(when=ACCEPTED, to="done", otherwise="refused", key="choose"):
    return {"key": key, "type": "decision", "branches": [{"when": when, "to": to}], "otherwise": otherwise}


def said(*nodes):
    return wrong(*nodes), {k: v for k, v in wrong(*nodes, severity="look").items() if "no_text" not in k}


def test_what_was_done_before_can_be_read():
    assert said(task("check", yes="choose", no="choose"), choose()) == ({}, {})


def test_what_is_done_only_later_cannot_be_read():
    mend, _ = said(choose(to="check"), task("check", yes="done", no="refused"))
    assert list(mend) == ["choose: not_set"]
    assert 'No case has been at the step "Check" before it comes here' in mend["choose: not_set"]


def test_what_comes_later_and_again_can_be_read():
    mend, look = said(choose(to="check"), task("check", yes="done", no="choose"))
    assert mend == {}
    assert list(look) == ["choose: may_be_missing"]


def test_a_way_past_the_step_is_named():
    nodes = (
        task("first", look="check", hurry="short"),
        task("check", yes="choose", no="choose"),
        task("short", "choose"),
        choose(),
    )
    mend, look = said(*nodes)
    assert mend == {}
    assert look["choose: may_be_missing"] == (
        'A case can come here without having been at the step "Check", for example by way of "First", '
        '"Short". Then this does not hold.'
    )


def test_a_rule_that_asks_whether_it_is_there_is_right():
    nodes = (task("first", look="check", hurry="choose"), task("check", yes="choose", no="choose"))
    assert said(*nodes, choose("has(work.check.outcome)")) == ({}, {})


def test_a_join_that_waits_for_all_has_been_on_all_ways():
    ways = (parallel("both", "check", "other"), task("check", yes="together", no="together"))
    assert said(*ways, task("other", "together"), join("together", "choose"), choose()) == ({}, {})
    mend, look = said(*ways, task("other", "together"), join("together", "choose", needs=1), choose())
    assert mend == {}
    assert list(look) == ["choose: may_be_missing"]


def test_what_happens_on_another_way_may_be_there():
    mend, look = said(
        parallel("both", "check", "choose"),
        task("check", yes="together", no="together"),
        choose(to="together", otherwise="together"),
        join("together", "done"),
    )
    assert mend == {}
    assert list(look) == ["choose: may_be_missing"]


def test_a_step_that_is_left_by_its_deadline_was_not_done():
    late = {"key": "late", "type": "deadline", "on": "check", "after": {"days": 1}, "next": "choose"}
    check = task("check", yes="choose", no="choose")
    _, look = said(check, {**late, "interrupting": True}, choose())
    assert list(look) == ["choose: may_be_missing"]


def test_a_path_beside_the_step_may_be_faster_than_it():
    late = {"key": "late", "type": "deadline", "on": "check", "after": {"days": 1}, "next": "choose"}
    check = task("check", yes="done", no="refused")
    mend, look = said(check, late, choose(to="over", otherwise="over"))
    assert mend == {}
    assert list(look) == ["choose: may_be_missing"]
