"""Cases that rest anywhere around a step of any kind are moved, go on to an end, and can be brought back."""

import copy
from typing import Any

import pytest

from engine.departments.models import User
from tests.workflows.called import background
from tests.workflows.inspections import *  # noqa: F403
from tests.workflows.moving.driving import driven, has_ended
from tests.workflows.moving.moves import brought_back, moved, planned, said
from tests.workflows.moving.worlds import KINDS, package_around
from workflows.models import Case, Deadline, ServiceVersion, WorkItem
from workflows.starting import Beginning, start_case
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
ANSWERS = {"trade": "Fruit", "amount": "12.50", "owner": "Leila", "phone": "555 0100"}
ANSWERS |= {"stalls": [{"name": "A", "size": 1}] * 2}
STREET = {"street": "Mill Lane"}
REST = 12  # so many steps no world is long


class Begun:
    """Cases of a version, each driven on by one step more than the one before, until they end."""

    def __init__(self, version: ServiceVersion, start: str, applicant: User, people: list[User]) -> None:
        self.version, self.start, self.applicant, self.people = version, start, applicant, people
        self.cases: list[Case] = []
        for steps in range(REST):
            case = driven(self._begin(), people, steps)
            if case.finished is not None:
                break
            self.cases.append(case)

    def _begin(self) -> Case:
        return start_case(
            self.version,
            applicant=self.applicant,
            reference=f"MOV-2026-{Case.objects.count():06d}",
            language="en",
            answers=STREET if self.version.package["key"] == "complaint" else ANSWERS,
            beginning=Beginning(start=self.start, by=self.people[0]),
        )

    def state(self) -> Any:
        """Where all of them are, and by when."""
        items = WorkItem.objects.filter(process__in=self.cases).order_by("pk")
        columns = ("pk", "node_key", "status", "kind", "role", "owner_id", "due_at", "paused_at", "finished")
        deadlines = Deadline.objects.filter(case__in=self.cases).order_by("pk")
        cases = Case.objects.filter(pk__in=[case.pk for case in self.cases]).order_by("pk")
        return (
            list(cases.values_list("state", "stands_at", "data", "due_at", "paused_at", "version_id")),
            list(items.values_list(*columns)),
            list(deadlines.values_list("pk", "node_key", "due_at", "cancelled_at", "fired_at")),
        )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_cases_around_a_step_of_this_kind_are_moved_and_brought_back(
    kind, publish, published, citizen, people, administrator, settings
):
    settings.CALL_HOSTS = ["register.example"]
    published(background())
    package, start = package_around(kind)
    assert [problem.sentence for problem in check_package(package).must_mend] == []
    newer = copy.deepcopy(package)
    for node in newer["workflow"]["nodes"]:
        node["title"] = {"en": f"New {node['key']}"}
    begun = Begun(publish(package), start, citizen, people)
    assert begun.cases
    of_kind = [node["key"] for node in package["workflow"]["nodes"] if node["type"] == kind.key]
    open_items = WorkItem.objects.filter(process__in=begun.cases, node_key__in=of_kind, finished=None)
    assert open_items.exists() or not kind.waits
    new = publish(newer)
    before = begun.state()
    move = moved(planned(begun.version, new, administrator), administrator)
    assert {case.reference: said(move, case) for case in begun.cases} == {
        case.reference: ("safe", "moved", []) for case in begun.cases
    }
    brought_back(move, administrator)
    assert begun.state() == before
    move = moved(planned(begun.version, new, administrator), administrator)
    for case in begun.cases:
        case.refresh_from_db()
        assert case.version_id == new.pk
        assert has_ended(driven(case, people)), WorkItem.objects.filter(process=case, finished=None)
