"""Whether somebody in the department can do each step."""

from engine.core.problems import Problems
from engine.departments.models import Department
from workflows.definition import ServicePackage
from workflows.node_type import sentence_of
from workflows.parts import STAFF_ROLES
from workflows.roles import nobody_holds


def note_roles_without_people(package: ServicePackage, department: Department, problems: Problems) -> None:
    """Note the roles that nobody in this department has: cases would wait there for somebody.

    A role of the product is named at each of its steps, one of the service's own where it is made.
    """
    steps: dict[str, list[tuple[int, str]]] = {}
    for number, options in enumerate(package.workflow.nodes):
        for role in package.staff_roles(options):
            steps.setdefault(role, []).append((number, sentence_of(options)))
    for role in nobody_holds(steps, department):
        if role not in STAFF_ROLES:
            title = package.roles[role].title.in_("en") or role
            sentence = f'Nobody in this department has the role "{title}". Give it to somebody under People.'
            problems.at("roles", role).look("nobody", sentence)
            continue
        for number, name in steps[role]:
            sentence = f'Nobody in this department can do the step {name}: it needs the role "{role}".'
            problems.at("workflow", "nodes", number).look("nobody", sentence)
