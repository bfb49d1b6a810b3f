"""Flags: named by a service or a department, set by staff, and found in the queue."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.core.text import Text
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from tests.workflows.published import text_of
from workflows import services
from workflows.models import Case, CaseFlag, DepartmentFlag, Service
from workflows.selectors.cases import case_view
from workflows.selectors.flags import offered_flags
from workflows.selectors.queue import queue
from workflows.selectors.queue_filters import QueueFilters
from workflows.services.flagging import MOST_FLAGS
from workflows.services.package_text import read_package, write_package
from workflows.services.refusals import NothingWritten, TooManyFlags, UnknownFlag
from workflows.validator.package import check_package

pytestmark = pytest.mark.django_db
URGENT = Text({"en": "Urgent", "fr": "Urgent !"})


@pytest.fixture
def urgent(licensing: Department, administrator: User) -> DepartmentFlag:
    """A flag of the department."""
    return services.name_flag(department=licensing, label=URGENT, by=administrator)


def test_a_flagged_case_is_found_in_the_queue(
    licence_case: Case, urgent: DepartmentFlag, clerk: User
) -> None:
    wanted = QueueFilters(flags=(urgent.key,))
    assert queue(clerk, filters=wanted).rows == []
    for _ in range(2):
        services.set_flag(reference=licence_case.reference, key=urgent.key, by=clerk)
    (row,) = queue(clerk, filters=wanted, language="fr").rows
    assert (row.reference, row.flags) == (licence_case.reference, ["Urgent !"])
    view = case_view(clerk, licence_case.reference)
    assert (view.flags, view.timeline[0].verb) == ({urgent.key: "Urgent"}, "case.flagged")
    services.take_flag_off(reference=licence_case.reference, key=urgent.key, by=clerk)
    assert queue(clerk, filters=wanted).rows == []
    assert queue(clerk).rows[0].flags == []


def test_a_retired_flag_stays_where_it_is_and_is_offered_no_more(
    licence_case: Case, urgent: DepartmentFlag, clerk: User, administrator: User
) -> None:
    services.set_flag(reference=licence_case.reference, key=urgent.key, by=clerk)
    for _ in range(2):
        services.retire_flag(flag=urgent, by=administrator)
    assert case_view(clerk, licence_case.reference).flags == {urgent.key: "Urgent"}
    assert offered_flags(licence_case) == {}
    services.take_flag_off(reference=licence_case.reference, key=urgent.key, by=clerk)
    with pytest.raises(UnknownFlag):
        services.set_flag(reference=licence_case.reference, key=urgent.key, by=clerk)


def test_a_service_brings_its_own_flags(
    licence: Service,
    founder: User,
    clerk: User,
    citizen: User,
    licence_answers: dict[str, Any],
    apply: Callable[..., Case],
) -> None:
    noise = {"key": "noise", "label": {"en": "Noise", "fr": "Bruit", "ar": "ضوضاء"}}
    package = {**read_package(text_of("licensing/trade-licence.yaml")), "flags": [noise]}
    services.import_package(source=write_package(package), department=licence.department, by=founder)
    services.publish(service=licence, by=founder)
    licence.refresh_from_db()
    case = apply(citizen, licence, licence_answers)
    services.set_flag(reference=case.reference, key="noise", by=clerk)
    assert case_view(clerk, case.reference, language="fr").flags == {"noise": "Bruit"}
    doubled = check_package({**package, "flags": [noise, noise, {"key": "mute", "label": {}}]})
    assert [problem.where for problem in doubled.must_mend] == ["flags[1].key", "flags[2].label"]


def test_only_administrators_of_the_department_name_flags(
    licensing: Department, urgent: DepartmentFlag, supervisor: User, foreign_clerk: User, founder: User
) -> None:
    for stranger in (supervisor, foreign_clerk):
        with pytest.raises(AccessRefused):
            services.name_flag(department=licensing, label=URGENT, by=stranger)
        with pytest.raises(AccessRefused):
            services.retire_flag(flag=urgent, by=stranger)
    with pytest.raises(NothingWritten):
        services.name_flag(department=licensing, label=Text({"en": "  "}), by=founder)
    DepartmentFlag.objects.bulk_create(
        DepartmentFlag(department=licensing, label={"en": "x"}) for _ in range(MOST_FLAGS - 1)
    )
    with pytest.raises(TooManyFlags):
        services.name_flag(department=licensing, label=URGENT, by=founder)


def test_a_flag_of_another_department_is_unknown_here(
    licence_case: Case, registry: Department, founder: User, clerk: User
) -> None:
    theirs = services.name_flag(department=registry, label=URGENT, by=founder)
    with pytest.raises(UnknownFlag):
        services.set_flag(reference=licence_case.reference, key=theirs.key, by=clerk)
    assert not CaseFlag.objects.exists()
