"""What happens to a whole case at any time: it takes over, or begins a path beside it."""

from typing import Any

import pytest
from django.utils.timezone import now

from engine.audit.selectors import history
from tests.workflows.nodes.test_condition import change
from tests.workflows.steps import join, open_steps, parallel, task, visits
from tests.workflows.validator.test_package import found
from workflows.awaiting import reach, who_waits
from workflows.ending import reopen_case, withdraw_case
from workflows.escalating import raise_at
from workflows.models import Awaited, AwaitedKind, Case, WorkItem
from workflows.selectors.applications import application
from workflows.services import NotOpen, withdraw
from workflows.signals import spread
from workflows.unit import lock_case, unit

pytestmark = pytest.mark.django_db


def at_any_time(event: str, next_: str = "tidy", **more: Any) -> dict[str, Any]:
    return {"key": "anytime", "type": "event_sub_process", "event": event, "next": next_, **more}


def beside(event: str, **more: Any) -> dict[str, Any]:
    return at_any_time(event, interrupting=False, **more)


TIDY = task("tidy", "refused")
LOOK = task("tidy", "over")
MAIN = (
    parallel("both", "check", "read"),
    task("check", "all"),
    task("read", "all"),
    join("all", "done"),
)
LOST = {"key": "lost", "type": "error_end", "code": "no_record"}


def throw(case: Case) -> int:
    return spread("market_closed", department_id=case.department_id, at=now()).reached


class TestTheApplicantWithdraws:
    """The workflow says what is done then."""

    def test_the_case_goes_another_way(self, running, citizen):
        case = running(*MAIN, at_any_time("withdrawn"), TIDY)
        withdraw(reference=case.reference, by=citizen)
        assert open_steps(case) == ["tidy"]
        assert (visits(case, "check"), visits(case, "read")) == (["CANCELED"], ["CANCELED"])
        stored = Case.objects.get(pk=case.pk)
        assert (stored.finished, stored.state) == (None, "being_checked")
        assert [(row.verb, row.actor) for row in history(case.chain)] == [("case.withdrawal_asked", citizen)]

    def test_it_can_go_on_beside(self, running, citizen):
        case = running(*MAIN, beside("withdrawn"), LOOK)
        withdraw(reference=case.reference, by=citizen)
        assert open_steps(case) == ["check", "read", "tidy"]

    @pytest.mark.parametrize("kind", [at_any_time, beside])
    def test_it_is_done_once(self, running, citizen, kind):
        case = running(*MAIN, kind("withdrawn"), LOOK if kind is beside else TIDY)
        assert application(citizen, case.reference, "en").may_withdraw
        withdraw(reference=case.reference, by=citizen)
        assert not application(citizen, case.reference, "en").may_withdraw
        with pytest.raises(NotOpen):
            withdraw(reference=case.reference, by=citizen)
        assert visits(case, "tidy") == ["NEW"]

    def test_another_person_withdraws_nothing(self, running, other_citizen, clerk):
        case = running(*MAIN, at_any_time("withdrawn"), TIDY)
        for user in (other_citizen, clerk):
            with pytest.raises(Case.DoesNotExist):
                withdraw(reference=case.reference, by=user)
        assert open_steps(case) == ["check", "read"]

    def test_a_crash_in_the_middle_changes_nothing(self, running, citizen):
        case = running(*MAIN, at_any_time("withdrawn"), TIDY)
        with pytest.raises(ConnectionError), unit():
            withdraw(reference=case.reference, by=citizen)
            raise ConnectionError
        assert open_steps(case) == ["check", "read"]
        withdraw(reference=case.reference, by=citizen)
        assert open_steps(case) == ["tidy"]

    def test_the_clocks_run_again_when_the_applicant_was_asked(self, running, citizen, decide, clerk):
        ask = {"key": "ask", "type": "applicant_task", "title": "Correct", "next": "check"}
        case = running(task("check", ok="done", back="ask"), ask, at_any_time("withdrawn"), TIDY)
        decide(case, "check", clerk, "back")
        withdraw(reference=case.reference, by=citizen)
        stored = Case.objects.get(pk=case.pk)
        assert (open_steps(case), stored.paused_at, stored.state) == (["tidy"], None, "being_checked")


class TestASignalComes:
    """Heard wherever the case is."""

    def test_it_takes_over_once(self, running):
        case = running(*MAIN, at_any_time("signal", signal="market_closed"), TIDY)
        assert throw(case) == 1
        assert open_steps(case) == ["tidy"]
        assert throw(case) == 0
        assert visits(case, "tidy") == ["NEW"]

    def test_beside_the_case_each_signal_begins_a_path(self, running):
        case = running(*MAIN, beside("signal", signal="market_closed"), LOOK)
        assert (throw(case), throw(case)) == (1, 1)
        assert open_steps(case) == ["check", "read", "tidy", "tidy"]
        tokens = {str(item.token) for item in WorkItem.objects.filter(process=case, node_key="tidy")}
        assert len(tokens) == 2

    def test_a_signal_that_is_delivered_twice_is_heard_once(self, running):
        case = running(*MAIN, beside("signal", signal="market_closed"), LOOK)
        at = now()
        for _ in range(2):
            spread("market_closed", department_id=case.department_id, at=at)
        assert visits(case, "tidy") == ["NEW"]

    def test_a_case_that_has_ended_hears_nothing(self, running):
        case = running(*MAIN, beside("signal", signal="market_closed"), LOOK)
        withdraw_case(case.pk)
        assert not Awaited.objects.exists()
        assert throw(case) == 0


def test_a_message_names_the_case_by_its_reference(running):
    case = running(*MAIN, at_any_time("message", message="recall"), TIDY)
    waiting = who_waits(
        AwaitedKind.MESSAGE, "recall", department_id=case.department_id, before=now(), key=case.reference
    )
    assert reach(waiting.get().pk, now(), {"data": 1})
    assert open_steps(case) == ["tidy"]


class TestARuleHolds:
    """Looked at whenever data change."""

    def test_it_begins_when_the_rule_holds_for_the_first_time(self, running):
        case = running(*MAIN, beside("condition", when="answers.amount > 500.0"), LOOK)
        assert visits(case, "tidy") == []
        for amount in ("900.00", "1.00", "901.00"):
            change(case, amount=amount)
        assert visits(case, "tidy") == ["NEW"]

    def test_a_rule_that_holds_from_the_beginning_takes_over_at_once(self, running):
        case = running(*MAIN, at_any_time("condition", when="answers.amount > 5.0"), TIDY)
        assert open_steps(case) == ["tidy"]


class TestErrorsAndEscalations:
    """What no step catches on its edge."""

    def test_an_error_end_is_caught(self, running, decide, clerk):
        handler = at_any_time("error", codes=["no_record"])
        case = running(task("check", ok="done", bad="lost"), LOST, handler, TIDY)
        decide(case, "check", clerk, "bad")
        assert open_steps(case) == ["tidy"]
        assert Case.objects.get(pk=case.pk).work["anytime"] == {"code": "no_record"}

    def test_an_error_while_it_is_handled_ends_the_case(self, running, decide, clerk):
        case = running(task("check", ok="done", bad="lost"), LOST, at_any_time("error", "lost"))
        decide(case, "check", clerk, "bad")
        assert Case.objects.get(pk=case.pk).state == "failed"

    def test_another_code_is_not_caught(self, running, decide, clerk):
        handler = at_any_time("error", codes=["too_late"])
        case = running(task("check", ok="done", bad="lost"), LOST, handler, TIDY)
        decide(case, "check", clerk, "bad")
        assert Case.objects.get(pk=case.pk).state == "failed"

    def test_an_escalation_is_heard(self, running):
        case = running(*MAIN, beside("escalation", codes=["slow"]), LOOK)
        for code in ("boring", "slow"):
            with WorkItem.objects.get(process=case, node_key="check").activation() as host:
                assert raise_at(host, code, "person:1") == (code == "slow")
        assert open_steps(case) == ["check", "read", "tidy"]


def test_a_workflow_without_such_steps_pays_nothing(running, clerk, django_assert_max_num_queries):
    case = running(task("check", "pay"), task("pay", "done"))
    item = WorkItem.objects.get(process=case, node_key="check")
    with django_assert_max_num_queries(4), item.activation() as activation:
        activation.decide(clerk, "done")


class TestChecks:
    """What is wrong with such a step."""

    def wrong(self, package: dict[str, Any], *nodes: dict[str, Any]) -> set[tuple[str, str]]:
        kept = package["workflow"]["nodes"]
        first = f"workflow.nodes[{len(kept)}]"
        kept += [*nodes, TIDY]
        return {(where.removeprefix(first), code) for where, code in found(package)}

    def test_a_good_one_has_no_problem(self, simple_package):
        assert self.wrong(simple_package, at_any_time("withdrawn")) == set()

    def test_a_rule_over_the_day_is_refused(self, simple_package):
        step = at_any_time("condition", when="today > date('2030-01-01')")
        assert (".when", "no_day") in self.wrong(simple_package, step)

    def test_a_case_is_withdrawn_in_one_way(self, simple_package):
        second = {**at_any_time("withdrawn"), "key": "second"}
        assert (".event", "doubled") in self.wrong(simple_package, at_any_time("withdrawn"), second)

    def test_no_link_leads_to_it(self, simple_package):
        simple_package["workflow"]["nodes"][0]["next"] = "anytime"
        codes = {code for _, code in self.wrong(simple_package, at_any_time("withdrawn"))}
        assert "to_deadline" in codes

    def test_when_it_takes_over_the_case_must_end_with_an_outcome(self, simple_package):
        over = {"key": "over", "type": "end"}
        codes = {code for _, code in self.wrong(simple_package, at_any_time("withdrawn", "over"), over)}
        assert "no_outcome" in codes


def test_a_case_that_is_taken_up_again_hears_signals_again(running):
    case = running(*MAIN, beside("signal", signal="market_closed"), LOOK)
    withdraw_case(case.pk)
    with unit():
        reopen_case(lock_case(case.pk))
    assert throw(case) == 1
    assert open_steps(case) == ["tidy"]
