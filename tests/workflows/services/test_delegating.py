"""Handing work on, and doing the work of who is away."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from engine.audit.absences import announce_absence
from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused, forget, grant_role
from engine.departments.models import Absence, Department, User
from engine.departments.roles import Role
from engine.messages.models import Letter
from workflows import services
from workflows.models import Case, WorkItem
from workflows.selectors.cases import case_view
from workflows.selectors.queue import queue
from workflows.services.refusals import AlreadyDecided, HandedBack, HandedTooOften, NotYours, SamePerson

pytestmark = pytest.mark.django_db
ItemAt = Callable[[Case, str], int]
Away = Callable[[User, User], Absence]


@pytest.fixture
def taken(licence_case: Case, clerk: User, item_at: ItemAt) -> int:
    """A step that the clerk has taken."""
    item_id = item_at(licence_case, "check")
    services.claim(item_id=item_id, by=clerk)
    return item_id


@pytest.fixture
def approval(taken: int, licence_case: Case, clerk: User, supervisor: User, item_at: ItemAt) -> int:
    """The approval of a case that the clerk has checked, taken by the supervisor."""
    services.decide(item_id=taken, by=clerk, outcome="accept")
    item_id = item_at(licence_case, "approve")
    services.claim(item_id=item_id, by=supervisor)
    return item_id


@pytest.fixture
def promoted(clerk: User, licensing: Department) -> User:
    """The clerk, who is a supervisor too."""
    grant_role(clerk, Role.SUPERVISOR, licensing)
    return clerk


@pytest.fixture
def away(licensing: Department) -> Away:
    """Somebody is away from now on."""

    def make(person: User, deputy: User) -> Absence:
        now = timezone.now() - timedelta(minutes=1)
        return announce_absence(
            person=person,
            deputy=deputy,
            department=licensing,
            starts_at=now,
            ends_at=now + timedelta(days=3),
            by=person,
        )

    return make


def last_entry(case: Case) -> tuple[str, Any, dict[str, Any]]:
    """What the record says last."""
    entry = AuditEntry.objects.filter(chain=case.chain).order_by("-position")[0]
    return entry.verb, entry.actor, json.loads(entry.details)


def test_work_is_handed_on_with_a_letter_and_both_names(
    taken: int, licence_case: Case, clerk: User, second_clerk: User
) -> None:
    services.delegate(item_id=taken, to=second_clerk, by=clerk)
    assert WorkItem.objects.get(pk=taken).owner == second_clerk
    assert last_entry(licence_case) == ("work.delegated", clerk, {"node": "check", "to": second_clerk.pk})
    letter = Letter.objects.get(recipient=second_clerk)
    assert letter.subject == f"Noor Amari hands you work on {licence_case.reference}"
    assert "Leila" not in letter.text
    event = case_view(clerk, licence_case.reference).timeline[0]
    assert (event.verb, event.who, event.whom) == ("work.delegated", "Noor Amari", "Karim Bello")


def test_handing_on_ends_after_three_and_never_goes_back(
    taken: int,
    clerk: User,
    second_clerk: User,
    supervisor: User,
    second_supervisor: User,
    person: Callable[..., User],
    licensing: Department,
) -> None:
    services.delegate(item_id=taken, to=second_clerk, by=clerk)
    with pytest.raises(HandedBack):
        services.delegate(item_id=taken, to=clerk, by=second_clerk)
    services.delegate(item_id=taken, to=supervisor, by=second_clerk)
    services.delegate(item_id=taken, to=second_supervisor, by=supervisor)
    with pytest.raises(HandedTooOften):
        services.delegate(item_id=taken, to=person("One More", Role.CLERK, licensing), by=second_supervisor)
    services.assign(item_id=taken, to=clerk, by=supervisor)
    services.delegate(item_id=taken, to=second_clerk, by=clerk)  # a supervisor begins anew
    assert Letter.objects.filter(recipient=second_clerk).count() == 2


def test_only_the_own_work_is_handed_on_and_only_to_who_may_do_it(
    taken: int, clerk: User, second_clerk: User, foreign_clerk: User, citizen: User
) -> None:
    with pytest.raises(NotYours):
        services.delegate(item_id=taken, to=second_clerk, by=second_clerk)
    with pytest.raises(AccessRefused):
        services.delegate(item_id=taken, to=clerk, by=foreign_clerk)
    for stranger in (foreign_clerk, citizen):
        with pytest.raises(AccessRefused):
            services.delegate(item_id=taken, to=stranger, by=clerk)
    assert WorkItem.objects.get(pk=taken).owner == clerk
    assert not Letter.objects.filter(kind="work.delegated").exists()


def test_work_that_is_done_is_not_handed_on(taken: int, clerk: User, second_clerk: User) -> None:
    services.decide(item_id=taken, by=clerk, outcome="accept")
    with pytest.raises(AlreadyDecided):
        services.delegate(item_id=taken, to=second_clerk, by=clerk)


def test_an_approval_is_not_handed_to_who_checked_the_case(
    approval: int, promoted: User, supervisor: User
) -> None:
    with pytest.raises(SamePerson):
        services.delegate(item_id=approval, to=promoted, by=supervisor)
    assert WorkItem.objects.get(pk=approval).owner == supervisor


def test_a_deputy_finds_the_work_under_mine_and_does_it_for_both(
    taken: int, licence_case: Case, clerk: User, second_clerk: User, away: Away
) -> None:
    assert queue(second_clerk, view="mine").rows == []
    away(clerk, second_clerk)
    (row,) = queue(second_clerk, view="mine").rows
    assert (row.item_id, row.assigned_to, row.standing_in) == (taken, "Noor Amari", True)
    assert queue(second_clerk, view="mine").counts["mine"] == 1
    actions = case_view(second_clerk, licence_case.reference).actions
    assert (actions.is_mine, actions.instead_of, bool(actions.choices)) == (True, "Noor Amari", True)
    services.decide(item_id=taken, by=second_clerk, outcome="accept")
    item = WorkItem.objects.get(pk=taken)
    assert (item.owner, item.data["instead_of"]) == (second_clerk, clerk.pk)
    verb, actor, details = last_entry(licence_case)
    assert (verb, actor, details["instead_of"]) == ("work.decided", second_clerk, clerk.pk)
    licence_case.refresh_from_db()
    assert set(licence_case.data["done_by"]["check"]) == {clerk.pk, second_clerk.pk}
    assert "Noor Amari" in [event.instead_of for event in case_view(clerk, licence_case.reference).timeline]


def test_without_an_absence_a_colleague_does_nothing_for_another(
    taken: int, clerk: User, second_clerk: User, supervisor: User, away: Away
) -> None:
    away(clerk, supervisor)
    with pytest.raises(NotYours):
        services.decide(item_id=taken, by=second_clerk, outcome="accept")
    with pytest.raises(NotYours):
        services.release(item_id=taken, by=second_clerk)


def test_a_deputy_who_may_not_do_the_step_stays_out(
    taken: int, licence_case: Case, clerk: User, auditor: User, away: Away
) -> None:
    away(clerk, auditor)
    with pytest.raises(AccessRefused):
        services.decide(item_id=taken, by=auditor, outcome="accept")
    assert case_view(auditor, licence_case.reference).actions.is_mine is False


def test_who_checked_the_case_does_not_approve_it_as_a_deputy(
    approval: int, promoted: User, supervisor: User, away: Away
) -> None:
    forget(promoted)
    away(supervisor, promoted)
    with pytest.raises(SamePerson):
        services.decide(item_id=approval, by=promoted, outcome="approve")


def test_a_deputy_gives_work_back_or_hands_it_on(
    taken: int, licence_case: Case, clerk: User, second_clerk: User, supervisor: User, away: Away
) -> None:
    away(clerk, second_clerk)
    services.delegate(item_id=taken, to=supervisor, by=second_clerk)
    details = last_entry(licence_case)[2]
    assert (details["to"], details["instead_of"]) == (supervisor.pk, clerk.pk)
    services.assign(item_id=taken, to=clerk, by=supervisor)
    services.release(item_id=taken, by=second_clerk)
    assert WorkItem.objects.get(pk=taken).owner is None


def test_the_queue_asks_as_often_as_before(
    taken: int, clerk: User, second_clerk: User, away: Away, django_assert_num_queries: Any
) -> None:
    queue(second_clerk, view="mine")
    with django_assert_num_queries(3):  # departments, keys, counts
        assert queue(second_clerk, view="mine").rows == []
    away(clerk, second_clerk)
    with django_assert_num_queries(4):  # and the rows
        assert len(queue(second_clerk, view="mine").rows) == 1
