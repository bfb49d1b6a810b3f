"""What no event wakes up."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from engine.departments.models import User
from engine.messages.models import Letter
from forms_library.answers import PageResult
from tests.workflows.published import *  # noqa: F403
from workflows.models import Case, CaseState, Deadline, Draft, Service, WorkItem
from workflows.schedule import SCHEDULE
from workflows.services import decide, save_page, start_draft
from workflows.sweeps import check_cases, sweep_deadlines, sweep_drafts, sweep_jobs

pytestmark = pytest.mark.django_db


def test_a_correction_that_nobody_answers_ends_the_case(
    licence_case: Case, item_at: Callable[[Case, str], int], clerk: User
) -> None:
    decide(
        item_id=item_at(licence_case, "check"), by=clerk, outcome="return", return_fields=["plan"], note="x"
    )
    assert sweep_deadlines() == 0
    Deadline.objects.filter(case=licence_case, cancelled_at=None).update(
        due_at=timezone.now(), paused_at=None
    )
    assert sweep_deadlines() == 1
    assert sweep_deadlines() == 0
    licence_case.refresh_from_db()
    assert licence_case.state == CaseState.EXPIRED


def test_a_late_check_is_said_to_the_applicant_and_goes_on(licence_case: Case) -> None:
    Deadline.objects.filter(case=licence_case).update(due_at=timezone.now())
    assert sweep_deadlines() == 1
    assert Letter.objects.filter(kind="trade-licence:delay").count() == 1
    assert WorkItem.objects.filter(process=licence_case, node_key="check", finished=None).exists()


def test_a_step_that_never_reached_a_worker_is_run(
    licence_case: Case,
    item_at: Callable[[Case, str], int],
    clerk: User,
    supervisor: User,
    administrator: User,
) -> None:
    decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    decide(item_id=item_at(licence_case, "approve"), by=supervisor, outcome="approve")
    decide(item_id=item_at(licence_case, "approve_head"), by=administrator, outcome="approve")
    assert sweep_jobs() == 0
    WorkItem.objects.filter(node_key="licence").update(wake_at=timezone.now() - timedelta(minutes=5))
    sweep_jobs()
    assert WorkItem.objects.get(node_key="licence").attempts == 1


def test_people_are_reminded_once_before_a_draft_ends(citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "fr")
    Draft.objects.filter(pk=draft.pk).update(expires_at=timezone.now() + timedelta(days=3))
    assert sweep_drafts() == 0
    assert sweep_drafts() == 0
    letter = Letter.objects.get(recipient=citizen)
    assert (letter.subject, letter.language) == ("Votre demande n’est pas encore envoyée", "fr")
    draft.refresh_from_db()
    save_page(draft, "premises", PageResult({"tenure": "own"}, {}, []), revision=draft.revision)
    Draft.objects.filter(pk=draft.pk).update(expires_at=timezone.now() + timedelta(days=5))
    sweep_drafts()
    assert Letter.objects.filter(recipient=citizen).count() == 2


def test_a_draft_whose_time_is_over_is_removed_and_others_stay(
    citizen: User, licence: Service, licence_case: Case
) -> None:
    ended = start_draft(citizen, licence, "en")
    Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert sweep_drafts() == 1
    assert not Draft.objects.filter(pk=ended.pk).exists()
    assert Draft.objects.filter(submitted_case=licence_case).exists()


def test_a_step_that_failed_for_good_is_reported(licence_case: Case) -> None:
    assert check_cases() == []
    WorkItem.objects.filter(process=licence_case, node_key="check").update(status="ERROR")
    assert check_cases() == [f"failed: {licence_case.reference} at check"]


def test_the_schedule_names_tasks_that_exist_and_run() -> None:
    for entry in SCHEDULE.values():
        room, _dot, name = str(entry["task"]).rpartition(".")
        task = getattr(import_module(room), name)
        assert task.name == entry["task"]
        task()
