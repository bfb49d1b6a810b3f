"""A decision table decides, or says that it cannot."""

import pytest

from engine.departments.access import AccessRefused
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import task, visits
from workflows.models import Case, WorkItem
from workflows.selectors.repairs import failed_steps
from workflows.services import retry_step, skip_step
from workflows.validator import check_package

pytestmark = pytest.mark.django_db

FEES = {
    "inputs": [{"expression": "answers.amount", "type": "decimal"}],
    "outputs": [{"key": "fee", "type": "integer"}, {"key": "desk", "type": "text"}],
    "rows": [{"when": ["< 100"], "then": ["5", '"front"']}, {"when": [">= 100"], "then": ["20", '"back"']}],
}


@pytest.fixture
def service(simple_package):
    def make(table, *more):
        node = {"key": "fee", "type": "decision_table", "table": table, "next": "check"}
        return with_nodes(simple_package, node, task("check", "done"), *more)

    return make


def work_of(case):
    return Case.objects.get(pk=case.pk).work.get("fee")


def test_the_row_that_holds_decides_and_is_noted(service, publish, begin):
    case = begin(publish(service(FEES)))
    assert work_of(case) == {"fee": 5, "desk": "front"}
    assert WorkItem.objects.get(process=case, node_key="fee").data == {"rows": [1], "by_default": False}


def test_a_list_of_texts_is_one_result(service, publish, begin):
    table = {**FEES, "hit_policy": "collect", "outputs": [FEES["outputs"][1]]}
    table["rows"] = [{"when": ["-"], "then": ['"front"']}, {"when": ["< 100"], "then": ['"till"']}]
    case = begin(publish(service(table)))
    assert work_of(case) == {"result": ["front", "till"]}


def test_what_cannot_be_decided_waits_for_somebody_to_look_and_decide_anew(
    service, publish, begin, administrator, foreign_clerk
):
    case = begin(publish(service(FEES)), amount=None)
    item = WorkItem.objects.get(process=case, node_key="fee")
    assert (item.status, item.data["error"], item.data["unanswered"]) == (
        "ERROR",
        "undecided",
        ["answers.amount"],
    )
    (line,) = failed_steps(administrator, "en")
    assert (line.error, line.attempts, line.at is not None) == ("undecided", 1, True)
    with pytest.raises(AccessRefused):
        retry_step(item_id=item.pk, by=foreign_clerk)
    retry_step(item_id=item.pk, by=administrator)
    assert visits(case, "fee") == ["ERROR"]
    stored = Case.objects.get(pk=case.pk)
    stored.keep_answers({**stored.answers, "amount": "200.00"})
    stored.save()
    retry_step(item_id=item.pk, by=administrator)
    assert work_of(case) == {"fee": 20, "desk": "back"}
    assert visits(case, "check") == ["NEW"]


def test_what_cannot_be_decided_is_skipped_with_a_reason(
    service, publish, begin, administrator, foreign_clerk
):
    case = begin(publish(service(FEES)), amount=None)
    item = WorkItem.objects.get(process=case, node_key="fee")
    with pytest.raises(AccessRefused):
        skip_step(item_id=item.pk, reason="Free of charge", by=foreign_clerk)
    skip_step(item_id=item.pk, reason="Free of charge", by=administrator)
    item = WorkItem.objects.get(pk=item.pk)
    assert (item.status, item.data["skipped"], work_of(case)) == ("DONE", "Free of charge", None)
    assert visits(case, "check") == ["NEW"]


def test_a_failure_can_be_caught(service, publish, begin):
    caught = {"key": "open", "type": "error", "on": "fee", "codes": ["undecided"], "next": "check"}
    case = begin(publish(service(FEES, caught)), amount=None)
    assert visits(case, "check") == ["NEW"]
    assert Case.objects.get(pk=case.pk).work["open"] == {"code": "undecided"}


def test_gaps_and_wrong_cells_are_named(service):
    gap = {**FEES, "rows": FEES["rows"][:1]}
    assert [problem.path[:4] for problem in check_package(service(gap)) if "table" in problem.path]
    wrong = {**FEES, "rows": [{"when": ["< nothing"], "then": ["5", '"front"']}]}
    places = [tuple(problem.path[2:8]) for problem in check_package(service(wrong))]
    assert (1, "table", "rows", 0, "when", 0) in places
