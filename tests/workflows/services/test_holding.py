"""Holding a case and letting it go on."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from tests.workflows.moments import set_clock
from workflows import services
from workflows.clock import forget_calendars
from workflows.deadlines import due_deadlines, fire_deadline
from workflows.models import Case, ClockEntry, Deadline, WorkItem
from workflows.services.refusals import HeldTooLong, NotHeld, NotOpen, OnHold, ReasonMissing

pytestmark = pytest.mark.django_db
LISBON = ZoneInfo("Europe/Lisbon")
TODAY = datetime.now(LISBON).date()
WHY = "The court has not ruled yet"


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Calendars of another test's departments are forgotten."""
    forget_calendars()


def test_a_clerk_holds_a_case_with_a_reason_and_lets_it_go_on(licence_case: Case, clerk: User) -> None:
    held = services.hold(reference=licence_case.reference, by=clerk, reason=f" {WHY}\n")
    assert held.held_at is not None
    assert held.paused_at == held.held_at
    entry = ClockEntry.objects.get(case=licence_case, verb="stopped")
    assert (entry.reason, entry.note, entry.by) == ("hold", WHY, clerk)
    item = WorkItem.objects.get(process=licence_case, node_key="check")
    assert item.paused_at == held.held_at
    resumed = services.resume(reference=licence_case.reference, by=clerk)
    assert (resumed.held_at, resumed.paused_at) == (None, None)
    verbs = AuditEntry.objects.filter(chain=licence_case.chain).order_by("position")
    assert list(verbs.values_list("verb", "actor"))[-2:] == [
        ("case.held", clerk.pk),
        ("case.resumed", clerk.pk),
    ]
    assert WHY not in str(list(verbs.values_list("details", flat=True)))


def test_nobody_decides_a_case_on_hold_and_it_is_not_offered(
    licence_case: Case, clerk: User, item_at: Callable[[Case, str], int]
) -> None:
    services.hold(reference=licence_case.reference, by=clerk, reason=WHY)
    with pytest.raises(OnHold):
        services.decide(item_id=item_at(licence_case, "check"), by=clerk, outcome="accept")
    assert services.claim_next(by=clerk) is None
    services.resume(reference=licence_case.reference, by=clerk)
    assert services.claim_next(by=clerk) is not None


def test_no_deadline_fires_while_the_case_is_on_hold(licence_case: Case, clerk: User) -> None:
    services.hold(reference=licence_case.reference, by=clerk, reason=WHY)
    Deadline.objects.filter(case=licence_case).update(due_at=datetime(2020, 1, 1, tzinfo=LISBON))
    assert not due_deadlines().exists()
    late = Deadline.objects.filter(case=licence_case).first()
    assert late is not None
    assert not fire_deadline(late.pk)


def test_the_case_goes_on_by_itself_when_the_department_opens_on_the_day(
    licence_case: Case, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = datetime(2026, 11, 16, 10, tzinfo=LISBON)
    set_clock(monkeypatch, monday)
    held = services.hold(reference=licence_case.reference, by=clerk, reason=WHY, until=date(2026, 11, 21))
    assert held.held_until == datetime(2026, 11, 23, 8, tzinfo=LISBON)  # the 21st is a Saturday
    deadline = Deadline.objects.get(case=licence_case, kind="hold")
    assert (deadline.due_at, deadline.paused_at) == (held.held_until, None)
    set_clock(monkeypatch, held.held_until - timedelta(seconds=1))
    assert not fire_deadline(deadline.pk)
    set_clock(monkeypatch, held.held_until)
    assert fire_deadline(deadline.pk)
    assert not fire_deadline(deadline.pk)
    licence_case.refresh_from_db()
    assert (licence_case.held_at, licence_case.held_until, licence_case.paused_at) == (None, None, None)
    assert AuditEntry.objects.get(verb="case.resumed").actor is None


def test_letting_it_go_on_before_drops_the_day(licence_case: Case, clerk: User) -> None:
    services.hold(reference=licence_case.reference, by=clerk, reason=WHY, until=TODAY + timedelta(9))
    services.resume(reference=licence_case.reference, by=clerk)
    assert not Deadline.objects.filter(case=licence_case, kind="hold", cancelled_at=None).exists()


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"until": TODAY}, HeldTooLong),
        ({"until": TODAY - timedelta(days=400)}, HeldTooLong),
        ({"until": date.max}, HeldTooLong),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    asked: dict[str, Any], refusal: type[Exception], licence_case: Case, clerk: User
) -> None:
    with pytest.raises(refusal):
        services.hold(**{"reference": licence_case.reference, "by": clerk, "reason": WHY, **asked})
    licence_case.refresh_from_db()
    assert licence_case.held_at is None
    assert not AuditEntry.objects.filter(verb="case.held").exists()


def test_twice_or_in_the_wrong_state_is_refused(licence_case: Case, clerk: User, citizen: User) -> None:
    with pytest.raises(NotHeld):
        services.resume(reference=licence_case.reference, by=clerk)
    services.hold(reference=licence_case.reference, by=clerk, reason=WHY)
    with pytest.raises(OnHold):
        services.hold(reference=licence_case.reference, by=clerk, reason=WHY)
    services.withdraw(reference=licence_case.reference, by=citizen)
    licence_case.refresh_from_db()
    assert licence_case.held_at is None
    for verb in (services.resume, lambda **who: services.hold(reason=WHY, **who)):
        with pytest.raises(NotOpen):
            verb(reference=licence_case.reference, by=clerk)


@pytest.mark.parametrize("person_named", ["foreign_clerk", "auditor", "designer"])
def test_who_does_not_work_there_is_refused(
    person_named: str, licence_case: Case, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(person_named)
    with pytest.raises(AccessRefused):
        services.hold(reference=licence_case.reference, by=user, reason=WHY)
    with pytest.raises(AccessRefused):
        services.resume(reference=licence_case.reference, by=user)
    licence_case.refresh_from_db()
    assert licence_case.held_at is None
