"""Repairing failed steps, and finding cases that are stuck."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.departments.roles import Role
from workflows import services
from workflows.firing import STUCK_AFTER
from workflows.models import Case, CaseNote, CaseState, Deadline, Submission, WorkItem, WorkKind
from workflows.selectors.repairs import failed_steps, stuck_cases
from workflows.services.refusals import AnswersRefused, GoesOn, NotFailed, ReasonMissing

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(licence_case: Case) -> int:
    """A certificate that could not be signed: the case waits for it alone."""
    WorkItem.objects.filter(process=licence_case, finished=None).update(
        status=STATUS.CANCELED, finished=now()
    )
    item = WorkItem.objects.get(process=licence_case, node_key="tell_received")
    data = {"error": "no_key", "failed_at": "2026-11-29T10:00:00+00:00"}
    lost = {
        "flow_task": licence_case.flow_class.step("licence"),
        "node_key": "licence",
        "kind": WorkKind.SYSTEM,
    }
    WorkItem.objects.filter(pk=item.pk).update(
        status=STATUS.ERROR, finished=None, attempts=6, data=data, **lost
    )
    return item.pk


@pytest.fixture
def foreign_administrator(person: Any, registry: Department) -> User:
    """Who administers another department."""
    administrator: User = person("Otto Lang", Role.ADMINISTRATOR, registry)
    return administrator


def last_entry(case: Case) -> AuditEntry:
    """What the record says last."""
    return AuditEntry.objects.filter(chain=case.chain).order_by("-position")[0]


def test_a_failed_step_is_listed_with_its_reason_and_attempts(
    failed: int, licence_case: Case, administrator: User, foreign_clerk: User, supervisor: User
) -> None:
    (line,) = failed_steps(administrator, "en")
    assert (line.item_id, line.reference) == (failed, licence_case.reference)
    assert (line.error, line.attempts, line.at is not None) == ("no_key", 6, True)
    for stranger in (foreign_clerk, supervisor):
        assert failed_steps(stranger, "en") == []


def test_a_failed_step_is_tried_again_once(failed: int, licence_case: Case, administrator: User) -> None:
    services.retry_step(item_id=failed, by=administrator)
    item = WorkItem.objects.get(pk=failed)
    assert (item.status, item.attempts) == (STATUS.SCHEDULED, 0)
    entry = last_entry(licence_case)
    assert (entry.verb, entry.actor) == ("work.retried", administrator)
    with pytest.raises(NotFailed):
        services.retry_step(item_id=failed, by=administrator)


def test_a_failed_step_is_skipped_with_a_reason_and_the_case_goes_on(
    failed: int, licence_case: Case, administrator: User
) -> None:
    with pytest.raises(ReasonMissing):
        services.skip_step(item_id=failed, reason=" ", by=administrator)
    services.skip_step(item_id=failed, reason="Told by telephone", by=administrator)
    item = WorkItem.objects.get(pk=failed)
    assert (item.status, item.data["skipped"]) == (STATUS.DONE, "Told by telephone")
    following = WorkItem.objects.filter(process=licence_case, pk__gt=failed).values_list(
        "node_key", flat=True
    )
    assert "tell_approved" in following
    entry = last_entry(licence_case)
    assert (entry.verb, "telephone" in json.dumps(entry.details)) == ("work.skipped", False)
    with pytest.raises(NotFailed):
        services.skip_step(item_id=failed, reason="again", by=administrator)


def test_only_administrators_of_the_department_repair(
    failed: int, clerk: User, supervisor: User, foreign_clerk: User
) -> None:
    for stranger in (clerk, supervisor, foreign_clerk):
        with pytest.raises(AccessRefused):
            services.retry_step(item_id=failed, by=stranger)
        with pytest.raises(AccessRefused):
            services.skip_step(item_id=failed, reason="x", by=stranger)
    assert WorkItem.objects.get(pk=failed).status == STATUS.ERROR


def test_cases_that_nothing_moves_and_that_have_no_workflow_are_found(
    licence_case: Case, clerk: User, administrator: User, foreign_clerk: User
) -> None:
    assert stuck_cases(administrator) == []
    WorkItem.objects.filter(process=licence_case, finished=None).update(
        status=STATUS.CANCELED, finished=now()
    )
    (line,) = stuck_cases(administrator)
    assert (line.reference, line.why) == (licence_case.reference, "nothing_open")
    assert stuck_cases(foreign_clerk) == []
    lose_the_workflow(licence_case)
    (line,) = stuck_cases(administrator)
    assert (line.reference, line.why) == (licence_case.reference, "no_definition")


def whys(user: User) -> dict[str, tuple[str, str]]:
    """Why each case is listed, and what it is about."""
    return {line.reference: (line.why, line.about) for line in stuck_cases(user)}


def test_a_deadline_that_fails_again_and_again_is_listed(
    licence_case: Case, clerk: User, administrator: User, foreign_clerk: User, foreign_administrator: User
) -> None:
    Deadline.objects.create(
        case=licence_case, node_key="late", kind="deadline", due_at=now(), attempts=STUCK_AFTER
    )
    assert whys(administrator) == {licence_case.reference: ("deadline", "")}
    assert whys(foreign_clerk) == whys(foreign_administrator) == {}
    Deadline.objects.update(fired_at=now())
    assert whys(administrator) == {}


def test_a_case_that_failed_is_listed_until_it_is_archived(
    licence_case: Case, clerk: User, administrator: User, foreign_clerk: User, foreign_administrator: User
) -> None:
    Case.objects.filter(pk=licence_case.pk).update(state=CaseState.FAILED, finished=now())
    assert whys(administrator) == {licence_case.reference: ("ended_failed", "")}
    assert whys(foreign_clerk) == whys(foreign_administrator) == {}
    services.archive_case(reference=licence_case.reference, by=administrator)
    assert whys(administrator) == {}


def test_work_for_a_role_that_nobody_has_is_listed(
    licence_case: Case, clerk: User, administrator: User, foreign_clerk: User, foreign_administrator: User
) -> None:
    open_work = WorkItem.objects.filter(process=licence_case, node_key="check")
    open_work.update(role="surveyor", other_roles=["geologist"])
    assert whys(administrator) == {licence_case.reference: ("nobody", "surveyor")}
    assert whys(foreign_clerk) == whys(foreign_administrator) == {}
    open_work.update(other_roles=["administrator"])
    assert whys(administrator) == {}


def test_what_waits_for_a_message_that_did_not_fit_is_listed(
    licence_case: Case, clerk: User, administrator: User, foreign_clerk: User, foreign_administrator: User
) -> None:
    waiting = WorkItem.objects.filter(process=licence_case, node_key="check")
    waiting.update(kind=WorkKind.EVENT, data={"error": "not_there"})
    assert whys(administrator) == {licence_case.reference: ("unread", "not_there")}
    assert whys(foreign_clerk) == whys(foreign_administrator) == {}
    waiting.update(data={"error": "no_key"})
    assert whys(administrator)[licence_case.reference][0] == "no_key"


def test_the_list_costs_the_same_for_many_cases(
    licence_case: Case, administrator: User, django_assert_max_num_queries: Any
) -> None:
    open_work = WorkItem.objects.filter(process=licence_case, node_key="check")
    open_work.update(role="surveyor")
    with CaptureQueriesContext(connection) as for_one:
        stuck_cases(administrator)
    for number in range(5):
        twin = Case.objects.get(pk=licence_case.pk)
        twin.pk = None
        twin.reference = f"TL-2030-00000{number}"
        twin._state.adding = True
        twin.save()
    with django_assert_max_num_queries(len(for_one)):
        assert len(stuck_cases(administrator)) == 6


def lose_the_workflow(case: Case) -> None:
    """The case refers to a version that this release does not have."""

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflows_case SET flow_class='workflows/flows.S999_V9' WHERE id=%s", [case.pk]
        )


def test_answers_of_a_case_that_cannot_go_on_are_put_right_and_the_record_masks_what_is_personal(
    failed: int, licence_case: Case, administrator: User, supervisor: User
) -> None:
    right = {"business_name": "Green Basket Limited", "applicant_national_id": "880202114489"}
    reference = licence_case.reference
    for given, reason, why in (
        (right, " ", ReasonMissing),
        ({"people_working": -1}, "x", AnswersRefused),
    ):
        with pytest.raises(why):
            services.mend_answers(reference=reference, given=given, reason=reason, by=administrator)
    with pytest.raises(AccessRefused):
        services.mend_answers(reference=reference, given=right, reason="x", by=supervisor)

    services.mend_answers(reference=reference, given=right, reason="Typed wrongly", by=administrator)
    case = Case.objects.get(pk=licence_case.pk)
    assert {key: case.answers[key] for key in right} == right
    sent = Submission.objects.filter(case=case).order_by("number")
    assert [each.answers["business_name"] for each in sent] == ["Green Basket Ltd", "Green Basket Limited"]
    assert (sent[1].by, sorted(sent[1].changed)) == (administrator, sorted(right))
    entry = last_entry(case)
    assert (entry.verb, entry.actor) == ("case.answers_mended", administrator)
    assert json.loads(entry.details)["values"] == {
        "business_name": ["Green Basket Ltd", "Green Basket Limited"],
        "applicant_national_id": ["••••••", "••••••"],
    }
    assert CaseNote.objects.get(case=case).text == "Typed wrongly"
    services.retry_step(item_id=failed, by=administrator)
    with pytest.raises(GoesOn):
        services.mend_answers(reference=reference, given={"trade": "goods"}, reason="x", by=administrator)
    Case.objects.filter(pk=case.pk).update(finished=now(), state=CaseState.FAILED)
    again = {"business_name": "Green Basket Ltd"}
    services.mend_answers(reference=reference, given=again, reason="x", by=administrator)
