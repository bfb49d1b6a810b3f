"""A workflow walked by itself: all of it, the same every time, and nothing stays."""

from typing import Any

import pytest
import yaml

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.messages.models import Letter, OutboxMessage
from tests.workflows.digit import complaint
from tests.workflows.published import text_of
from workflows.definition import ServicePackage
from workflows.dry_run.refusing import ActRefused
from workflows.importing.reading import read_workflows
from workflows.models import Case, Service, WorkItem
from workflows.services.package_text import read_package
from workflows.walking import Findings, walk

pytestmark = pytest.mark.django_db
PACKAGE = """
format: 1
key: dog-licence
title: Register a dog
languages: [en]
reference_prefix: DOG
forms:
  application:
    title: Register a dog
    pages:
      - key: dog
        title: Your dog
        fields: [{key: dog_name, type: short_text, label: Name of the dog, data_class: public}]
workflow:
  decide_within: {working_days: 5}
  start: applied
  nodes:
    - {key: applied, type: start, form: application, title: Applied, next: check}
    - key: check
      type: user_task
      title: Check
      role: clerk
      outcomes:
        - {key: accept, label: Accept, next: done}
        - {key: ask, label: Ask, next: register}
    - {key: register, type: service_call, title: Ask the register, address: "https://register.example.org/dogs",
       keep: {status: {type: text, at: /dog/status}}, attempts: 1, next: done}
    - {key: unreadable, type: error, "on": register, next: refused}
    - {key: done, type: end, outcome: approved, title: Registered}
    - {key: refused, type: end, outcome: refused, title: Refused}
"""


def package(**changed: Any) -> ServicePackage:
    """The dog licence, with other steps."""
    document = yaml.safe_load(PACKAGE)
    nodes = {node["key"]: node for node in document["workflow"]["nodes"]}
    document["workflow"]["nodes"] = list({**nodes, **changed}.values())
    return ServicePackage.model_validate(document)


def test_every_way_and_every_end_is_found(licensing: Department) -> None:
    found = walk(package(), licensing, exhaustive=True)
    assert found.problems == {}
    assert found.complete
    assert found.coverage.missing == ()
    assert set(found.ends) == {"done", "refused"}
    assert found.ends_missed == []


def test_walks_by_chance_are_the_same_for_the_same_seeds(licensing: Department) -> None:
    first, second = (walk(package(), licensing, seeds=5) for _ in range(2))
    assert first.written() == second.written()
    assert first.walks == 5
    assert first.acts >= 10


def test_nothing_of_a_walk_stays(licensing: Department) -> None:
    before = [model.objects.count() for model in _MODELS]
    walk(package(), licensing, exhaustive=True)
    walk(package(), licensing, seeds=2)
    assert [model.objects.count() for model in _MODELS] == before


_MODELS: list[Any] = [
    AuditEntry, Case, Department, Letter, OutboxMessage, Service, User, WorkItem,
]  # fmt: skip


def test_a_case_that_nobody_can_bring_on_is_found_with_the_way_there(licensing: Department) -> None:
    stuck = {"key": "done", "type": "condition", "title": "Wait", "when": "1 > 2", "next": "end"}
    end = {"key": "end", "type": "end", "outcome": "approved"}
    for exhaustive in (False, True):
        found = walk(package(done=stuck, end=end), licensing, seeds=8, exhaustive=exhaustive)
        (problem,) = [each for each in found.problems if each.kind == "stuck"]
        assert problem.step == "done"
        assert problem.moves[-1] == "check accept by clerk"
        assert "end" in found.ends_missed


def test_a_step_that_fails_without_a_way_out_is_found(licensing: Department) -> None:
    document = yaml.safe_load(PACKAGE)
    nodes = [each for each in document["workflow"]["nodes"] if each["key"] not in ("unreadable", "refused")]
    document["workflow"]["nodes"] = nodes
    found = walk(ServicePackage.model_validate(document), licensing, exhaustive=True)
    kinds = {(each.kind, each.step) for each in found.problems}
    assert ("failed", "register") in kinds


def test_what_is_refused_is_found_once_with_its_reason(
    licensing: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: Any, **__: Any) -> None:
        raise ActRefused("nobody_may")

    monkeypatch.setattr("workflows.dry_run.acting.decide", nobody)
    found = walk(package(), licensing, exhaustive=True)
    sentences = [each.sentence for each in found.problems if each.kind == "refused"]
    assert sorted(sentences) == [
        "accept: nobody_may. Nobody of those who play may do this.",
        "ask: nobody_may. Nobody of those who play may do this.",
    ]


def test_an_error_in_the_engine_is_a_finding_and_not_the_end(
    licensing: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("workflows.dry_run.acting.decide", broken)
    found = walk(package(), licensing, seeds=1)
    assert {each.kind for each in found.problems} == {"fault", "stuck"}


def test_an_exhaustive_walk_says_when_its_moves_are_used_up(licensing: Department) -> None:
    found = walk(package(), licensing, exhaustive=True, most=3)
    assert found.acts == 3
    assert not found.complete


@pytest.mark.parametrize(
    "path", ["registry/residence-extract.yaml", "works/purchase-approval.yaml", "works/street-event.yaml"]
)
def test_the_services_of_the_demonstration_have_no_place_where_a_case_stays(
    path: str, licensing: Department
) -> None:
    found: Findings = walk(ServicePackage.model_validate(read_package(text_of(path))), licensing, seeds=6)
    assert found.problems == {}
    assert found.coverage.share > 0.7


def test_states_are_walked_by_every_role_that_may_act(licensing: Department) -> None:
    (workflow,) = read_workflows(complaint()).workflows
    found = walk(ServicePackage.model_validate(workflow.package), licensing, exhaustive=True, most=300)
    assert found.problems == {}
    assert found.coverage.missing == ()
