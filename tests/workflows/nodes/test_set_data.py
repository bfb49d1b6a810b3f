"""Values that a step works out for those that follow."""

import pytest

from tests.workflows.conftest import with_nodes
from tests.workflows.steps import task, visits
from workflows.models import Case, WorkItem
from workflows.validator import check_package

pytestmark = pytest.mark.django_db


def reckon(**values):
    return {"key": "reckon", "type": "set_data", "values": values, "next": "check"}


@pytest.fixture
def service(simple_package):
    def make(**values):
        return with_nodes(simple_package, reckon(**values), task("check", "done"))

    return make


def work_of(case):
    return Case.objects.get(pk=case.pk).work


def test_values_are_worked_out_from_answers(service, publish, begin):
    fee = {"type": "decimal", "value": "answers.amount * 0.2"}
    case = begin(publish(service(fee=fee, known={"type": "yes_no", "value": "has(answers.owner)"})))
    assert work_of(case)["reckon"] == {"fee": "2.5", "known": True}
    assert visits(case, "reckon") == ["DONE"]


def test_a_value_whose_answer_is_missing_is_left_out_and_named(service, publish, begin):
    fee = {"type": "decimal", "value": "answers.amount * 0.2"}
    case = begin(publish(service(fee=fee)), amount=None)
    assert work_of(case)["reckon"] == {}
    item = WorkItem.objects.get(process=case, node_key="reckon")
    assert item.data["unanswered"] == {"fee": ["answers.amount"]}


def test_a_rule_that_fails_stops_nobody(service, publish, begin):
    case = begin(publish(service(half={"type": "integer", "value": "1 / (size(answers.trade) - 5)"})))
    assert WorkItem.objects.get(process=case, node_key="reckon").data["faults"] == ["half"]
    assert visits(case, "check") == ["NEW"]


def test_later_rules_read_the_values(service, publish, begin):
    package = service(fee={"type": "decimal", "value": "answers.amount * 2.0"})
    package["workflow"]["nodes"][1]["next"] = "dear"
    branch = {"when": "work.reckon.fee > 20.0", "to": "check"}
    decision = {"key": "dear", "type": "decision", "branches": [branch], "otherwise": "done"}
    package["workflow"]["nodes"].insert(2, decision)
    case = begin(publish(package))
    assert visits(case, "check") == ["NEW"]


def test_a_wrong_rule_is_refused_with_its_place(service):
    found = check_package(service(fee={"type": "integer", "value": "answers.trade"}))
    assert ["workflow", "nodes", 1, "values", "fee", "value"] in [list(problem.path) for problem in found]


def test_a_sensitive_answer_is_not_laid_open(service, publish, begin):
    package = service(again={"type": "text", "value": "answers.owner"})
    package["forms"]["application"]["pages"][0]["fields"][2]["data_class"] = "sensitive"
    found = [problem.code for problem in check_package(package)]
    assert "sensitive" in found
    package["workflow"]["nodes"][1]["values"]["again"]["data_class"] = "sensitive"
    assert "sensitive" not in [problem.code for problem in check_package(package)]
    case = begin(publish(package))
    assert "Leila" not in str(Case.objects.get(pk=case.pk).data)
    assert work_of(case)["reckon"]["again"] == "Leila Haddad"
