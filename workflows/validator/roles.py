"""The roles that a package makes: named well, and used."""

from __future__ import annotations

from engine.core.problems import Problems
from engine.departments.roles import Role
from workflows.definition import ServicePackage
from workflows.node_type import node_types
from workflows.parts import APPLICANT

RESERVED = {*(role.value for role in Role), APPLICANT}


def check_roles(package: ServicePackage, problems: Problems) -> None:
    """Note what is wrong with the roles that the package makes."""
    used = {role for options in package.workflow.nodes for role in node_types[options.type].roles(options)}
    for key, role in package.roles.items():
        if key in RESERVED:
            sentence = f'"{key}" is a role of the product. Call the role of the service something else.'
            problems.at(key).mend("reserved", sentence)
        if not role.title:
            sentence = "The role needs a title: administrators give it to people."
            problems.at(key, "title").mend("no_text", sentence)
        if key not in used:
            problems.at(key).look("unused", "No step names this role.")
