"""Changing the course of a case: undo, move, cancel, reopen, archive."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from viewflow.workflow import STATUS

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused, forget, grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents.models import Certificate
from engine.messages.models import Letter
from workflows import services
from workflows.course_refusals import CourseRefused
from workflows.jobs import run_job
from workflows.models import Case, CaseState, WorkItem
from workflows.selectors.case_list import case_list
from workflows.selectors.cases import case_view
from workflows.selectors.course import offered_changes, steps_to_move_to
from workflows.selectors.queue import queue
from workflows.services.refusals import SamePerson

pytestmark = pytest.mark.django_db
ItemAt = Callable[[Case, str], int]


@pytest.fixture
def checked(licence_case: Case, clerk: User, item_at: ItemAt) -> Case:
    """A case that the clerk has checked and accepted; it waits for the approval."""
    services.decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    return Case.objects.get(pk=licence_case.pk)


def last_entry(case: Case) -> tuple[str, Any, dict[str, Any]]:
    """What the record says last."""
    entry = AuditEntry.objects.filter(chain=case.chain).order_by("-position")[0]
    return entry.verb, entry.actor, json.loads(entry.details)


def open_steps(case: Case) -> list[str]:
    """Where the case is."""
    return sorted(WorkItem.objects.filter(process=case, finished=None).values_list("node_key", flat=True))


def test_the_last_step_is_undone_and_waits_for_who_ended_it(
    checked: Case, clerk: User, second_clerk: User, supervisor: User, item_at: ItemAt
) -> None:
    decided = WorkItem.objects.get(process=checked, node_key="check")
    again = services.undo_last_step(reference=checked.reference, by=supervisor)
    assert open_steps(checked) == ["check"]
    assert (again.owner, again.status, again.due_at is not None) == (clerk, STATUS.ASSIGNED, True)
    assert last_entry(checked) == ("work.undone", supervisor, {"node": "check"})
    checked.refresh_from_db()
    assert ("check" in checked.data["work"], checked.data["done_by"]["check"]) == (False, [])
    decided.refresh_from_db()
    assert (decided.status, decided.data["undone"]) == (STATUS.CANCELED, True)
    letter = Letter.objects.get(kind="case.undone")
    assert letter.recipient == clerk
    assert "Leila" not in letter.text
    services.decide(item_id=again.pk, by=clerk, outcome="accept")
    with pytest.raises(SamePerson):  # the second decision counts as the first did
        services.claim(item_id=item_at(checked, "approve"), by=promoted(clerk))


def promoted(clerk: User) -> User:
    """The clerk, who is a supervisor too."""
    grant_role(clerk, Role.SUPERVISOR, Department.objects.get(key="licensing"))
    forget(clerk)
    return clerk


def test_who_ended_a_step_undoes_it_for_ten_minutes(checked: Case, clerk: User, second_clerk: User) -> None:
    assert offered_changes(clerk, checked) == ["undo"]
    with pytest.raises(AccessRefused):
        services.undo_last_step(reference=checked.reference, by=second_clerk)
    decided = WorkItem.objects.filter(process=checked, node_key="check")
    decided.update(finished=timezone.now() - timedelta(minutes=11))
    assert offered_changes(clerk, checked) == []
    with pytest.raises(AccessRefused):
        services.undo_last_step(reference=checked.reference, by=clerk)
    decided.update(finished=timezone.now())
    services.undo_last_step(reference=checked.reference, by=clerk)
    assert not Letter.objects.filter(kind="case.undone").exists()


def test_what_was_sent_since_cannot_be_taken_back(checked: Case, supervisor: User) -> None:
    sent = checked.flow_class.step("tell_received")
    passed = WorkItem.objects.filter(process=checked, node_key="needs_visit")
    passed.update(node_key=sent.node_key, flow_task=sent)
    with pytest.raises(CourseRefused) as refused:
        services.undo_last_step(reference=checked.reference, by=supervisor)
    assert refused.value.code == "went_on"
    assert open_steps(checked) == ["approve"]


def test_an_ended_case_is_not_undone(
    licence_case: Case, clerk: User, supervisor: User, item_at: ItemAt
) -> None:
    services.decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="refuse", reason="x")
    while jobs := WorkItem.objects.filter(process=licence_case, status=STATUS.SCHEDULED):
        run_job(jobs[0].pk)
    with pytest.raises(CourseRefused, match="has ended"):
        services.undo_last_step(reference=licence_case.reference, by=supervisor)


def test_a_question_to_the_applicant_is_taken_back_and_nothing_is_undone_twice(
    licence_case: Case, clerk: User, supervisor: User, item_at: ItemAt
) -> None:
    services.decide(
        item_id=item_at(licence_case, "check"), by=clerk, outcome="return", return_fields=["plan"], note="x"
    )
    assert Case.objects.get(pk=licence_case.pk).paused_at is not None
    services.undo_last_step(reference=licence_case.reference, by=supervisor)
    case = Case.objects.get(pk=licence_case.pk)
    assert (open_steps(case), case.state, case.paused_at) == (["check"], CaseState.BEING_CHECKED, None)
    with pytest.raises(CourseRefused) as refused:
        services.undo_last_step(reference=case.reference, by=supervisor)
    assert refused.value.code == "nothing_done"


def test_a_case_is_moved_to_a_step_and_what_was_open_is_cancelled(
    licence_case: Case, clerk: User, supervisor: User, administrator: User, item_at: ItemAt
) -> None:
    services.claim(item_id=item_at(licence_case, "check"), by=clerk)
    keys = [key for key, _ in steps_to_move_to(licence_case, "en")]
    assert {"check", "approve"} <= set(keys)
    assert not {"applied", "correct", "needs_visit", "tell_refused"} & set(keys)
    services.move_to_step(
        reference=licence_case.reference, node_key="approve", reason="Checked on paper", by=administrator
    )
    assert open_steps(licence_case) == ["approve"]
    assert last_entry(licence_case) == ("case.moved", administrator, {"node": "approve"})
    assert Letter.objects.get(kind="case.moved").recipient == clerk
    services.decide(item_id=item_at(licence_case, "approve"), by=supervisor, outcome="approve")
    for key in ("nowhere", "needs_visit", "applied"):
        with pytest.raises(CourseRefused, match="cannot be moved"):
            services.move_to_step(
                reference=licence_case.reference, node_key=key, reason="x", by=administrator
            )
    with pytest.raises(CourseRefused, match="Enter a reason"):
        services.move_to_step(reference=licence_case.reference, node_key="check", reason=" ", by=supervisor)


def test_a_step_that_a_worker_does_now_is_waited_for(licence_case: Case, supervisor: User) -> None:
    WorkItem.objects.filter(process=licence_case, node_key="check").update(
        status=STATUS.STARTED, lease_until=timezone.now() + timedelta(minutes=1)
    )
    for act in (services.cancel_case, services.move_to_step):
        more = {"node_key": "approve"} if act is services.move_to_step else {}
        with pytest.raises(CourseRefused) as refused:
            act(reference=licence_case.reference, reason="x", by=supervisor, **more)
        assert refused.value.code == "running"


def test_a_case_is_cancelled_with_a_reason_for_the_applicant_and_reopened(
    licence_case: Case, supervisor: User, citizen: User, clerk: User, item_at: ItemAt
) -> None:
    services.cancel_case(reference=licence_case.reference, reason="Sent twice", by=supervisor)
    case = Case.objects.get(pk=licence_case.pk)
    assert (case.state, open_steps(case), queue(clerk).rows) == (CaseState.CANCELLED, [], [])
    letter = Letter.objects.get(kind="case.cancelled")
    assert (letter.recipient, "Sent twice" in letter.text) == (citizen, True)
    assert last_entry(case) == ("case.cancelled", supervisor, {})
    with pytest.raises(CourseRefused, match="has ended"):
        services.cancel_case(reference=case.reference, reason="again", by=supervisor)
    assert offered_changes(supervisor, case) == ["reopen", "archive"]
    services.reopen_case(reference=case.reference, node_key="check", reason="Not twice", by=supervisor)
    case.refresh_from_db()
    assert (case.finished, case.outcome, case.state) == (None, "", CaseState.BEING_CHECKED)
    assert open_steps(case) == ["check"]
    assert "Not twice" in Letter.objects.get(kind="case.reopened").text
    with pytest.raises(CourseRefused, match="has not ended"):
        services.reopen_case(reference=case.reference, node_key="check", reason="x", by=supervisor)
    services.decide(item_id=item_at(case, "check"), by=clerk, outcome="accept")


def test_neither_a_withdrawn_case_nor_one_with_a_certificate_is_reopened(
    licence_case: Case, supervisor: User, citizen: User
) -> None:
    services.withdraw(reference=licence_case.reference, by=citizen)
    with pytest.raises(CourseRefused, match="only the applicant"):
        services.reopen_case(reference=licence_case.reference, node_key="check", reason="x", by=supervisor)
    Case.objects.filter(pk=licence_case.pk).update(state=CaseState.APPROVED)
    issued = Certificate.objects.create(
        department=licence_case.department,
        kind="licence",
        number="TL-1",
        code="AAAA-AAAA",
        idempotency_key="x",
        case_reference=licence_case.reference,
        holder_masked="L",
        state=Certificate.State.PREPARING,
        title={"en": "Licence"},
        issued_at=timezone.now(),
        valid_from=timezone.now().date(),
    )
    with pytest.raises(CourseRefused, match="Revoke it first"):
        services.reopen_case(reference=licence_case.reference, node_key="check", reason="x", by=supervisor)
    issued.delete()
    services.reopen_case(reference=licence_case.reference, node_key="check", reason="x", by=supervisor)


def test_an_ended_case_is_archived_and_comes_back(licence_case: Case, supervisor: User, clerk: User) -> None:
    with pytest.raises(CourseRefused, match="has not ended"):
        services.archive_case(reference=licence_case.reference, by=supervisor)
    services.cancel_case(reference=licence_case.reference, reason="x", by=supervisor)
    for _ in range(2):
        services.archive_case(reference=licence_case.reference, by=supervisor)
    assert (case_list(clerk).lines, len(case_list(clerk, archived=True).lines)) == ([], 1)
    assert case_view(clerk, licence_case.reference).case.archived_at is not None
    with pytest.raises(CourseRefused, match="archived"):
        services.reopen_case(reference=licence_case.reference, node_key="check", reason="x", by=supervisor)
    services.unarchive_case(reference=licence_case.reference, by=supervisor)
    assert len(case_list(clerk).lines) == 1
    verbs = AuditEntry.objects.filter(chain=licence_case.chain).values_list("verb", flat=True)
    assert list(verbs).count("case.archived") == 1


def test_clerks_change_no_course(licence_case: Case, clerk: User) -> None:
    assert offered_changes(clerk, licence_case) == []
    for act, more in (
        (services.cancel_case, {"reason": "x"}),
        (services.move_to_step, {"reason": "x", "node_key": "approve"}),
        (services.archive_case, {}),
    ):
        with pytest.raises(AccessRefused):
            act(reference=licence_case.reference, by=clerk, **more)
    assert open_steps(licence_case) == ["check"]
