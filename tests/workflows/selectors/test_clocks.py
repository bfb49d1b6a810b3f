"""Why something is due when it is, in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.departments.access import AccessRefused
from engine.departments.models import User
from tests.workflows.moments import set_clock
from workflows import services
from workflows.calendar_changes import recount
from workflows.clock import forget_calendars
from workflows.models import Case, WorkItem
from workflows.selectors.clocks import Clocks, clock_history, clocks_of, lines_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Europe/Lisbon"))
DAY = timedelta(days=1)
At = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Sets the clock of the engine."""
    return lambda moment: set_clock(monkeypatch, moment)


@pytest.fixture
def case(package: dict[str, Any], publish: Any, begin: Any, at: At) -> Case:
    at(MONDAY)
    started: Case = begin(publish(package))
    return started


@pytest.fixture
def told(case: Case) -> Callable[..., Clocks]:
    """The clocks of the case as a person reads them."""

    def read(user: User, language: str = "en", current: Any = None) -> Clocks:
        items = list(WorkItem.objects.filter(process=case))
        found = Case.objects.get(pk=case.pk)
        return clocks_of(user, found, items, lines_of(found), language, current=current)

    return read


def test_each_clock_has_a_sentence_and_that_of_the_work_in_hand_is_the_first(
    told: Any, clerk: User, case: Case, open_work: Any
) -> None:
    stories = told(clerk, current=open_work(case, "check")).stories
    assert [(story.title, story.sentence) for story in stories] == [
        ("Check", "3 working days from 16 November 2026, due 19 November 2026 10:00"),
        ("Decision on the case", "10 working days from 16 November 2026, due 30 November 2026 10:00"),
        ("late", "5 working days from 16 November 2026, due 23 November 2026 10:00"),
    ]
    assert [story.is_current for story in stories] == [True, False, False]
    assert [line.text for line in stories[0].lines] == ["3 working days, due 19 November 2026 10:00"]


def test_time_that_stood_is_said_and_explained_line_by_line(
    told: Any, clerk: User, case: Case, at: At
) -> None:
    at(MONDAY + DAY)
    services.hold(reference=case.reference, by=clerk, reason="The court has not ruled yet")
    at(MONDAY + 3 * DAY)
    still = told(clerk)
    assert still.stories[0].sentence == (
        "10 working days from 16 November 2026, 2 working days stopped, the clock stands still"
    )
    assert still.stories[0].stands_still
    assert (still.hold.since, still.hold.note, still.hold.by) == (
        MONDAY + DAY,
        "The court has not ruled yet",
        clerk.get_full_name(),
    )
    services.resume(reference=case.reference, by=clerk)
    after = told(clerk)
    assert after.hold is None
    assert after.stories[0].sentence == (
        "10 working days from 16 November 2026, 2 working days stopped, due 2 December 2026 10:00"
    )
    assert [(line.text, line.by) for line in after.stories[0].lines] == [
        ("10 working days, due 30 November 2026 10:00", ""),
        ("Stopped: on hold", clerk.get_full_name()),
        ("Runs on: not on hold any more", clerk.get_full_name()),
    ]


def test_the_clock_of_the_applicant_is_not_stopped_by_their_own_question(
    told: Any, clerk: User, decide: Any, case: Case
) -> None:
    decide(case, "check", clerk, "return")
    stories = {story.title: story for story in told(clerk).stories}
    assert stories["Decision on the case"].stands_still
    assert not stories["Correct"].stands_still
    assert "Stopped" not in " ".join(line.text for line in stories["Correct"].lines)


def test_what_is_over_is_said_to_be_over(told: Any, clerk: User, at: At, case: Case) -> None:
    at(MONDAY + 30 * DAY)
    assert told(clerk).stories[0].sentence.endswith("was due 30 November 2026 10:00")


def test_a_changed_calendar_is_a_line_of_its_own(
    told: Any, clerk: User, case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    department = case.department
    department.own_days = [{"day": date(2026, 11, 20).isoformat(), "name": "Storm", "open": []}]
    department.save()
    forget_calendars()
    assert recount(case.pk)
    story = told(clerk).stories[0]
    assert story.due_at == MONDAY + 15 * DAY
    assert story.lines[-1].text == "The calendar was changed, due 1 December 2026 10:00"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "10 jours ouvrables à partir du 16 novembre 2026, échéance le 30 novembre 2026 10:00"),
        ("ar", "10 أيام عمل من 16 نوفمبر 2026، الموعد 30 نوفمبر 2026 10:00"),
    ],
)
def test_it_is_said_in_each_language(told: Any, clerk: User, language: str, sentence: str) -> None:
    assert told(clerk, language).stories[0].sentence == sentence


def test_an_ended_case_has_no_clock_but_its_ledger_stays(
    told: Any, clerk: User, decide: Any, case: Case
) -> None:
    decide(case, "check", clerk, "refuse", reason="Not allowed there")
    assert told(clerk) == Clocks([], None)
    lines = clock_history(clerk, Case.objects.get(pk=case.pk), "en")
    assert [title for title, _line in lines] == ["late", "Check", "Decision on the case"]


def test_who_does_not_work_there_reads_no_clock(told: Any, case: Case, foreign_clerk: User) -> None:
    with pytest.raises(AccessRefused):
        told(foreign_clerk)
    with pytest.raises(AccessRefused):
        clock_history(foreign_clerk, case, "en")


def test_the_number_of_queries_does_not_grow_with_the_ledger(
    told: Any, clerk: User, case: Case, at: At, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 6):
        at(MONDAY + 2 * number * DAY)
        services.hold(reference=case.reference, by=clerk, reason="Again")
        at(MONDAY + (2 * number + 1) * DAY)
        services.resume(reference=case.reference, by=clerk)
    told(clerk)
    with django_assert_max_num_queries(5):
        told(clerk)
