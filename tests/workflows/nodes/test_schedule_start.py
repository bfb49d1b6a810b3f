"""The calendar opens one case for each occurrence, whatever dies and however often it is asked."""

import threading
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from engine.departments.models import User
from engine.messages.models import Letter
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.inspections import by_calendar, by_staff, inspection
from tests.workflows.steps import open_steps
from workflows.clock import forget_calendars
from workflows.ending import withdraw_case
from workflows.models import Case, Opening, Service
from workflows.opening import open_by_calendar
from workflows.services import withdraw
from workflows.sweeps import sweep_openings
from workflows.unit import unit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def service(published) -> Service:
    return published(inspection(by_calendar()))


def days_ago(service: Service, count: int) -> None:
    """As if the sweep had not run since."""
    opening = Opening.objects.get(service=service)
    opening.due_at -= count * DAY
    opening.save()


def test_publishing_waits_for_the_next_day_in_the_calendar(service, calendar):
    due_at = Opening.objects.get(service=service).due_at
    assert now() < due_at <= now() + DAY
    assert due_at.astimezone(calendar.zone).hour == 0
    assert sweep_openings() == 0


def test_a_case_is_opened_when_the_day_has_come(service, licensing):
    days_ago(service, 1)
    assert sweep_openings() == 1
    case = Case.objects.get()
    assert open_steps(case) == ["inspect"]
    assert (case.applicant.get_full_name(), case.language) == ("Licensing Department", "en")
    assert sweep_openings() == 0


def test_each_occurrence_that_was_missed_opens_one_case(service):
    days_ago(service, 3)
    assert sum(sweep_openings() for _ in range(5)) == 3
    assert Case.objects.values("origin").distinct().count() == 3


def test_a_crash_in_the_middle_leaves_the_occurrence_to_the_next_sweep(service):
    days_ago(service, 1)
    with pytest.raises(ConnectionError), unit():
        open_by_calendar(Opening.objects.get().pk)
        raise ConnectionError
    assert not Case.objects.exists()
    assert sweep_openings() == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_open_one_case(service):
    days_ago(service, 1)
    key, opened = Opening.objects.get().pk, []

    def work() -> None:
        try:
            opened.append(open_by_calendar(key) is not None)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(opened) == [False, False, False, True]
    assert Case.objects.count() == 1


def test_a_new_version_with_the_same_calendar_goes_on_where_it_was(service, published):
    days_ago(service, 2)
    before = Opening.objects.get().due_at
    published(inspection(by_calendar(), title={"en": "Inspect markets"}))
    assert Opening.objects.get().due_at == before


def test_a_new_calendar_begins_now(service, published):
    days_ago(service, 9)
    published(inspection(by_calendar(at="12:00")))
    assert Opening.objects.get().due_at > now()


def test_a_version_without_the_start_opens_nothing_more(service, published):
    days_ago(service, 1)
    published(inspection(by_staff()))
    assert sweep_openings() == 0
    assert not Opening.objects.exists()


def test_the_time_in_which_a_service_was_archived_opens_nothing(service):
    days_ago(service, 3)
    Service.objects.filter(pk=service.pk).update(archived_at=now())
    assert sum(sweep_openings() for _ in range(4)) == 0
    Service.objects.filter(pk=service.pk).update(archived_at=None)
    assert sweep_openings() == 0


def test_a_day_that_became_a_holiday_opens_nothing(published, licensing, calendar):
    service = published(inspection(by_calendar(when_closed="skip")))
    day = calendar.shift_day(now().astimezone(calendar.zone).date(), -1)
    due_at = datetime.combine(day, time(), calendar.zone)
    Opening.objects.filter(service=service).update(due_at=due_at)
    licensing.own_days = [{"day": day.isoformat(), "name": "A holiday"}]
    licensing.save()
    forget_calendars()
    assert sweep_openings() == 0
    assert Opening.objects.get(service=service).due_at > due_at


def test_a_case_that_the_calendar_opened_can_be_cancelled(service, clerk):
    days_ago(service, 1)
    sweep_openings()
    case = Case.objects.get()
    with pytest.raises(Case.DoesNotExist):  # it is nobody's application
        withdraw(reference=case.reference, by=clerk)
    withdraw_case(case.pk)
    assert open_steps(case) == []


def test_nobody_can_sign_in_as_the_department_and_no_letter_is_written_to_it(published):
    tell = {"key": "tell", "type": "send_message", "message": "opened", "next": "inspect"}
    package = inspection({**by_calendar(), "next": "tell"})
    package["workflow"]["nodes"].append(tell)
    package["messages"] = {"opened": {"subject": "Opened", "body": "Dear {applicant}"}}
    days_ago(published(package), 1)
    assert sweep_openings() == 1
    account = User.objects.get(email="licensing@departments.invalid")
    assert (account.is_active, account.has_usable_password(), account.is_department) == (False, False, True)
    assert not Letter.objects.exists()
