"""Workflows of eGov DIGIT: the states, actions, roles and times of its business services."""

from __future__ import annotations

import re
from typing import ClassVar

from engine.core.text import Text
from forms_library.importing.names import plain
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from workflows.importing.digit_finding import Found, beside, definitions
from workflows.importing.digit_form import form_of
from workflows.importing.digit_making import Steps
from workflows.importing.digit_names import key_of, name_of, words_of
from workflows.importing.digit_reading import Definition, read_definition
from workflows.importing.digit_roles import Roles
from workflows.importing.port import (
    Document,
    ImportedWorkflow,
    ImportedWorkflows,
    WorkflowImporter,
    workflow_importers,
)

MOST_STATES, MOST_ACTIONS, MOST_ROLES = 400, 50, 50
MOST_KNOWN_ROLES = 200
FORM = "application"


@workflow_importers.register
class Digit(WorkflowImporter):
    """Business services, alone or in lists, requests, master data and services of DIGIT Studio."""

    key: ClassVar[str] = "digit"
    label: ClassVar[Text] = Text({"en": "eGov DIGIT", "fr": "eGov DIGIT", "ar": "eGov DIGIT"})

    def recognises(self, document: Document) -> bool:
        """Whether states with actions stand somewhere in it."""
        return bool(definitions(document))

    def read(self, document: Document) -> ImportedWorkflows:
        """Every workflow in the document."""
        found, report = definitions(document), Report()
        for path, _ in beside(document, found):
            report.lost(path, "beside", "This stands beside the workflows and is not carried.")
        workflows = tuple(_workflow(each, report, number) for number, each in enumerate(found, 1))
        return ImportedWorkflows(workflows, report, self.key)


def _workflow(found: Found, report: Report, number: int) -> ImportedWorkflow:
    instead = name_of((found.holder or {}).get("service")) or f"Workflow {number}"
    definition = read_definition(found.definition, found.path, report, instead)
    roles = Roles(_roles_in(definition))
    _refuse_what_is_too_large(definition)
    steps = Steps(definition, roles, report)
    title = words_of(definition.name.replace(".", " ")) or definition.name
    asks_files = steps.first is not None and steps.first.documents
    form = form_of(title, found.holder, found.holder_path or found.path, report, documents=asks_files)
    nodes, made = steps.nodes(FORM), roles.written()
    beginning = {made[role].get("who") for action in nodes[0]["actions"] for role in action["roles"]}
    package = {
        "format": 1,
        "key": key_of(definition.name, "workflow").replace("_", "-"),
        "title": {"en": title},
        "audience": "citizen" if "applicant" in beginning else "staff",
        "languages": ["en"],
        "reference_prefix": _prefix(definition.name),
        "roles": made,
        "forms": {FORM: form},
        "workflow": {"decide_within": steps.time(), "start": steps.begin, "nodes": nodes},
    }
    return ImportedWorkflow(package, definition.name)


def _roles_in(definition: Definition) -> list[str]:
    return [role for state in definition.states for each in state.transitions for role in each.roles]


def _refuse_what_is_too_large(definition: Definition) -> None:
    states, roles = len(definition.states), len(set(_roles_in(definition)))
    if states > MOST_STATES or roles > MOST_KNOWN_ROLES:
        raise Refused(
            f'The workflow "{definition.name}" has {states} states and {roles} roles; '
            f"at most {MOST_STATES} and {MOST_KNOWN_ROLES} are read."
        )
    for state in definition.states:
        if len(state.transitions) > MOST_ACTIONS:
            raise Refused(f'The state "{state.name}" has more than {MOST_ACTIONS} actions.')
        if any(len(each.roles) > MOST_ROLES for each in state.transitions):
            raise Refused(f'An action of the state "{state.name}" names more than {MOST_ROLES} roles.')


def _prefix(name: str) -> str:
    letters: str = re.sub(r"[^A-Z0-9]", "", plain(name).upper()).lstrip("0123456789")
    return letters[:4] if len(letters) >= 4 else (letters + "WF")[:4]
