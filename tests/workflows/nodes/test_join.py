"""Ways come together: all of them, or as many as are needed."""

import pytest

from tests.workflows.conftest import PACKAGE
from tests.workflows.steps import join, open_steps, parallel, pause, task, visits
from workflows.jobs import run_job
from workflows.models import Case, CaseState, Deadline, WorkItem

pytestmark = pytest.mark.django_db

MEMBERS = ("ann", "ben", "cem")
COMMITTEE = (
    parallel("ask", *MEMBERS),
    *(task(member, agree="enough", refuse="over") for member in MEMBERS),
    join("enough", "grant", needs=2, otherwise="refused"),
    task("grant", "done"),
)


def test_two_of_three_are_enough_and_the_third_is_cancelled(running, decide, clerk):
    case = running(*COMMITTEE)
    decide(case, "cem", clerk, "agree")
    assert open_steps(case) == ["ann", "ben"]
    decide(case, "ann", clerk, "agree")
    assert open_steps(case) == ["grant"]
    assert visits(case, "ben") == ["CANCELED"]


@pytest.mark.parametrize("order", [("ann", "ben", "cem"), ("cem", "ann", "ben"), ("ben", "cem", "ann")])
def test_the_order_of_arrival_does_not_matter(running, decide, clerk, order):
    case = running(*COMMITTEE)
    decide(case, order[0], clerk, "refuse")
    decide(case, order[1], clerk, "agree")
    assert open_steps(case) == [order[2]]
    decide(case, order[2], clerk, "agree")
    assert open_steps(case) == ["grant"]


def test_when_too_few_can_come_the_case_goes_elsewhere(running, decide, clerk):
    case = running(*COMMITTEE)
    decide(case, "ann", clerk, "agree")
    decide(case, "ben", clerk, "refuse")
    decide(case, "cem", clerk, "refuse")
    assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED
    item = WorkItem.objects.get(process=case, node_key="enough")
    assert (item.status, item.outcome, len(item.data["arrived"])) == ("DONE", "otherwise", 1)


def test_when_nobody_comes_the_join_hears_of_it(running, decide, clerk):
    case = running(*COMMITTEE)
    for member in MEMBERS:
        decide(case, member, clerk, "refuse")
    assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED
    assert visits(case, "enough") == ["DONE"]


def test_when_nobody_comes_inside_another_split_only_that_block_is_over(running, decide, clerk):
    case = running(
        parallel("outer", "ask", "check"),
        parallel("ask", "ann", "ben"),
        *(task(member, agree="enough", refuse="over") for member in ("ann", "ben")),
        join("enough", "good", needs=2, otherwise="bad"),
        task("good", "together"),
        task("bad", "together"),
        task("check", "together"),
        join("together", "last"),
        task("last", "done"),
    )
    decide(case, "ann", clerk, "refuse")
    decide(case, "ben", clerk, "refuse")
    assert open_steps(case) == ["bad", "check"]
    decide(case, "bad", clerk, "done")
    decide(case, "check", clerk, "done")
    assert open_steps(case) == ["last"]


def test_what_is_cancelled_drops_its_deadlines_and_inner_joins(running, decide, clerk):
    case = running(
        parallel("ask", "quick", "inner"),
        task("quick", "enough"),
        parallel("inner", "slow", "slower"),
        pause("slow", "inner_join"),
        task("slower", "inner_join"),
        join("inner_join", "enough"),
        join("enough", "last", needs=1),
        task("last", "done"),
    )
    decide(case, "slower", clerk, "done")
    assert visits(case, "inner_join") == ["STARTED"]
    decide(case, "quick", clerk, "done")
    assert open_steps(case) == ["last"]
    assert visits(case, "inner_join") == visits(case, "slow") == ["CANCELED"]
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()


def test_a_worker_that_is_too_late_changes_nothing(running, decide, clerk, simple_package):
    simple_package["certificates"] = PACKAGE["certificates"]
    licence = {"key": "licence", "type": "issue_certificate", "certificate": "licence", "next": "enough"}
    case = running(
        parallel("ask", "quick", "licence"),
        task("quick", "enough"),
        licence,
        join("enough", "last", needs=1),
        task("last", "done"),
    )
    job = WorkItem.objects.get(process=case, node_key="licence").pk
    decide(case, "quick", clerk, "done")
    assert run_job(job) == "stale"
    assert open_steps(case) == ["last"]


def test_an_arrival_that_is_told_twice_counts_once(running, decide, clerk, open_work):
    case = running(*COMMITTEE)
    decide(case, "ann", clerk, "agree")
    item = WorkItem.objects.get(process=case, node_key="enough")
    with open_work(case, "ben").activation() as activation:
        came = WorkItem.objects.get(process=case, node_key="ann")
        activation.task.flow_task.activation_class(came)
        case.flow_class.step("enough")._create(type(activation)(came), came.token)
    item.refresh_from_db()
    assert len(item.data["arrived"]) == 1
    assert open_steps(case) == ["ben", "cem"]
