"""What a package needs and this site does not have yet: people for its steps, and secrets by their names."""

from engine.calls.secrets import has_secret
from engine.core.problems import Problems
from engine.departments.models import Department
from workflows.definition import ServicePackage
from workflows.selectors.staffing import note_roles_without_people


def note_what_is_missing_here(package: ServicePackage, department: Department, problems: Problems) -> None:
    """Note what would make cases wait or steps fail, although the package itself is right."""
    note_roles_without_people(package, department, problems)
    _note_missing_secrets(package, department, problems)


def _note_missing_secrets(package: ServicePackage, department: Department, problems: Problems) -> None:
    for number, options in enumerate(package.workflow.nodes):
        name = getattr(options, "secret", None)
        if name and not has_secret(department.key, name):
            place = problems.at("workflow", "nodes", number, "secret")
            sentence = (
                f'This site has no secret "{name}" for this department yet; its operator puts it there.'
            )
            place.look("no_secret", sentence)
