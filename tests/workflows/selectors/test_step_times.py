"""Times per step over all cases, worked out by the database."""

import statistics
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from viewflow.workflow import STATUS

from engine.departments.access import AccessRefused
from engine.departments.models import User
from tests.workflows.published import (  # noqa: F401  fixtures
    apply,
    founder,
    licence,
    licence_answers,
    licence_case,
    plan,
)
from workflows.models import Case, Service, WorkItem
from workflows.selectors.step_times import Spread, step_times, timed_services

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVER = (START - 400 * DAY, START + 400 * DAY)


@pytest.fixture
def visit(licence_case: Case) -> Callable[..., WorkItem]:  # noqa: F811
    """A visit to a step: when it came, was taken and ended, in days after the start."""
    WorkItem.objects.update(status=STATUS.CANCELED)

    def visited(came: float, taken: float | None, ended: float | None, **more: Any) -> WorkItem:
        def at(days: float | None) -> datetime | None:
            return None if days is None else START + days * DAY

        status = STATUS.DONE if ended is not None else STATUS.ASSIGNED if taken is not None else STATUS.NEW
        what = {"node_key": "check", "kind": "person", "status": status, **more}
        return WorkItem.objects.create(
            process=licence_case,
            department_id=licence_case.department_id,
            service_id=licence_case.service_id,
            flow_task=WorkItem.objects.filter(process=licence_case).latest("pk").flow_task,
            created=at(came),
            assigned=at(taken),
            finished=at(ended),
            **what,
        )

    return visited


def test_waiting_and_working_are_told_apart(
    visit: Callable[..., WorkItem], licence: Service, supervisor: User  # noqa: F811
) -> None:  # fmt: skip
    for days in range(1, 12):
        visit(0, days, days + 2 * days)
    visit(0, 1, None)
    times = step_times(supervisor, licence, *EVER)["check"]
    assert (times.done, times.open_now) == (11, 1)
    assert times.waiting == Spread(6 * DAY, 10 * DAY)
    assert times.working == Spread(12 * DAY, 20 * DAY)
    assert times.total == Spread(18 * DAY, 30 * DAY)


def test_what_nobody_took_and_what_others_do_is_waiting_and_what_machines_do_is_working(
    visit: Callable[..., WorkItem], licence: Service, supervisor: User  # noqa: F811
) -> None:  # fmt: skip
    visit(0, None, 3)
    visit(0, None, 4, node_key="correct", kind="applicant")
    visit(0, None, 0.5, node_key="register", kind="system")
    times = step_times(supervisor, licence, *EVER)
    assert times["check"].waiting == Spread(3 * DAY, 3 * DAY)
    assert times["check"].working is None
    assert times["correct"].waiting == Spread(4 * DAY, 4 * DAY)
    assert times["register"].waiting is None
    assert times["register"].working == Spread(DAY / 2, DAY / 2)


def test_only_what_ended_in_the_period_counts_and_never_what_was_cancelled(
    visit: Callable[..., WorkItem], licence: Service, supervisor: User  # noqa: F811
) -> None:  # fmt: skip
    visit(0, 1, 5)
    visit(0, 1, 50)
    visit(0, 1, 6, status=STATUS.CANCELED)
    found = step_times(supervisor, licence, START, START + 10 * DAY)
    assert found["check"].done == 1
    assert found["check"].total == Spread(5 * DAY, 5 * DAY)
    assert step_times(supervisor, licence, START + 60 * DAY, START + 70 * DAY) == {}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 1_000), min_size=2, max_size=12))
def test_the_figures_equal_those_of_python(
    visit: Callable[..., WorkItem], licence: Service, supervisor: User, days: list[int]  # noqa: F811
) -> None:  # fmt: skip
    WorkItem.objects.update(status=STATUS.CANCELED)
    for each in days:
        visit(0, None, each)
    found = step_times(supervisor, licence, EVER[0], START + 2_000 * DAY)["check"].total
    expected = statistics.quantiles(days, n=10, method="inclusive")
    assert found is not None
    assert abs(found.half - statistics.median(days) * DAY) < timedelta(seconds=1)
    assert abs(found.nine_in_ten - expected[-1] * DAY) < timedelta(seconds=1)


def test_it_is_one_query_however_many_steps_there_are(
    visit: Callable[..., WorkItem],
    licence: Service,  # noqa: F811
    supervisor: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        visit(0, 1, 2, node_key=f"step{number}")
    with django_assert_max_num_queries(1 + 2):  # and the rights of the reader, one for each of two
        assert len(step_times(supervisor, licence, *EVER)) == 30


def test_who_does_not_supervise_there_is_refused(
    licence: Service,  # noqa: F811
    clerk: User,
    foreign_clerk: User,
    designer: User,
    supervisor: User,
) -> None:
    for user in (clerk, foreign_clerk, designer):
        assert list(timed_services(user)) == []
        with pytest.raises(AccessRefused):
            step_times(user, licence, *EVER)
    assert list(timed_services(supervisor)) == [licence]
