"""A case of another service is opened and waited for: what it is told, how it ends, and what can go wrong."""

from typing import Any

import pytest

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from engine.messages.delivery import deliver_all
from engine.messages.models import OutboxMessage
from tests.workflows.called import background, call
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.steps import let_pass, open_steps, parallel, task, visits
from workflows.called_cases import settle, unsettled
from workflows.ending import withdraw_case
from workflows.models import Case, WorkItem
from workflows.selectors.applications import my_applications
from workflows.selectors.cases import case_view
from workflows.services import NotOpen, retry_step, skip_step, withdraw
from workflows.services.refusals import NotFailed
from workflows.sweeps import sweep_called_cases
from workflows.unit import unit

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = {
    "key": "note",
    "type": "set_data",
    "values": {"seen": {"type": "text", "value": "'yes'"}},
    "next": "done",
}
CAUGHT = {"key": "caught", "type": "error", "on": "police", "next": "by_hand"}


@pytest.fixture
def checks(published) -> Any:
    """The service that is called, published."""
    return published(background())


@pytest.fixture
def waiting(running, checks) -> Any:
    """A case that waits for another."""

    def begin(*more: dict[str, Any], first: tuple[dict[str, Any], ...] = (), **options: Any) -> Case:
        case: Case = running(*first, call(**options), task("check", "done"), *more)
        return case

    return begin


def called_of(case: Case) -> Case:
    return Case.objects.filter(parent=case).latest("pk")


def work_of(case: Case) -> Any:
    return Case.objects.get(pk=case.pk).work.get("police")


class TestItEnds:
    """The case above takes the result, once, and goes on."""

    def test_a_case_of_the_other_service_is_opened_with_what_it_is_told(self, waiting, checks, citizen):
        case = waiting()
        called = called_of(case)
        assert (called.service, called.version, called.applicant) == (checks, checks.current, citizen)
        assert called.reference == f"{case.reference}-1"
        assert called.answers == {"name": "Leila Haddad", "fee": "25.0"}
        assert (open_steps(case), open_steps(called)) == (["police"], ["look"])

    def test_the_result_comes_back(self, waiting, decide, clerk):
        case = waiting()
        decide(called_of(case), "look", clerk, "clean")
        assert open_steps(case) == ["police"]
        deliver_all()
        reference = f"{case.reference}-1"
        assert work_of(case) == {"clean": True, "outcome": "approved", "reference": reference}
        assert open_steps(case) == ["check"]

    def test_another_outcome_comes_back_too(self, waiting, decide, clerk):
        case = waiting()
        decide(called_of(case), "look", clerk, "known")
        deliver_all()
        assert (work_of(case)["clean"], work_of(case)["outcome"]) == (False, "refused")

    def test_one_that_ends_at_once_is_waited_for_as_well(self, running, published):
        published(background(NOTE))
        case = running(call(outputs={}), task("check", "done"))
        assert called_of(case).finished is not None
        deliver_all()
        assert open_steps(case) == ["check"]

    def test_the_version_that_is_current_when_it_is_called_counts(self, waiting, published, decide, clerk):
        published(background(task("look", clean="done")))
        case = waiting()
        assert called_of(case).version.number == 2

    def test_a_later_version_that_asks_other_questions_gives_what_it_can(self, waiting, decide, clerk):
        case = waiting(outputs={"seen": {"type": "text", "value": "work.elsewhere.outcome"}})
        decide(called_of(case), "look", clerk, "clean")
        deliver_all()
        item = WorkItem.objects.get(process=case, node_key="police")
        assert (item.data["faults"], open_steps(case)) == (["seen"], ["check"])


class TestTwiceOrLate:
    """The end of a case is taken once, whoever tells it and however often."""

    def test_a_doubled_message_goes_on_once(self, waiting, decide, clerk):
        case = waiting()
        decide(called_of(case), "look", clerk, "clean")
        item = WorkItem.objects.get(process=case, node_key="police")
        assert (settle(item.pk), settle(item.pk)) == (True, False)
        deliver_all()
        assert visits(case, "check") == ["NEW"]

    def test_a_lost_message_is_found_by_the_sweep(self, waiting, decide, clerk):
        case = waiting()
        decide(called_of(case), "look", clerk, "clean")
        OutboxMessage.objects.all().delete()
        assert (sweep_called_cases(), sweep_called_cases()) == (1, 0)
        assert open_steps(case) == ["check"]

    def test_a_crash_while_it_is_taken_loses_nothing(self, waiting, decide, clerk):
        case = waiting()
        decide(called_of(case), "look", clerk, "clean")
        item = WorkItem.objects.get(process=case, node_key="police")
        with pytest.raises(ConnectionError), unit():
            settle(item.pk)
            raise ConnectionError
        assert (open_steps(case), unsettled().count()) == (["police"], 1)
        deliver_all()
        assert open_steps(case) == ["check"]

    def test_a_crash_while_it_is_opened_leaves_neither_case(self, waiting, monkeypatch):
        def break_down(*_: object, **__: object) -> None:
            raise ConnectionError

        monkeypatch.setattr("workflows.calling_services.recorded_case", break_down)
        with pytest.raises(ConnectionError):
            waiting()
        assert not Case.objects.exists()

    def test_an_end_that_comes_after_the_step_was_left_changes_nothing(self, waiting, decide, clerk):
        late = {
            "key": "late",
            "type": "deadline",
            "on": "police",
            "after": {"days": 3},
            "interrupting": True,
            "next": "check",
        }
        case = waiting(late)
        assert let_pass(case, "late")
        item = WorkItem.objects.get(process=case, node_key="police")
        assert not settle(item.pk)
        assert visits(case, "check") == ["NEW"]


class TestItIsNotNeededAnyMore:
    """The case below ends with the step that waited for it."""

    def test_withdrawing_ends_both(self, waiting, citizen):
        case = waiting()
        called = called_of(case)
        withdraw(reference=case.reference, by=citizen)
        assert (visits(case, "police"), visits(called, "look")) == (["CANCELED"], ["CANCELED"])
        stored = Case.objects.get(pk=called.pk)
        assert (stored.state, stored.awaited_by) == ("withdrawn", None)
        assert "case.ended_with_parent" in [row.verb for row in history(called.chain)]
        deliver_all()

    def test_the_one_below_is_not_withdrawn_by_itself(self, waiting, citizen):
        called = called_of(waiting())
        with pytest.raises(NotOpen):
            withdraw(reference=called.reference, by=citizen)
        assert open_steps(called) == ["look"]

    def test_an_end_on_another_way_ends_it_too(self, running, checks, decide, clerk):
        case = running(
            parallel("both", "police", "read"),
            call(next="all"),
            task("read", stop="refused", go="all"),
            {"key": "all", "type": "join", "next": "done"},
        )
        called = called_of(case)
        decide(case, "read", clerk, "stop")
        assert Case.objects.get(pk=called.pk).state == "withdrawn"

    def test_three_cases_inside_each_other_end_together(self, running, published, checks):
        published(background(call(key="again", inputs={}, outputs={}, next="done"), key="second"))
        case = running(call(service="second", inputs={}, outputs={}, next="check"), task("check", "done"))
        withdraw_case(case.pk)
        assert set(Case.objects.values_list("state", flat=True)) == {"withdrawn"}


class TestItFails:
    """A path for failures, or somebody who looks."""

    def test_an_error_end_below_is_caught_above(self, waiting, decide, clerk):
        case = waiting(CAUGHT, task("by_hand", "done"))
        decide(called_of(case), "look", clerk, "gone")
        deliver_all()
        assert open_steps(case) == ["by_hand"]
        assert Case.objects.get(pk=case.pk).work["caught"]["code"] == "no_record"

    def test_without_a_path_somebody_has_to_look_and_can_try_again(
        self, waiting, decide, clerk, administrator, foreign_clerk
    ):
        case = waiting()
        decide(called_of(case), "look", clerk, "gone")
        deliver_all()
        item = WorkItem.objects.get(process=case, node_key="police")
        assert (item.status, item.data["error"]) == ("ERROR", "no_record")
        with pytest.raises(AccessRefused):
            retry_step(item_id=item.pk, by=foreign_clerk)
        retry_step(item_id=item.pk, by=administrator)
        second = called_of(case)
        assert second.reference == f"{case.reference}-2"
        decide(second, "look", clerk, "clean")
        deliver_all()
        assert open_steps(case) == ["check"]

    def test_it_is_skipped_with_a_reason_and_what_ends_later_changes_nothing(
        self, waiting, decide, clerk, administrator, foreign_clerk
    ):
        case = waiting()
        decide(called_of(case), "look", clerk, "gone")
        deliver_all()
        item = WorkItem.objects.get(process=case, node_key="police")
        with pytest.raises(AccessRefused):
            skip_step(item_id=item.pk, reason="Known to us", by=foreign_clerk)
        skip_step(item_id=item.pk, reason="Known to us", by=administrator)
        assert (open_steps(case), settle(item.pk)) == (["check"], False)
        with pytest.raises(NotFailed):
            skip_step(item_id=item.pk, reason="Known to us", by=administrator)

    def test_a_service_that_is_still_away_fails_again(self, running, administrator, published):
        case = running(call(outputs={}), task("check", "done"))
        item = WorkItem.objects.get(process=case, node_key="police")
        retry_step(item_id=item.pk, by=administrator)
        item = WorkItem.objects.get(pk=item.pk)
        assert (item.status, item.data["error"], item.attempts) == ("ERROR", "no_service", 2)
        published(background())
        retry_step(item_id=item.pk, by=administrator)
        assert open_steps(called_of(case)) == ["look"]

    def test_a_service_that_was_taken_away_is_a_failure(self, running):
        case = running(call(), task("check", "done"), CAUGHT, task("by_hand", "done"))
        assert open_steps(case) == ["by_hand"]
        assert Case.objects.get(pk=case.pk).work["caught"]["code"] == "no_service"

    def test_services_that_call_each_other_come_to_an_end(self, running, published, checks):
        published(background(call(inputs={}, outputs={}, next="done"), key="round"))
        published(background(call(service="round", inputs={}, outputs={}, next="done")))
        case = running(call(service="round", inputs={}, outputs={}), task("check", "done"))
        assert Case.objects.count() == 4
        deepest = Case.objects.latest("pk")
        item = WorkItem.objects.get(process=deepest, node_key="police")
        assert (item.status, item.data["error"]) == ("ERROR", "too_deep")
        assert open_steps(case) == ["police"]


class TestWhoSeesIt:
    """Staff are led from one case to the other; the applicant has one application."""

    def test_staff_see_both_ends(self, waiting, clerk):
        case = waiting()
        called = called_of(case)
        (below,) = case_view(clerk, case.reference, language="en").related
        assert (below.reference, below.place, below.waits) == (called.reference, "below", True)
        (above,) = case_view(clerk, called.reference, language="en").related
        assert (above.reference, above.place, above.waits) == (case.reference, "above", True)

    def test_a_clerk_of_another_department_is_refused(self, waiting, foreign_clerk):
        case = waiting()
        for each in (case, called_of(case)):
            with pytest.raises(AccessRefused):
                case_view(foreign_clerk, each.reference, language="en")

    def test_the_applicant_sees_the_one_above(self, waiting, citizen):
        case = waiting()
        assert [line.reference for line in my_applications(citizen, "en")] == [case.reference]
