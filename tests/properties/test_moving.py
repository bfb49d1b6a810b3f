"""Random pairs of versions, and real ones: no moved case is stuck, no answer is lost or reinterpreted."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.problems import Problems
from engine.departments.access import grant_role
from engine.departments.models import User
from engine.departments.roles import Role
from tests.forms_library.test_rebasing import ANSWERS, MOMENT, form, pages
from tests.properties.test_rebasing import CHANGE, KEYS, change, possible
from tests.properties.test_running_workflows import case_of, clocks, move, opened, walked
from tests.properties.test_workflows import codes, package_of
from tests.properties.workflows import built, damaged
from tests.workflows.conftest import publish  # noqa: F401
from tests.workflows.digit import OPEN_FILES, open_files
from tests.workflows.moving.moves import moved, planned, row_of
from workflows.compiler import forget_flow
from workflows.coverage.playing import Play, is_end, played
from workflows.coverage.versions import shortest_way
from workflows.definition import ServicePackage, fingerprint, parse_package
from workflows.health import unresolvable_cases
from workflows.importing.reading import read_source, read_workflows
from workflows.models import Case, ServiceVersion, WorkItem
from workflows.moving import answers as answers_of_cases
from workflows.moving.matching import matches
from workflows.moving.reasons import class_of
from workflows.person import Correction
from workflows.selectors.versions import version_of

pytestmark = pytest.mark.django_db
MANY = [12, pytest.param(400, marks=[pytest.mark.slow, pytest.mark.timeout(3_600)])]
HISTORY = OPEN_FILES / "history"


# --- random workflows
def next_version(random: Random, old: Any) -> ServicePackage:
    """The same workflow with a few links elsewhere, or another one that shares keys by chance; both right."""
    while True:
        nodes = built(random, 12) if random.random() < 0.3 else damaged(random, old, most=2)
        try:
            package = package_of(nodes)
        except ValueError:  # cannot even be written down
            continue
        if not codes(package):
            return package


def answered(random: Random, old: ServiceVersion, new: ServiceVersion) -> dict[str, str]:
    """What an administrator may say who does not look."""
    asked = [
        match for match in matches(version_of(old.pk), version_of(new.pk)).values() if match.how != "same"
    ]
    return {match.key: random.choice([*match.choices, ""]) for match in asked if random.random() < 0.8}


@pytest.mark.parametrize("many", MANY)
def test_moved_cases_of_random_versions_come_to_an_end(
    many: int,
    publish: Any,  # noqa: F811
    citizen: User,
    clerk: User,
    administrator: User,
) -> None:
    fates: Counter[str] = Counter()
    for seed in range(many):
        random = Random(20_000 + seed)
        nodes = built(random, 12)
        cases = [case_of(package_of(nodes), publish, citizen, 20_000 + seed)]
        old = cases[0].version
        for _ in range(random.randrange(6)):
            if not move(Case.objects.get(pk=cases[0].pk), clerk, random, hurry=False):
                break
        new = publish({**next_version(random, nodes).written(), "key": f"random-{20_000 + seed}"})
        plan = planned(old, new, administrator, steps=answered(random, old, new))
        case = Case.objects.get(pk=cases[0].pk)
        if case.finished is not None:
            continue
        before = case.answers
        moved(plan, administrator)
        fates[row_of(plan, case).fate] += 1
        case = walked(case, clerk, random)
        assert case.version_id == (new.pk if row_of(plan, case).fate == "moved" else old.pk)
        assert case.finished is not None, f"seed {seed} stays at {opened(case)}"
        assert not WorkItem.objects.filter(process=case, finished=None).exists(), seed
        assert (clocks(case), case.answers, unresolvable_cases()) == ([], before, []), seed
    assert fates["moved"] > many / 8
    assert fates["left"] > 0


# --- random forms
def carried_over(changes: Any, absent: set[str], leaves: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer is as it was, or named; nothing is made up; a safe case has lost nothing that is asked."""
    old, new = form(pages()), pages()
    for number, (what, key, how) in enumerate(changes):
        change(new, number, what, key, how)
    target = possible(new)
    if target is None:
        return
    answers = {key: answer for key, answer in ANSWERS.items() if key not in absent}
    case: Any = SimpleNamespace(data={}, answers=answers, language="en", department_id=0)
    monkeypatch.setattr(answers_of_cases, "_moment", lambda case: MOMENT)
    course: Any = SimpleNamespace(
        same_form=False,
        leaves_removed=leaves,
        old=SimpleNamespace(start_form=old),
        new=SimpleNamespace(start_form=target),
    )
    found = answers_of_cases.carry(case, course)
    carried = answers if found.answers is None else found.answers
    named = {each.words.get("field") for each in found.reasons}
    for key, answer in answers.items():
        assert carried.get(key) == answer or key in named, key
    for key, answer in carried.items():
        assert answers.get(key) == answer or key in named, key
    if class_of(found.reasons) == "safe":
        lost = {key for key in answers if key not in carried}
        assert lost.isdisjoint(target.fields)
        assert not lost or leaves


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGE, max_size=6), absent=st.sets(st.sampled_from(KEYS)), leaves=st.booleans())
def test_whatever_changes_no_answer_of_a_case_is_lost(
    changes: Any, absent: Any, leaves: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried_over(changes, absent, leaves, monkeypatch)


# --- real versions
def versions_of(folder: str) -> list[ServicePackage]:
    """The versions of a workflow as they were published one after the other."""
    found = []
    for path in sorted((HISTORY / folder).glob("*.json")):
        for each in read_workflows(read_source(path.read_bytes())).workflows:
            package = parse_package(each.package, Problems())
            assert package is not None
            found.append(package)
    return found


def folders() -> list[str]:
    """Those with more than one version."""
    if not HISTORY.is_dir():
        return []
    return sorted(each.name for each in HISTORY.iterdir() if len(list(each.glob("*.json"))) > 1)


def put_into_every_state(play: Play) -> list[Case]:
    """Open cases, one in every state in which one can stand."""
    cases = [play.put_into(options.key) for options in play.states]
    return [case for case in cases if case.finished is None]


def published_as(play: Play, package: ServicePackage) -> ServiceVersion:
    """The next version of the service on the stage."""
    document = {**package.written(), "key": play.package.key, "reference_prefix": play.stage.prefix}
    return ServiceVersion.objects.create(
        service=play.stage.service,
        number=2,
        package=document,
        sha256=fingerprint(document),
        published_at=play.stage.version.published_at,
        published_by=play.stage.cast.applicant,
    )


def brought_to_an_end(case: Case, package: ServicePackage) -> None:
    """The case goes the shortest way to an end of its version."""
    way = shortest_way(package, case.stands_at)
    assert way is not None, f"{case.reference} in {case.stands_at} has no way to an end"
    for action in way:
        item = WorkItem.objects.filter(process=case, finished=None).latest("pk")
        with item.activation() as activation:
            activation.act(case.applicant, action, "Because", {}, Correction())
        case = Case.objects.get(pk=case.pk)
    assert is_end(package.nodes[case.stands_at])
    assert case.finished is not None


def moved_on_a_stage(older: ServicePackage, newer: ServicePackage) -> Counter[str]:
    """Move a case in every state of one version to the other, and bring each to an end where it is then."""
    with played(older) as play:
        cases = put_into_every_state(play)
        version = published_as(play, newer)
        try:
            return _moved(play, cases, version, (older, newer))
        finally:
            forget_flow(play.stage.service.pk, version.number)


def _moved(
    play: Play, cases: list[Case], version: ServiceVersion, packages: tuple[ServicePackage, ServicePackage]
) -> Counter[str]:
    head = User.objects.create_user("head@example.org", name="Head")
    grant_role(head, Role.ADMINISTRATOR, play.stage.service.department)
    answers = {case.pk: case.answers for case in cases}
    asked = matches(version_of(play.stage.version.pk), version_of(version.pk)).values()
    steps = {each.key: each.to or each.choices[0] for each in asked if each.how != "same" and each.choices}
    move = moved(planned(play.stage.version, version, head, steps=steps), head)
    fates: Counter[str] = Counter()
    for case in cases:
        case = Case.objects.get(pk=case.pk)
        fate = row_of(move, case).fate
        fates[fate] += 1
        assert case.answers == answers[case.pk]
        brought_to_an_end(case, packages[fate == "moved"])
    return fates


@open_files
@pytest.mark.parametrize("folder", folders())
def test_cases_of_real_versions_come_to_an_end_after_they_were_moved(folder: str) -> None:
    fates: Counter[str] = Counter()
    for older, newer in permutations(versions_of(folder), 2):
        fates += moved_on_a_stage(older, newer)
    assert fates["moved"] > 0
    assert fates["left"] == 0
