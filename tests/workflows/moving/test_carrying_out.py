"""What a moved case keeps: who has the work, its clocks from their beginning, what it waits for."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from engine.core.worktime import Span
from tests.workflows.conftest import with_nodes
from tests.workflows.moving.moves import brought_back, moved, planned, said
from tests.workflows.steps import join, let_pass, open_steps, parallel, task
from workflows.awaiting import who_waits
from workflows.clock import change_time
from workflows.course_refusals import CourseRefused
from workflows.models import AwaitedKind, Case, ClockEntry, Deadline, WorkItem
from workflows.services import claim, hold, move_to_step, resume, undo_last_step

pytestmark = pytest.mark.django_db
ALL = {key: key for key in ("check", "correct", "approve", "wait", "sign")}


@pytest.fixture
def change(pair, begin, administrator, clerk):
    """A case of steps, somebody's work taken, moved to other steps."""

    def make(package: Any, new: Any, *, taken: bool = False, steps: Any = None) -> tuple[Any, Case]:
        older, newer = pair(package, new)
        case = begin(older)
        if taken:
            claim(item_id=WorkItem.objects.get(process=case, finished=None).pk, by=clerk)
        known = {node["key"] for node in package["workflow"]["nodes"]}
        kept = {key: to for key, to in ALL.items() if key in known}
        move = moved(planned(older, newer, administrator, steps=kept | (steps or {})), administrator)
        return move, Case.objects.get(pk=case.pk)

    return make


def item_of(case: Case) -> WorkItem:
    return WorkItem.objects.get(process=case, finished=None)


def test_who_has_the_work_keeps_it(change, simple_package, nodes_of, clerk):
    def later(package: Any) -> None:
        nodes_of(package)["check"]["due"] = {"working_days": 8}

    _, case = change(simple_package, later, taken=True)
    assert (item_of(case).owner, item_of(case).status) == (clerk, "ASSIGNED")


def test_who_may_not_do_it_any_more_gives_it_back(change, simple_package, nodes_of, clerk):
    def to_supervisors(package: Any) -> None:
        nodes_of(package)["check"]["role"] = "supervisor"

    move, case = change(simple_package, to_supervisors, taken=True)
    item = item_of(case)
    assert (item.role, item.owner, item.status) == ("supervisor", None, "NEW")
    brought_back(move, move.by)
    item = item_of(case)
    assert (item.role, item.owner, item.status) == ("clerk", clerk, "ASSIGNED")


def test_another_length_of_time_counts_from_the_same_beginning_and_is_told(
    change, simple_package, nodes_of, calendar
):
    def longer(package: Any) -> None:
        nodes_of(package)["check"]["due"] = {"working_days": 8}

    move, case = change(simple_package, longer)
    item = item_of(case)
    begun = ClockEntry.objects.get(work_item=item, verb="started")
    told = ClockEntry.objects.get(work_item=item, verb="moved")
    assert told.span == {"working_days": 8}
    assert told.start == begun.at < told.at
    assert item.due_at == calendar.add(begun.at, Span(working_days=8))
    brought_back(move, move.by)
    assert item_of(case).due_at == calendar.add(begun.at, Span(working_days=3))


def test_a_time_that_a_person_gave_stays(pair, begin, simple_package, nodes_of, administrator, clerk):
    def longer(package: Any) -> None:
        nodes_of(package)["check"]["due"] = {"working_days": 8}

    old, new = pair(simple_package, longer)
    case = begin(old)
    with item_of(case).activation() as activation:
        change_time(activation.task, Span(working_days=2), by_id=clerk.pk)
    due = item_of(case).due_at
    moved(planned(old, new, administrator, steps={"check": "check"}), administrator)
    assert item_of(case).due_at == due


def test_without_a_time_of_its_own_the_work_follows_the_case(change, simple_package, nodes_of):
    def none(package: Any) -> None:
        del nodes_of(package)["check"]["due"]
        package["workflow"]["decide_within"] = {"working_days": 30}

    move, case = change(simple_package, none)
    assert item_of(case).due_at == case.due_at
    before = ClockEntry.objects.filter(case=case, verb="started", work_item=None).get()
    assert case.due_at > before.due_at
    brought_back(move, move.by)
    assert Case.objects.get(pk=case.pk).due_at == before.due_at
    assert item_of(case).due_at < before.due_at


class TestDeadlines:
    """What is set on a step."""

    LATE = {"key": "late", "type": "deadline", "on": "check", "after": {"days": 3}, "next": "remind"}
    STEPS = [task("check", "done"), task("remind", "over")]

    def moved_from(self, change: Any, package: Any, old: list[Any], new: list[Any]) -> tuple[Any, Case]:
        with_nodes(package, *self.STEPS[: 1 + bool(old)], *old)
        return change(package, lambda other: with_nodes(other, *self.STEPS[: 1 + bool(new)], *new))

    def live(self, case: Case) -> list[tuple[str, Any]]:
        rows = Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None)
        return list(rows.values_list("node_key", "due_at"))

    def test_a_new_one_begins_now(self, change, simple_package):
        _, case = self.moved_from(change, simple_package, [], [self.LATE])
        ((key, due_at),) = self.live(case)
        assert key == "late"
        assert due_at > now() + timedelta(days=2)
        let_pass(case, "late")
        assert open_steps(case) == ["check", "remind"]

    def test_one_that_is_gone_is_dropped_and_comes_back_when_the_case_is_brought_back(
        self, change, simple_package
    ):
        move, case = self.moved_from(change, simple_package, [self.LATE], [])
        assert self.live(case) == []
        brought_back(move, move.by)
        assert [key for key, _ in self.live(case)] == ["late"]

    def test_one_with_another_length_of_time_counts_from_its_beginning(self, change, simple_package):
        longer = {**self.LATE, "after": {"days": 9}}
        _, case = self.moved_from(change, simple_package, [self.LATE], [longer])
        ((_, due_at),) = self.live(case)
        begun = ClockEntry.objects.get(case=case, node_key="late", verb="started").at
        assert timedelta(days=8, hours=20) < due_at - begun < timedelta(days=9, hours=4)


def test_another_signal_is_listened_for(change, simple_package):
    signal = {"key": "wait", "type": "signal_catch", "signal": "market_open", "next": "done"}
    with_nodes(simple_package, signal)
    _, case = change(
        simple_package, lambda package: with_nodes(package, {**signal, "signal": "budget_is_open"})
    )
    heard = {
        name: who_waits(AwaitedKind.SIGNAL, name, department_id=case.department_id, before=now()).count()
        for name in ("market_open", "budget_is_open")
    }
    assert heard == {"market_open": 0, "budget_is_open": 1}


def test_a_join_that_needs_fewer_now_goes_on_at_once(
    pair, begin, simple_package, administrator, decide, clerk
):
    ways = [parallel("split", "left", "right"), task("left", "both"), task("right", "both")]
    with_nodes(simple_package, *ways, join("both", "last"), task("last", "done"))
    old, new = pair(
        simple_package,
        lambda package: with_nodes(package, *ways, join("both", "last", needs=1), task("last", "done")),
    )
    case = begin(old)
    decide(case, "left", clerk, "done")
    move = moved(planned(old, new, administrator), administrator)
    assert open_steps(case) == ["last"]
    brought_back(move, administrator)
    assert said(move, case) == ("safe", "kept", ["went_on"])


def test_a_renamed_step_keeps_what_staff_recorded_there(pair, begin, simple_package, nodes_of, administrator):
    with_nodes(simple_package, {**task("check", "sign"), "title": "Check"}, task("sign", "done"))

    def renamed(package: Any) -> None:
        with_nodes(package, {**task("verify", "sign"), "title": "Check"}, task("sign", "done"))

    old, new = pair(simple_package, renamed)
    case = begin(old)
    with item_of(case).activation() as activation:
        activation.decide(administrator, "done")
    moved(planned(old, new, administrator, steps={"check": "verify"}), administrator)
    case.refresh_from_db()
    assert case.work == {"verify": {"outcome": "done"}}
    assert case.data["done_by"]["verify"] == [administrator.pk]


def test_a_decision_of_before_is_not_undone_in_the_new_version(
    pair, begin, simple_package, administrator, supervisor
):
    with_nodes(simple_package, task("check", "sign"), task("sign", "done"))
    old, new = pair(simple_package, lambda package: with_nodes(package, task("sign", "done")))
    case = begin(old)
    with item_of(case).activation() as activation:
        activation.decide(administrator, "done")
    moved(planned(old, new, administrator), administrator)
    with pytest.raises(CourseRefused) as refused:
        undo_last_step(reference=case.reference, by=supervisor)
    assert refused.value.code == "other_version"
    assert open_steps(case) == ["sign"]
    move_to_step(reference=case.reference, node_key="sign", reason="Again", by=supervisor)
    with item_of(case).activation() as activation:
        activation.decide(administrator, "done")
    assert Case.objects.get(pk=case.pk).outcome == "approved"


def test_a_case_on_hold_keeps_standing_still_and_runs_on_by_the_new_time(
    pair, begin, simple_package, nodes_of, administrator, supervisor, calendar
):
    def longer(package: Any) -> None:
        nodes_of(package)["check"]["due"] = {"working_days": 8}

    old, new = pair(simple_package, longer)
    case = begin(old)
    hold(reference=case.reference, reason="Wait", until=None, by=supervisor)
    moved(planned(old, new, administrator, steps={"check": "check"}), administrator)
    item = item_of(case)
    assert item.paused_at is not None
    resume(reference=case.reference, by=supervisor)
    begun = ClockEntry.objects.get(work_item=item, verb="started").at
    assert item_of(case).due_at >= calendar.add(begun, Span(working_days=8))
    assert item_of(case).paused_at is None
