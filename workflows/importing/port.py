"""What an importer of workflows is: one class for one foreign format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.core.registry import Registry
from engine.core.text import Text
from forms_library.importing.report import Report

# a JSON document, or the bytes of a text that is none
Document = Any


@dataclass(frozen=True)
class ImportedWorkflow:
    """One workflow out of a source as a service package, with the name that it had there."""

    package: dict[str, Any]
    name: str


@dataclass(frozen=True)
class ImportedWorkflows:
    """All workflows of a source, and the report about what is not as it was."""

    workflows: tuple[ImportedWorkflow, ...]
    report: Report
    format: str


class WorkflowImporter(ABC):
    """One foreign format."""

    key: ClassVar[str]
    label: ClassVar[Text]

    @abstractmethod
    def recognises(self, document: Document) -> bool:
        """Whether a document is of this format; never raises."""

    @abstractmethod
    def read(self, document: Document) -> ImportedWorkflows:
        """The workflows of the document; raises Refused when it cannot be read at all."""


workflow_importers: Registry[WorkflowImporter] = Registry("workflow importer")
