"""What comes of a document of another system, be it a form or a workflow."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.core.problems import Problem
from forms_library.importing.report import Report
from workflows.models import Service


@dataclass(frozen=True)
class ForeignImport:
    """The services that were made, what was not as it was, and what is worth a look."""

    format: str
    services: list[Service]
    report: Report
    problems: list[Problem] = field(default_factory=list)
