"""Somebody must be able to do each step."""

import pytest

from engine.core.problems import Problems
from tests.workflows.steps import task
from tests.workflows.validator.nets import package_of
from workflows.definition import ServicePackage
from workflows.selectors.staffing import note_roles_without_people
from workflows.services import import_package

pytestmark = pytest.mark.django_db

NODES = (task("check", "sign"), {**task("sign", "done"), "role": "supervisor"})


def noted(department):
    problems = Problems()
    note_roles_without_people(ServicePackage.model_validate(package_of(*NODES)), department, problems)
    return [(problem.where, problem.severity) for problem in problems]


def test_a_role_that_nobody_has_is_worth_a_look(licensing):
    assert noted(licensing) == [("workflow.nodes[1]", "look"), ("workflow.nodes[2]", "look")]


def test_who_may_approve_may_also_check(licensing, supervisor):
    assert noted(licensing) == []


def test_a_clerk_of_another_department_does_not_count(licensing, foreign_clerk):
    assert len(noted(licensing)) == 2


def test_somebody_who_left_does_not_count(licensing, supervisor):
    supervisor.is_active = False
    supervisor.save()
    assert len(noted(licensing)) == 2


def test_the_importer_is_told(licensing, clerk, designer):
    report = import_package(source=package_of(*NODES), department=licensing, by=designer)
    assert [problem.sentence for problem in report.problems if problem.code == "nobody"] == [
        'Nobody in this department can do the step "Sign": it needs the role "supervisor".'
    ]
