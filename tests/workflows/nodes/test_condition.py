"""A case waits until a rule over its data holds: data change, a day begins."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from tests.workflows.steps import let_pass, open_steps, task, visits
from tests.workflows.validator.test_package import found
from workflows import facts as facts_module
from workflows.clock import calendar_of
from workflows.ending import withdraw_case
from workflows.models import Case, Deadline, WorkItem
from workflows.unit import open_item, unit

pytestmark = pytest.mark.django_db


def waits(when: str, next_: str = "pay") -> dict[str, str]:
    return {"key": "ready", "type": "condition", "when": when, "next": next_}


@pytest.fixture
def two_ways(running) -> Case:
    """A clerk checks, and beside that the case waits for how it comes out."""
    case = running(
        task("check", ok="noted", bad="noted"),
        {"key": "noted", "type": "wait", "for": {"days": 9}, "next": "done"},
        {"key": "late", "type": "deadline", "on": "check", "after": {"days": 3}, "next": "ready"},
        waits('work.check.outcome == "ok"'),
        task("pay", "over"),
    )
    assert let_pass(case, "late")
    return case


def change(case: Case, **answers: object) -> None:
    """New answers, as a correction brings them."""
    with open_item(WorkItem.objects.filter(process=case).latest("pk").pk) as activation:
        kept = activation.process
        kept.keep_answers({**kept.answers, **answers})
        kept.save(update_fields=["data"])


def test_a_rule_that_holds_already_lets_the_case_pass(running):
    case = running(waits("answers.amount > 5.0"), task("pay", "done"))
    assert open_steps(case) == ["pay"]


def test_the_case_goes_on_when_its_answers_change(running):
    case = running(waits("answers.amount > 500.0"), task("pay", "done"))
    assert open_steps(case) == ["ready"]
    change(case, amount="20.00")
    assert open_steps(case) == ["ready"]
    change(case, amount="900.00")
    assert open_steps(case) == ["pay"]


def test_the_case_goes_on_when_staff_record_what_it_waits_for(two_ways, decide, clerk):
    assert open_steps(two_ways) == ["check", "ready"]
    decide(two_ways, "check", clerk, "ok")
    assert open_steps(two_ways) == ["noted", "pay"]


def test_what_comes_out_otherwise_leaves_it_waiting(two_ways, decide, clerk):
    decide(two_ways, "check", clerk, "bad")
    assert open_steps(two_ways) == ["noted", "ready"]


def test_what_is_not_answered_yet_is_noted(running):
    case = running(waits("answers.amount > 5.0"), task("pay", "done"), amount=None)
    item = WorkItem.objects.get(process=case, node_key="ready")
    assert item.data["unanswered"] == ["answers.amount"]


def test_a_crash_in_the_same_transaction_leaves_it_waiting(two_ways, decide, clerk):
    with pytest.raises(ConnectionError), unit():
        decide(two_ways, "check", clerk, "ok")
        raise ConnectionError
    assert open_steps(two_ways) == ["check", "ready"]


def test_the_same_change_twice_goes_on_once(running):
    case = running(waits("answers.amount > 500.0"), task("pay", "done"))
    change(case, amount="900.00")
    change(case, amount="900.00")
    assert visits(case, "pay") == ["NEW"]


def test_a_case_that_ends_waits_no_more(running):
    case = running(waits("answers.amount > 500.0 && today > date('2020-01-01')"), task("pay", "done"))
    withdraw_case(case.pk)
    assert visits(case, "ready") == ["CANCELED"]
    assert not Deadline.objects.filter(case=case, cancelled_at=None).exists()


def test_a_workflow_without_conditions_looks_at_nothing(running, clerk, django_assert_num_queries):
    case = running(task("check", "pay"), task("pay", "done"))
    item = WorkItem.objects.get(process=case, node_key="check")
    with unit() as open_unit, open_item(item.pk) as activation:
        activation.decide(clerk, "done")
        with django_assert_num_queries(0):
            open_unit.settle()


class TestARuleThatReadsTheDay:
    """Looked at when a day begins where the department is."""

    @pytest.fixture
    def case(self, running, licensing) -> Case:
        day = (now().astimezone(calendar_of(licensing.pk).zone) + timedelta(days=2)).date().isoformat()
        return running(waits(f"today >= date('{day}')"), task("pay", "done"))

    def test_it_waits_for_the_next_midnight(self, case, calendar):
        due_at = Deadline.objects.get(case=case).due_at.astimezone(calendar.zone)
        tomorrow = now().astimezone(calendar.zone).date() + timedelta(days=1)
        assert (due_at.date(), due_at.hour, due_at.minute) == (tomorrow, 0, 0)

    def test_it_waits_on_when_the_day_is_not_the_right_one(self, case):
        assert let_pass(case, "ready")
        assert open_steps(case) == ["ready"]
        deadline = Deadline.objects.get(case=case)
        assert deadline.fired_at is None
        assert deadline.due_at > now()

    def test_it_goes_on_when_the_day_has_come(self, case, monkeypatch):
        later: datetime = now() + timedelta(days=3)
        monkeypatch.setattr(facts_module, "now", lambda: later)
        assert let_pass(case, "ready")
        assert open_steps(case) == ["pay"]
        assert not let_pass(case, "ready")

    def test_a_sweep_that_dies_leaves_it_to_the_next(self, case, monkeypatch):
        later: datetime = now() + timedelta(days=3)
        monkeypatch.setattr(facts_module, "now", lambda: later)
        with pytest.raises(ConnectionError), unit():
            let_pass(case, "ready")
            raise ConnectionError
        assert open_steps(case) == ["ready"]
        assert let_pass(case, "ready")
        assert open_steps(case) == ["pay"]


def test_a_rule_that_cannot_be_read_is_named(simple_package):
    simple_package["workflow"]["nodes"][0]["next"] = "ready"
    simple_package["workflow"]["nodes"].append(waits("answers.colour == 'red'", "check"))
    where = f"workflow.nodes[{len(simple_package['workflow']['nodes']) - 1}].when"
    assert (where, "rule") in found(simple_package)
