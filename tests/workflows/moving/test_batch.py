"""Cases of a version moved to another one in the background: each old or new, with a record."""

import json
import multiprocessing
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from engine.audit.models import AuditEntry
from engine.messages.delivery import deliver_all
from tests.workflows.moving.moves import brought_back, looked_at, moved, planned, said
from tests.workflows.steps import open_steps
from workflows.models import Case, CaseMove, ServiceVersion, VersionMove, WorkItem
from workflows.moving import batch
from workflows.services import moving_versions as services
from workflows.sweeps import sweep_moves
from workflows.unit import unit

pytestmark = pytest.mark.django_db
Two = tuple[ServiceVersion, ServiceVersion]
SAME = {"check": "check"}


@pytest.fixture
def two(simple_package: dict[str, Any], pair: Any, nodes_of: Any) -> Two:
    """A version, and one in which the check is due later."""

    def later(package: Any) -> None:
        nodes_of(package)["check"]["due"] = {"working_days": 8}

    found: Two = pair(simple_package, later)
    return found


@pytest.fixture
def begun(two: Two, administrator: Any) -> Callable[[], VersionMove]:
    """A plan whose cases were looked at and are to be moved."""

    def begin() -> VersionMove:
        move = looked_at(planned(*two, administrator, steps=SAME), administrator)
        return services.move_cases(move_id=move.pk, by=administrator)

    return begin


def versions(*cases: Case) -> list[int]:
    """The numbers of the versions that the cases and all their open work belong to."""
    for case in cases:
        case.refresh_from_db()
        for item in WorkItem.objects.filter(process=case, finished=None):
            assert item.flow_task.flow_class is case.flow_class
    return [case.flow_class.number for case in cases]


def test_a_case_goes_on_in_the_new_version(two, begin, decide, clerk, supervisor, administrator):
    old, new = two
    case = begin(old, amount="9000.00")
    move = moved(planned(old, new, administrator, steps=SAME), administrator)
    assert said(move, case) == ("safe", "moved", ["changed"])
    assert (versions(case), open_steps(case)) == ([2], ["check"])
    entry = AuditEntry.objects.filter(chain=case.chain).latest("position")
    assert (entry.verb, entry.actor) == ("case.version_moved", administrator)
    assert json.loads(entry.details) == {"move": move.pk, "from_version": 1, "to_version": 2}
    decide(case, "check", clerk, "accept")
    decide(case, "approve", supervisor, "approve")
    case.refresh_from_db()
    assert case.outcome == "approved"


def test_only_open_cases_of_the_old_version_are_moved(two, begin, decide, clerk, administrator):
    old, new = two
    ended, young = begin(old), begin(new)
    decide(ended, "check", clerk, "refuse", reason="No")
    case = begin(old)
    move = moved(planned(old, new, administrator, steps=SAME), administrator)
    assert list(CaseMove.objects.filter(move=move).values_list("case", flat=True)) == [case.pk]
    assert versions(ended, young, case) == [1, 2, 2]


def test_moving_twice_changes_nothing(begun, two, begin, administrator):
    case = begin(two[0])
    move = begun()
    assert batch.go_on(move.pk)
    before = AuditEntry.objects.filter(chain=case.chain).count()
    services.move_cases(move_id=move.pk, by=administrator)
    assert batch.go_on(move.pk)
    assert AuditEntry.objects.filter(chain=case.chain).count() == before


def test_a_case_that_went_another_way_since_it_was_seen_is_judged_anew(
    begun, two, begin, decide, clerk, administrator
):
    case = begin(two[0], amount="9000.00")
    move = begun()
    decide(case, "check", clerk, "accept")
    batch.go_on(move.pk)
    assert (said(move, case), versions(case)) == (("safe", "moved", []), [2])


def test_a_case_that_ended_in_the_meantime_is_named(begun, two, begin, decide, clerk):
    case = begin(two[0])
    move = begun()
    decide(case, "check", clerk, "refuse", reason="No")
    batch.go_on(move.pk)
    assert said(move, case) == ("safe", "left", ["ended"])


def test_the_worker_stops_when_it_is_told_and_goes_on_where_it_was(
    begun, two, begin, administrator, monkeypatch
):
    cases = [begin(two[0]) for _ in range(4)]
    monkeypatch.setattr(batch, "BATCH", 2)
    move = begun()
    real = batch._move

    def told_to_stop(case: Any, *rest: Any) -> None:
        real(case, *rest)
        if case.pk == cases[0].pk:
            services.stop_move(move_id=move.pk, by=administrator)

    monkeypatch.setattr(batch, "_move", told_to_stop)
    assert not batch.go_on(move.pk)
    assert versions(*cases) == [2, 2, 1, 1]
    assert VersionMove.objects.get(pk=move.pk).status == "stopped"
    assert sweep_moves() == 0
    services.resume_move(move_id=move.pk, by=administrator)
    assert batch.go_on(move.pk)
    assert versions(*cases) == [2, 2, 2, 2]


def test_a_failure_leaves_the_case_old_and_does_not_keep_others_waiting(
    begun, two, begin, monkeypatch, administrator
):
    cases = [begin(two[0]) for _ in range(3)]
    move = begun()
    real = batch.carry_out

    def fails_late(case: Any, *rest: Any) -> Any:
        found = real(case, *rest)
        if case.pk == cases[1].pk:
            raise ZeroDivisionError
        return found

    monkeypatch.setattr(batch, "carry_out", fails_late)
    before = AuditEntry.objects.filter(chain=cases[1].chain).count()
    batch.go_on(move.pk)
    assert versions(*cases) == [2, 1, 2]
    assert said(move, cases[1]) == ("blocked", "left", ["failed"])
    assert AuditEntry.objects.filter(chain=cases[1].chain).count() == before
    monkeypatch.undo()
    services.move_cases(move_id=move.pk, by=administrator)
    batch.go_on(move.pk)
    assert versions(*cases) == [2, 2, 2]


def test_a_worker_that_dies_leaves_each_case_old_or_new_and_the_sweep_goes_on(begun, two, begin, monkeypatch):
    cases = [begin(two[0]) for _ in range(3)]
    move = begun()
    real = batch._move

    class Killed(BaseException):
        """Not an error that anybody handles."""

    def dies(case: Any, *rest: Any) -> None:
        real(case, *rest)
        if case.pk == cases[1].pk:
            raise Killed

    monkeypatch.setattr(batch, "_move", dies)
    with pytest.raises(Killed):
        batch.go_on(move.pk)
    assert versions(*cases) == [2, 1, 1]
    monkeypatch.undo()
    assert not batch.go_on(move.pk)  # the dead worker still holds its lease
    VersionMove.objects.filter(pk=move.pk).update(lease_until=None)
    assert sweep_moves() == 1
    assert versions(*cases) == [2, 2, 2]


def test_a_worker_is_asked_for_by_the_same_commit(begun, two, begin, django_capture_on_commit_callbacks):
    case = begin(two[0])
    begun()
    with django_capture_on_commit_callbacks(execute=True):
        deliver_all()
    assert versions(case) == [2]


def test_a_case_that_was_worked_on_since_is_not_brought_back(two, begin, decide, clerk, administrator):
    rests, goes_on = begin(two[0]), begin(two[0], amount="9000.00")
    move = moved(planned(*two, administrator, steps=SAME), administrator)
    decide(goes_on, "check", clerk, "accept")
    brought_back(move, administrator)
    assert versions(rests, goes_on) == [1, 2]
    assert (said(move, rests), said(move, goes_on)) == (
        ("safe", "restored", ["changed"]),
        ("safe", "kept", ["worked_on"]),
    )
    verbs = AuditEntry.objects.filter(chain=rests.chain).order_by("position").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["case.version_moved", "case.version_restored"]


@pytest.mark.django_db(transaction=True)
def test_a_clerk_who_is_at_the_case_goes_first(begun, two, begin, decide, clerk, supervisor):
    case = begin(two[0], amount="9000.00")
    move = begun()
    waiting = threading.Event()

    def work() -> None:
        waiting.set()
        batch.go_on(move.pk)
        connection.close()

    worker = threading.Thread(target=work)
    with unit(), WorkItem.objects.get(process=case, node_key="check").activation() as activation:
        worker.start()
        waiting.wait()
        activation.decide(clerk, "accept")
    worker.join()
    assert (said(move, case), versions(case)) == (("safe", "moved", []), [2])
    assert open_steps(case) == ["approve"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_each_case_old_or_new_and_none_twice(two, begin, administrator):
    cases = [begin(two[0]) for _ in range(60)]
    move = looked_at(planned(*two, administrator, steps=SAME), administrator)
    services.move_cases(move_id=move.pk, by=administrator)
    connections.close_all()
    worker = multiprocessing.get_context("fork").Process(target=batch.go_on, args=(move.pk,))
    worker.start()
    done = CaseMove.objects.filter(move=move, fate="moved")
    while not done.exists():
        assert worker.exitcode is None
    worker.kill()
    worker.join()
    found = versions(*cases)
    assert found == sorted(found, reverse=True)
    assert found[0] == 2
    assert done.count() == found.count(2)
    VersionMove.objects.filter(pk=move.pk).update(lease_until=None)
    assert sweep_moves() == 1
    assert set(versions(*cases)) == {2}
    told = AuditEntry.objects.filter(verb="case.version_moved")
    assert told.count() == told.values("chain").distinct().count() == len(cases)
