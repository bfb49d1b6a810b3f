"""Part of the way again, at most so often."""

import pytest

from tests.workflows.steps import join, open_steps, parallel, task, visits
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


def loop(**more):
    return {"key": "repeat", "type": "loop_back", "again": "check", "at_most": 2, "next": "last", **more}


def rounds(case):
    found = WorkItem.objects.filter(process=case, node_key="repeat").order_by("created")
    return [(item.outcome, item.data["round"]) for item in found]


def test_it_goes_back_so_often_and_then_on(running, decide, clerk):
    case = running(task("check", "repeat"), loop(), task("last", "done"))
    for _ in range(2):
        decide(case, "check", clerk, "done")
        assert open_steps(case) == ["check"]
    decide(case, "check", clerk, "done")
    assert open_steps(case) == ["last"]
    assert rounds(case) == [("again", 1), ("again", 2), ("next", 2)]


def test_it_goes_back_only_while_its_rule_holds(running, decide, clerk):
    rule = 'work.check.outcome == "unclear"'
    case = running(task("check", unclear="repeat", clear="repeat"), loop(when=rule), task("last", "done"))
    decide(case, "check", clerk, "unclear")
    decide(case, "check", clerk, "clear")
    assert open_steps(case) == ["last"]


def test_it_counts_anew_when_the_case_comes_again(running, decide, clerk):
    case = running(task("check", "repeat"), loop(at_most=1), task("last", again="check", ok="done"))
    for _ in range(2):
        decide(case, "check", clerk, "done")
        decide(case, "check", clerk, "done")
        decide(case, "last", clerk, "again")
    assert rounds(case) == [("again", 1), ("next", 1)] * 2


def test_each_way_counts_for_itself(running, decide, clerk):
    case = running(
        parallel("both", "check", "other"),
        task("check", "repeat"),
        loop(next="together", at_most=1),
        task("other", "second"),
        {**loop(key="second", again="other", next="together", at_most=1)},
        join("together", "last"),
        task("last", "done"),
    )
    for step in ("check", "other", "check", "other"):
        decide(case, step, clerk, "done")
    assert open_steps(case) == ["last"]
    assert visits(case, "check") == visits(case, "other") == ["DONE", "DONE"]
