"""Around a step of any kind a process is killed anywhere, and acts come twice: nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from viewflow.fsm import TransitionNotAllowed

from engine.audit.chain import check
from engine.departments.models import User
from engine.documents.signing_authority import make_signing_files
from tests.workflows.called import background
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.killing import killed, leases_run_out, moments_of, records
from tests.workflows.moving.driving import act, has_ended, step
from tests.workflows.moving.test_every_node_type import ANSWERS, STREET
from tests.workflows.moving.worlds import KINDS, package_around
from workflows.jobs import rehearse_job, run_job
from workflows.models import Case, ServiceVersion, WorkItem
from workflows.node_type import NodeType
from workflows.refusals import WorkRefused
from workflows.starting import Beginning, start_case

pytestmark = pytest.mark.django_db(transaction=True)
TO_THE_OUTSIDE = ("service_call", "webhook_out", "sms")
MOST = 30


def job(item_id: int) -> str:
    """The work of a worker; what would call another machine is played."""
    item = WorkItem.objects.select_related("process__version").get(pk=item_id)
    nodes = item.process.version.package["workflow"]["nodes"]
    outside = any(node["key"] == item.node_key and node["type"] in TO_THE_OUTSIDE for node in nodes)
    return rehearse_job(item_id) if outside else run_job(item_id)


@dataclass
class World:
    """A workflow around a step of a kind, and who acts in it."""

    version: ServiceVersion
    start: str
    applicant: User
    people: Sequence[User]

    def case(self) -> Case:
        """A new case."""
        return start_case(
            self.version,
            applicant=self.applicant,
            reference=f"DIE-2026-{Case.objects.count():06d}",
            language="en",
            answers=STREET if self.version.package["key"] == "complaint" else ANSWERS,
            beginning=Beginning(start=self.start, by=self.people[0]),
        )

    def act(self, case: Case) -> None:
        """The next thing that can be done."""
        step(case, self.people, job)

    def in_peace(self) -> list[int]:
        """A case that goes to its end, everything coming twice; how many moments each act had."""
        case, found = self.case(), list[int]()
        while not has_ended(case) and len(found) < MOST:
            waiting = list(WorkItem.objects.filter(process=case, finished=None).order_by("pk"))
            found.append(moments_of(lambda: self.act(case)))
            for item in WorkItem.objects.filter(pk__in=[each.pk for each in waiting], finished__isnull=False):
                self.again(item)
            case.refresh_from_db()
        assert has_ended(case)
        return found

    def again(self, item: Any) -> None:
        """What is done already comes once more, too late."""
        before = records()
        with suppress(TransitionNotAllowed, WorkRefused):
            act(item, self.people, job)
        assert records() == before, item.node_key

    def with_kills(self, moments: Sequence[Iterable[int]]) -> int:
        """Another case goes the same way, killed in each act at these moments first; how many kills."""
        case, kills = self.case(), 0
        for chosen in moments:
            for moment in chosen:
                if not killed(lambda: self.act(case), moment):
                    break  # a part of it was done before the last kill, so less was left to do
                kills += 1
                leases_run_out()
            else:
                self.act(case)
        case.refresh_from_db()
        assert has_ended(case)
        return kills


@pytest.fixture(scope="module")
def files() -> Any:
    """A key to sign certificates with."""
    return make_signing_files("Test")


@pytest.fixture
def world(
    publish: Any,
    published: Any,
    citizen: User,
    people: list[User],
    settings: Any,
    files: Any,
) -> Callable[[type[NodeType]], World]:
    """Makes the workflow around a kind of step."""
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN = files.key, files.chain
    settings.CALL_HOSTS = ["register.example"]
    published(background())

    def around(kind: type[NodeType]) -> World:
        package, start = package_around(kind)
        return World(publish(package), start, citizen, people)

    return around


def compared(world: World, chosen: Callable[[int], Iterable[int]]) -> int:
    """A case in peace and one with kills leave the same records; how many kills there were."""
    before = records()
    moments = world.in_peace()
    after = records()
    kills = world.with_kills([chosen(most) for most in moments])
    assert records() - after == after - before
    return kills


def test_a_process_killed_in_any_act_around_any_kind_of_step_leaves_nothing_lost_or_doubled(
    world: Any,
) -> None:
    random = Random(9)
    for kind in KINDS:
        assert compared(world(kind), lambda most: [random.randint(1, most)]), kind.key
    assert check().breaks == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_process_killed_at_any_moment_leaves_nothing_lost_or_doubled(
    kind: type[NodeType], world: Any
) -> None:
    assert compared(world(kind), lambda most: range(1, most + 1))
    assert check().breaks == []
