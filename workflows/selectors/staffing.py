"""Whether somebody in the department can do each step."""

from engine.core.problems import Problems
from engine.departments.access import people_with
from engine.departments.models import Department
from workflows.definition import ServicePackage
from workflows.node_type import node_types, sentence_of
from workflows.selectors.rights import right_for


def note_roles_without_people(package: ServicePackage, department: Department, problems: Problems) -> None:
    """Note the steps whose role nobody in this department has: cases would wait there for somebody."""
    steps: dict[str, list[tuple[int, str]]] = {}
    for number, options in enumerate(package.workflow.nodes):
        for role in node_types[options.type].roles(options):
            steps.setdefault(role, []).append((number, sentence_of(options)))
    for role, places in steps.items():
        if not people_with(right_for(role), department).exists():
            for number, name in places:
                sentence = f'Nobody in this department can do the step {name}: it needs the role "{role}".'
                problems.at("workflow", "nodes", number).look("nobody", sentence)
