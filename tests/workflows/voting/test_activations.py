"""Votes on the real engine: seats, rounds, levels, returns, and 32 clerks at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from engine.audit.models import AuditEntry
from engine.departments.access import forget, grant_role
from engine.departments.managers import put_manager
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.workflows.steps import end, join, let_pass, parallel, start, task
from workflows import services
from workflows.ending import withdraw_case
from workflows.models import Case, CaseState, WorkItem
from workflows.refusals import AlreadyDecided, AlreadyVoted, SamePerson, WorkRefused

pytestmark = pytest.mark.django_db
Members = Callable[[int], list[User]]
BOARD: dict[str, Any] = {"who": [{"seats": 3}], "rule": {"type": "n_of_m", "needed": 2}}
LEVELS: dict[str, Any] = {
    "rule": {
        "type": "levels",
        "amount": "answers.amount",
        "levels": [{"who": [{"role": "clerk"}]}, {"above": 5000}, {"above": 10000, "who": [{"seats": 2}]}],
    }
}


@pytest.fixture
def members(person: Callable[..., User], licensing: Department) -> Members:
    """So many supervisors."""
    return lambda number: [person(f"Member {n:02d}", Role.SUPERVISOR, licensing) for n in range(number)]


@pytest.fixture
def board(simple_package: dict[str, Any], publish: Any, begin: Any, clerk: User, decide: Any) -> Any:
    """A case that has come to an approval with these options."""

    def make(options: dict[str, Any], **answers: Any) -> Case:
        for node in simple_package["workflow"]["nodes"]:
            if node["key"] == "approve":
                node.update(options)
        case: Case = begin(publish(simple_package), **{"amount": "9000.00", **answers})
        decide(case, "check", clerk, "accept")
        return case

    return make


def seats(case: Case) -> list[WorkItem]:
    """The open votes."""
    votes = WorkItem.objects.filter(process=case, data__has_key="round", finished=None)
    return list(votes.order_by("pk"))


def vote(case: Case, user: User, outcome: str = "approve", **more: Any) -> None:
    """Vote on the own seat, or on the first free one."""
    open_seats = seats(case)
    mine = next((seat for seat in open_seats if seat.owner_id == user.pk), None)
    seat = mine or next(seat for seat in open_seats if seat.owner_id is None)
    forget(user)
    services.decide(item_id=seat.pk, by=user, outcome=outcome, **{"reason": "So it is", **more})


def test_two_of_three_approve_and_the_third_is_not_needed_any_more(board: Any, members: Members) -> None:
    case = board(BOARD)
    assert [(seat.role, seat.owner_id, seat.status) for seat in seats(case)] == [
        ("supervisor", None, "NEW")
    ] * 3
    first, second, _ = members(3)
    vote(case, first)
    case.refresh_from_db()
    assert (case.status, len(seats(case))) == ("NEW", 2)
    vote(case, second)
    case.refresh_from_db()
    assert (case.state, case.work["approve"]) == (CaseState.APPROVED, {"outcome": "approve"})
    states = WorkItem.objects.filter(process=case, node_key="approve", kind="person").order_by("pk")
    assert sorted(states.values_list("status", flat=True)) == ["CANCELED", "DONE", "DONE"]
    assert case.data["done_by"]["approve"] == [first.pk, second.pk]


def test_every_vote_and_the_result_are_in_the_record(board: Any, members: Members) -> None:
    case = board(BOARD)
    first, second = members(2)
    vote(case, first, "reject")
    vote(case, second, "reject")
    found = AuditEntry.objects.filter(chain=case.chain).order_by("position").values_list("verb", "actor")
    assert list(found) == [
        ("work.decided", first.pk),
        ("work.decided", second.pk),
        ("approval.decided", second.pk),
    ]
    case.refresh_from_db()
    assert case.state == CaseState.REFUSED


def test_nobody_votes_twice(board: Any, members: Members) -> None:
    case = board(BOARD)
    (first,) = members(1)
    vote(case, first)
    with pytest.raises(AlreadyVoted):
        vote(case, first)
    with pytest.raises(AlreadyVoted):
        services.claim(item_id=seats(case)[0].pk, by=first)
    assert len(seats(case)) == 2


def test_taking_the_next_work_passes_over_a_second_vote(board: Any, members: Members) -> None:
    case = board(BOARD)
    (first,) = members(1)
    taken = services.claim_next(by=first)
    assert taken is not None
    assert services.claim_next(by=first) is None
    assert [seat.owner_id for seat in seats(case)].count(first.pk) == 1


def test_who_prepared_the_case_has_no_vote(
    board: Any, clerk: User, licensing: Department, members: Members
) -> None:
    grant_role(clerk, Role.SUPERVISOR, licensing)
    members(1)
    case = board({"who": [{"seats": "everyone"}], "rule": {"type": "all"}})
    assert clerk.pk not in [seat.owner_id for seat in seats(case)]
    open_case = board({"who": [{"seats": 2}], "rule": {"type": "any"}})
    with pytest.raises(SamePerson):
        vote(open_case, clerk)


def test_everyone_has_a_seat_of_their_own(board: Any, members: Members) -> None:
    people = members(3)
    case = board({"who": [{"seats": "everyone"}], "rule": {"type": "all"}})
    assert {seat.owner_id for seat in seats(case)} == {person.pk for person in people}
    for person in people:
        vote(case, person)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED


def test_a_person_named_votes_and_cannot_leave_it_to_anybody(board: Any, supervisor: User) -> None:
    case = board({"who": [{"person": supervisor.email.upper()}]})
    (seat,) = seats(case)
    assert seat.owner == supervisor
    with pytest.raises(services.GivenByName):
        services.release(item_id=seat.pk, by=supervisor)
    vote(case, supervisor)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED


def test_a_person_named_who_is_not_there_any_more_leaves_the_vote_to_the_role(
    board: Any, foreign_clerk: User, supervisor: User
) -> None:
    for address in ("nobody@example.org", foreign_clerk.email):
        case = board({"who": [{"person": address}]})
        (seat,) = seats(case)
        assert (seat.owner, seat.role, seat.data["absent"]) == (None, "supervisor", True)
        vote(case, supervisor)


def test_the_manager_of_the_applicant_votes(
    board: Any, citizen: User, supervisor: User, licensing: Department
) -> None:
    grant_role(citizen, Role.CLERK, licensing)
    put_manager(citizen, supervisor, licensing)
    (seat,) = seats(board({"who": [{"manager_of": "applicant"}]}))
    assert seat.owner == supervisor


def test_levels_are_asked_one_after_the_other_as_far_as_the_amount_asks(
    board: Any, second_clerk: User, members: Members
) -> None:
    case = board(LEVELS, amount="12000.00")
    first, second, third = members(3)
    assert [seat.role for seat in seats(case)] == ["clerk"]
    vote(case, second_clerk)
    assert [seat.role for seat in seats(case)] == ["supervisor"]
    vote(case, first)
    assert len(seats(case)) == 2
    with pytest.raises(AlreadyVoted):
        vote(case, first)
    vote(case, second)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED
    small = board(LEVELS, amount="5000.01")
    vote(small, second_clerk)
    vote(small, third)
    small.refresh_from_db()
    assert small.state == CaseState.APPROVED


def test_for_an_unknown_amount_every_level_is_asked(
    simple_package: dict[str, Any], board: Any, publish: Any
) -> None:
    nodes = {node["key"]: node for node in simple_package["workflow"]["nodes"]}
    nodes["big"]["otherwise"] = "approve"
    case = board(LEVELS, amount="")
    whole = WorkItem.objects.get(process=case, node_key="approve", kind="system")
    assert whole.data["levels"] == [0, 1, 2]


def test_a_refusal_at_a_level_ends_it(board: Any, second_clerk: User) -> None:
    case = board(LEVELS, amount="12000.00")
    vote(case, second_clerk, "reject")
    case.refresh_from_db()
    assert (case.state, seats(case)) == (CaseState.REFUSED, [])


def test_a_returned_case_carries_what_everybody_asked_in_any_order(board: Any, members: Members) -> None:
    first, second, third = members(3)
    found = []
    for order in ((first, second, third), (third, second, first)):
        case = board(BOARD)
        asked = {
            first: ("return", {"return_fields": ["trade"], "note": "Which fruit?", "days": 3}),
            second: ("return", {"return_fields": ["owner"], "note": "Full name?", "days": 7}),
            third: ("reject", {}),
        }
        for seat, person in zip(seats(case), (first, second, third), strict=True):
            services.claim(item_id=seat.pk, by=person)
        for person in order:
            outcome, more = asked[person]
            if seats(case):  # two who return it settle the result
                vote(case, person, outcome, **more)
        correct = WorkItem.objects.get(process=case, node_key="correct")
        found.append((correct.data, correct.due_at))
    assert found[0][0] == {
        "fields": ["trade", "owner"],
        "note": "Which fruit?\n\nFull name?",
        "asked_by": "approve",
    }
    assert found[0][0] == found[1][0]
    assert found[0][1].date() == found[1][1].date()


def test_after_a_correction_everybody_votes_anew(
    board: Any, members: Members, citizen: User, decide: Any
) -> None:
    case = board({**BOARD, "return": "correct"})
    first, second = members(2)
    for person in (first, second):
        vote(case, person, "return", return_fields=["trade"], note="Which fruit?")
    with WorkItem.objects.get(process=case, node_key="correct").activation() as activation:
        activation.answer(citizen, {**activation.process.answers, "trade": "Flowers"})
    second_clerk = User.objects.get(name="Noor Amari")
    decide(case, "check", second_clerk, "accept")
    assert len(seats(case)) == 3
    vote(case, first)
    vote(case, second)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED


def test_a_withdrawn_case_asks_for_no_votes(board: Any) -> None:
    case = board(BOARD)
    withdraw_case(case.pk)
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
    statuses = WorkItem.objects.filter(process=case, node_key="approve").values_list("status", flat=True)
    assert set(statuses) == {"CANCELED"}


def test_a_vote_after_the_result_is_told_so(board: Any, members: Members) -> None:
    case = board({"who": [{"seats": 2}], "rule": {"type": "any"}})
    first, second = members(2)
    late = seats(case)[1]
    vote(case, first)
    with pytest.raises(AlreadyDecided):
        services.decide(item_id=late.pk, by=second, outcome="approve")


def test_a_vote_costs_few_statements(
    board: Any, members: Members, django_assert_max_num_queries: Any
) -> None:
    case = board(BOARD)
    first, second = members(2)
    vote(case, first)
    seat = seats(case)[0]
    forget(second)
    with django_assert_max_num_queries(11):
        services.decide(item_id=seat.pk, by=second, outcome="approve")


@pytest.mark.django_db(transaction=True)
def test_32_clerks_who_vote_at_once_decide_it_once(board: Any, members: Members) -> None:
    case, people = board(BOARD), members(32)
    ready, said = threading.Barrier(32), []

    def run(user: User) -> None:
        try:
            ready.wait()
            for seat in seats(case):
                try:
                    services.decide(item_id=seat.pk, by=user, outcome="approve")
                    said.append("voted")
                    return
                except WorkRefused as refused:
                    said.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.refresh_from_db()
    assert (said.count("voted"), case.state) == (2, CaseState.APPROVED)
    assert set(said) <= {"voted", "AlreadyDecided"}
    decided = AuditEntry.objects.filter(chain=case.chain, verb="approval.decided")
    assert decided.count() == 1
    assert WorkItem.objects.filter(process=case, node_key="done").count() == 1


def test_silence_closes_the_round_once_and_nobody_has_to_vote_any_more(
    simple_package: dict[str, Any], board: Any, members: Members
) -> None:
    tacit = {"key": "tacit", "type": "silence", "on": "approve", "after": {"days": 9}, "outcome": "approve"}
    simple_package["workflow"]["nodes"].append(tacit)
    case = board(BOARD)
    (first,) = members(1)
    vote(case, first, "reject")
    assert let_pass(case, "tacit")
    case.refresh_from_db()
    assert (case.state, seats(case)) == (CaseState.APPROVED, [])
    assert case.work["approve"] == {"outcome": "approve"}
    assert not let_pass(case, "tacit")


def test_an_interrupting_deadline_cancels_every_vote(simple_package: dict[str, Any], board: Any) -> None:
    over = {"key": "over", "type": "deadline", "on": "approve", "after": {"days": 9}}
    simple_package["workflow"]["nodes"].append({**over, "interrupting": True, "next": "refused"})
    case = board(BOARD)
    assert let_pass(case, "over")
    case.refresh_from_db()
    assert (case.state, seats(case)) == (CaseState.REFUSED, [])


def test_a_join_waits_until_the_votes_are_counted(
    simple_package: dict[str, Any], publish: Any, begin: Any, clerk: User, decide: Any, members: Members
) -> None:
    approval = {"key": "approve", "type": "approval", "title": "Approve", "role": "supervisor", **BOARD}
    simple_package["workflow"]["nodes"] = [
        start("both"),
        parallel("both", "look", "approve"),
        task("look", "together"),
        {**approval, "approve": "together", "reject": "together"},
        join("together", "done"),
        end("done", "approved"),
    ]
    case = begin(publish(simple_package))
    first, second = members(2)
    vote(case, first)
    decide(case, "look", clerk, "done")
    case.refresh_from_db()
    assert case.finished is None
    vote(case, second)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED
