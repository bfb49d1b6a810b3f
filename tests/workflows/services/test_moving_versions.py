"""Planning and steering the move of cases: by administrators of the department alone, in the right order."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from tests.workflows.moving.moves import looked_at, moved, planned
from workflows.models import Service, ServiceVersion, VersionMove
from workflows.moving.batch import go_on
from workflows.services import import_package, publish
from workflows.services import moving_versions as services
from workflows.services.moving_versions import MoveRefused

pytestmark = pytest.mark.django_db
VERBS: dict[str, Callable[[VersionMove, User], Any]] = {
    "plan": lambda move, user: services.plan_move(service=move.service, source=1, target=2, by=user),
    "answer": lambda move, user: services.answer_plan(
        move_id=move.pk, steps={}, leaves_removed=False, by=user
    ),
    "look": lambda move, user: services.look_at_cases(move_id=move.pk, by=user),
    "move": lambda move, user: services.move_cases(move_id=move.pk, by=user),
    "undo": lambda move, user: services.bring_back(move_id=move.pk, by=user),
    "stop": lambda move, user: services.stop_move(move_id=move.pk, by=user),
    "resume": lambda move, user: services.resume_move(move_id=move.pk, by=user),
}


@pytest.fixture
def two(licence: Service, founder: User) -> tuple[ServiceVersion, ServiceVersion]:
    """Two versions of the trade licence that differ in a word."""
    assert licence.current is not None
    package = {**licence.current.package, "summary": {"en": "Other words"}}
    import_package(source=package, department=licence.department, by=founder)
    publish(service=licence, by=founder)
    old, new = licence.versions.order_by("number")
    return old, new


@pytest.mark.parametrize("name", ["foreign_clerk", "clerk", "supervisor", "designer", "publisher", "citizen"])
@pytest.mark.parametrize("verb", VERBS)
def test_nobody_but_an_administrator_of_the_department(verb, name, two, administrator, request):
    move = planned(*two, administrator)
    entries = AuditEntry.objects.count()
    with pytest.raises(AccessRefused):
        VERBS[verb](move, request.getfixturevalue(name))
    assert AuditEntry.objects.count() == entries
    assert VersionMove.objects.get().status == "planned"


def test_each_verb_is_in_the_record_of_the_department(two, licence_case, administrator):
    moved(planned(*two, administrator, steps={}), administrator)
    verbs = AuditEntry.objects.filter(verb__startswith="version_move.").order_by("pk")
    assert [entry.verb.partition(".")[2] for entry in verbs] == [
        *("planned", "answered", "look_begun", "look_finished", "move_begun", "move_finished")
    ]


def refused(code: str, verb: Callable[[], Any]) -> None:
    with pytest.raises(MoveRefused) as found:
        verb()
    assert found.value.code == code


def test_a_plan_is_final_once_cases_are_moved(two, licence_case, administrator):
    move = moved(planned(*two, administrator), administrator)
    refused("final", lambda: VERBS["answer"](move, administrator))
    refused("final", lambda: VERBS["look"](move, administrator))


def test_nothing_is_moved_before_it_was_looked_at(two, licence_case, administrator):
    move = planned(*two, administrator)
    refused("not_seen", lambda: VERBS["move"](move, administrator))
    looked_at(move, administrator)
    services.answer_plan(move_id=move.pk, steps={}, leaves_removed=True, by=administrator)
    refused("not_seen", lambda: VERBS["move"](move, administrator))


def test_one_thing_at_a_time(two, licence_case, administrator):
    move = planned(*two, administrator)
    refused("not_running", lambda: VERBS["stop"](move, administrator))
    refused("not_running", lambda: VERBS["resume"](move, administrator))
    refused("nothing_moved", lambda: VERBS["undo"](move, administrator))
    VERBS["look"](move, administrator)
    for verb in ("answer", "look", "move", "undo", "resume"):
        refused("running", lambda verb=verb: VERBS[verb](move, administrator))
    VERBS["stop"](move, administrator)
    assert not go_on(move.pk)
    VERBS["resume"](move, administrator)
    assert go_on(move.pk)


def test_versions_and_steps_that_are_not_there(two, administrator):
    service = two[0].service
    refused(
        "same_version",
        lambda: services.plan_move(service=service, source=1, target=1, by=administrator),
    )
    refused(
        "unknown_version",
        lambda: services.plan_move(service=service, source=1, target=9, by=administrator),
    )
    move = planned(*two, administrator)
    for steps in ({"check": "nowhere"}, {"nowhere": "check"}):
        refused(
            "wrong_step",
            lambda steps=steps: services.answer_plan(
                move_id=move.pk, steps=steps, leaves_removed=False, by=administrator
            ),
        )
