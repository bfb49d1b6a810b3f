"""States: each action for whoever may take it, once, in its department, with a record of every refusal."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.audit.selectors import history
from engine.departments.access import AccessRefused, may
from engine.departments.models import Absence, Department, User
from engine.departments.permissions import Permission
from tests.workflows.complaints import *  # noqa: F403
from tests.workflows.complaints import stay
from tests.workflows.steps import let_pass, task, visits
from workflows.acting import System
from workflows.models import Case, CaseState, Deadline, Service, WorkItem
from workflows.services import act, claim, release
from workflows.services.refusals import (
    AlreadyDecided,
    NotOpen,
    NotYours,
    ReasonMissing,
    UnknownOutcome,
)
from workflows.unit import unit

pytestmark = pytest.mark.django_db
PAYMENTS = System("payments")


def do(case: Case, key: str, by: Any, **more: Any) -> Case:
    act(item_id=stay(case).pk, action=key, by=by, **more)
    return Case.objects.get(pk=case.pk)


def verbs(case: Case) -> list[str]:
    return [row.verb for row in history(case.chain)]


def test_a_case_goes_from_state_to_state_to_its_end(complaint, officer, field_worker):
    assert (complaint.stands_at, stay(complaint).role, complaint.state) == ("filed", "officer", "sent")
    case = do(complaint, "assign", officer)
    assert (case.stands_at, case.state) == ("assigned", CaseState.BEING_CHECKED)
    case = do(case, "resolve", field_worker)
    assert (case.stands_at, case.state, case.outcome) == ("resolved", "approved", "approved")
    assert case.finished is not None
    rows = [row for row in history(case.chain) if row.verb == "work.decided"]
    assert [row.actor for row in rows] == [officer, field_worker]


class TestWhoMay:
    """The roles of the action count, in the department of the case."""

    def refused(self, case: Case, key: str, by: Any, why: type[Exception] = AccessRefused) -> None:
        before = (stay(case).pk, case.stands_at)
        with pytest.raises(why):
            act(item_id=stay(case).pk, action=key, by=by)
        case.refresh_from_db()
        assert (stay(case).pk, case.stands_at) == before
        row = AuditEntry.objects.filter(chain=case.chain).latest("position")
        assert (row.verb, row.actor) == ("work.refused", by if isinstance(by, User) else None)
        assert why.__name__ in row.details

    @pytest.mark.parametrize(
        "who",
        [
            "field_worker",
            "clerk",
            "supervisor",
            "administrator",
            "citizen",
            "other_citizen",
            "foreign_officer",
        ],
    )
    def test_another_role_is_refused_and_written_down(self, complaint, who, request):
        self.refused(complaint, "assign", request.getfixturevalue(who))

    def test_another_system_is_refused(self, complaint, officer):
        self.refused(complaint, "assign", PAYMENTS)
        case = do(complaint, "charge", officer)
        self.refused(case, "pay", System("officer"))
        self.refused(case, "pay", System("weather"))

    def test_an_action_of_another_state_is_refused(self, complaint, officer):
        self.refused(complaint, "resolve", officer, UnknownOutcome)

    def test_the_reason_must_be_given(self, complaint, officer):
        self.refused(complaint, "reject", officer, ReasonMissing)
        assert do(complaint, "reject", officer, reason="Not ours").state == CaseState.REFUSED

    def test_what_a_colleague_has_taken(self, complaint, officer, second_officer):
        claim(item_id=stay(complaint).pk, by=officer)
        self.refused(complaint, "assign", second_officer, NotYours)
        release(item_id=stay(complaint).pk, by=officer)
        assert do(complaint, "assign", second_officer).stands_at == "assigned"

    def test_the_deputy_of_who_has_taken_it(self, complaint, officer, second_officer, licensing):
        claim(item_id=stay(complaint).pk, by=officer)
        hour = timedelta(hours=1)
        Absence.objects.create(
            department=licensing,
            person=officer,
            deputy=second_officer,
            starts_at=now() - hour,
            ends_at=now() + hour,
        )
        case = do(complaint, "assign", second_officer)
        assert case.data["done_by"]["filed"] == [second_officer.pk, officer.pk]

    def test_the_second_time_and_too_late(self, complaint, officer, second_officer):
        item = stay(complaint).pk
        act(item_id=item, action="assign", by=officer)
        with pytest.raises(AlreadyDecided) as refused:
            act(item_id=item, action="assign", by=second_officer)
        assert refused.value.by_name == "Ola Berg"
        with pytest.raises(AlreadyDecided):
            act(item_id=item, action="assign", by=officer)
        assert visits(complaint, "assigned") == ["NEW"]
        assert verbs(complaint).count("work.refused") == 2

    def test_the_applicant_is_not_told_the_name_of_who_was_first(self, complaint, officer, citizen):
        item = stay(complaint).pk
        act(item_id=item, action="assign", by=officer)
        with pytest.raises(AlreadyDecided) as refused:
            act(item_id=item, action="comment", by=citizen)
        assert refused.value.by_name == ""

    def test_what_is_no_state(self, running, clerk):
        case = running(task("check", accept="done"))
        with pytest.raises(NotOpen):
            act(item_id=stay(case).pk, action="accept", by=clerk)


class TestStaying:
    """An action that leads back to its own state."""

    def test_the_time_goes_on_and_is_not_won(self, complaint, citizen):
        before = stay(complaint)
        case = do(complaint, "comment", citizen, reason="Please hurry")
        after = stay(case)
        assert (after.node_key, after.due_at) == ("filed", before.due_at)
        assert after.pk != before.pk
        running = Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None)
        assert [deadline.work_item_id for deadline in running] == [after.pk]

    def test_whoever_has_it_keeps_it(self, complaint, officer, citizen):
        claim(item_id=stay(complaint).pk, by=officer)
        for by in (citizen, officer, citizen):
            complaint = do(complaint, "comment", by)
            assert stay(complaint).owner == officer

    def test_time_is_over_once(self, complaint, citizen):
        case = do(complaint, "comment", citizen)
        assert let_pass(case, "filed") is True
        assert let_pass(case, "filed") is False
        assert (stay(case).node_key, verbs(case).count("work.late")) == ("filed", 1)


class TestPayment:
    """The applicant or another system brings the case on; meanwhile the clock stands still."""

    @pytest.fixture
    def unpaid(self, complaint, officer) -> Case:
        return do(complaint, "charge", officer)

    def test_it_is_shown_and_the_clock_stands(self, unpaid, officer):
        assert (unpaid.state, stay(unpaid).kind) == (CaseState.WAITING_FOR_PAYMENT, "applicant")
        assert unpaid.paused_at is not None
        case = do(unpaid, "waive", officer)
        assert (case.paused_at, case.state) == (None, CaseState.BEING_CHECKED)

    def test_the_applicant_pays(self, unpaid, citizen):
        assert do(unpaid, "pay", citizen).stands_at == "assigned"

    def test_a_system_says_that_it_was_paid(self, unpaid):
        case = do(unpaid, "pay", PAYMENTS)
        row = [row for row in history(case.chain) if row.verb == "work.decided"][-1]
        assert (row.actor, json.loads(row.details)["system"]) == (None, "payments")

    def test_without_payment_it_lapses_once(self, unpaid, citizen):
        assert let_pass(unpaid, "unpaid") is True
        assert let_pass(unpaid, "unpaid") is False
        unpaid.refresh_from_db()
        assert (unpaid.state, unpaid.stands_at) == (CaseState.EXPIRED, "lapsed")


class TestAfterTheEnd:
    """What can be done when the case has ended."""

    @pytest.fixture
    def resolved(self, complaint, officer) -> Case:
        return do(do(complaint, "assign", officer), "resolve", officer)

    def test_it_waits_for_nobody(self, resolved):
        item = stay(resolved)
        assert (item.kind, item.due_at) == ("after", None)
        assert not Deadline.objects.filter(case=resolved, fired_at=None, cancelled_at=None).exists()

    def test_it_is_opened_again(self, resolved, citizen):
        case = do(resolved, "reopen", citizen, reason="Still broken")
        assert (case.finished, case.outcome, case.stands_at) == (None, "", "filed")
        assert case.status == "NEW"
        assert "case.taken_up" in verbs(case)
        assert stay(case).due_at is not None

    def test_another_end_does_not_move_the_day_of_the_end(self, resolved, citizen):
        case = do(resolved, "rate", citizen)
        assert (case.stands_at, case.finished, case.state) == ("rated", resolved.finished, "approved")
        assert not WorkItem.objects.filter(process=case, finished=None).exists()


def test_a_crash_in_the_middle_leaves_the_state_as_it_was(complaint, officer):
    before = stay(complaint).pk
    with pytest.raises(ConnectionError), unit():
        act(item_id=before, action="assign", by=officer)
        raise ConnectionError
    complaint.refresh_from_db()
    assert (stay(complaint).pk, complaint.stands_at) == (before, "filed")
    assert do(complaint, "assign", officer).stands_at == "assigned"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(complaint, officer, second_officer):
    item, gate = stay(complaint).pk, threading.Barrier(2)
    told: list[str] = []

    def press(by: User, key: str) -> None:
        gate.wait()
        try:
            act(item_id=item, action=key, by=by, reason="x")
            told.append("done")
        except AlreadyDecided as refused:
            told.append(refused.by_name)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=pair)
        for pair in ((officer, "assign"), (second_officer, "reject"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = WorkItem.objects.get(pk=item).owner
    assert sorted(told) == sorted(["done", winner.name])
    assert WorkItem.objects.filter(process=complaint, finished=None).count() == 1


def test_a_role_that_was_taken_away_counts_no_more(
    complaint: Case, officer: User, licensing: Department, administrator: User, complaints: Service
) -> None:
    from_now = officer.groups.all()
    officer.groups.remove(*from_now)
    again = User.objects.get(pk=officer.pk)
    assert not may(again, Permission.VIEW_CASE, licensing.pk)
    with pytest.raises(AccessRefused):
        act(item_id=stay(complaint).pk, action="assign", by=again)
