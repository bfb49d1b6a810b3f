"""Nobody decides, and that is a decision."""

import json

import pytest

from engine.audit.selectors import history
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import let_pass, open_steps, task, visits
from workflows.models import Case, CaseState, Deadline, WorkItem
from workflows.refusals import AlreadyDecided
from workflows.validator import check_package

pytestmark = pytest.mark.django_db

CHECK = task("check", approve="done", refuse="refused")
SILENCE = {"key": "tacit", "type": "silence", "on": "check", "after": {"days": 30}, "outcome": "approve"}


def test_silence_ends_the_step_with_the_outcome_that_it_means(running):
    case = running(CHECK, SILENCE)
    assert let_pass(case, "tacit")
    stored = Case.objects.get(pk=case.pk)
    assert stored.state == CaseState.APPROVED
    assert stored.work["check"]["outcome"] == "approve"
    item = WorkItem.objects.get(process=case, node_key="check")
    assert (item.status, item.outcome, item.data["by_silence"], item.owner) == ("DONE", "approve", True, None)
    assert visits(case, "tacit") == ["DONE"]


def test_it_is_recorded_as_what_it_is(running):
    case = running(CHECK, SILENCE)
    let_pass(case, "tacit")
    entry = history(case.chain).get(verb="work.decided_by_silence")
    assert (entry.actor_id, json.loads(entry.details)["outcome"]) == (None, "approve")
    assert "done_by" not in Case.objects.get(pk=case.pk).data.get("check", {})


def test_who_had_taken_the_work_and_left_it_is_noted_and_has_decided_nothing(running, clerk, open_work):
    case = running(CHECK, SILENCE)
    with open_work(case, "check").activation() as activation:
        activation.claim(clerk)
    assert let_pass(case, "tacit")
    item = WorkItem.objects.get(process=case, node_key="check")
    assert (item.owner, item.data["left_by"]) == (None, clerk.pk)
    assert clerk.pk not in Case.objects.get(pk=case.pk).data["done_by"].get("check", [])


def test_a_decision_in_time_leaves_nothing_to_silence(running, decide, clerk):
    case = running(CHECK, SILENCE)
    decide(case, "check", clerk, "refuse")
    assert Deadline.objects.get(case=case, node_key="tacit").cancelled_at is not None
    assert not let_pass(case, "tacit")
    assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED


def test_a_decision_after_the_silence_is_refused(running, clerk, open_work):
    case = running(task("check", approve="last", refuse="refused"), SILENCE, task("last", "done"))
    late = open_work(case, "check")
    assert let_pass(case, "tacit")
    with pytest.raises(AlreadyDecided), late.activation() as activation:
        activation.decide(clerk, "refuse")
    assert open_steps(case) == ["last"]
    assert not let_pass(case, "tacit")


def mend(package, **changed):
    package = with_nodes(package, CHECK, {**SILENCE, **changed})
    return [(problem.where, problem.code) for problem in check_package(package).must_mend]


def test_it_needs_a_step_with_that_outcome(simple_package):
    assert mend(simple_package) == []
    assert mend(simple_package, outcome="perhaps") == [("workflow.nodes[2].outcome", "unknown_outcome")]
    assert ("workflow.nodes[2].on", "unknown_step") in mend(simple_package, on="nowhere")
    assert ("workflow.nodes[2].on", "no_decision") in mend(simple_package, on="applied")


def test_silence_cannot_send_a_case_back(simple_package):
    nodes = simple_package["workflow"]["nodes"]
    nodes.append({**SILENCE, "outcome": "return"})
    found = [problem.code for problem in check_package(simple_package).must_mend]
    assert found == ["no_correction"]
