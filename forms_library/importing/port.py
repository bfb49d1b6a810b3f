"""What an importer is: one class for one foreign format."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.core.registry import Registry
from engine.core.text import Text
from forms_library.definition import Form
from forms_library.importing.report import Report

# a JSON document, or the JSON files of a folder or archive by their path
Document = Any


class Refused(Exception):
    """A source that is not read at all, with the reason as a sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class ImportedForm:
    """One form out of a source; with the name that it had there."""

    form: Form
    name: str
    language: str = "en"


@dataclass(frozen=True)
class Imported:
    """All forms of a source, and the report about what is not as it was."""

    forms: tuple[ImportedForm, ...]
    report: Report
    document: Document = None
    format: str = ""


class Importer(ABC):
    """One foreign format."""

    key: ClassVar[str]
    label: ClassVar[Text]

    @abstractmethod
    def recognises(self, document: Document) -> bool:
        """Whether a document is of this format; never raises."""

    @abstractmethod
    def read(self, document: Document) -> Imported:
        """The forms of the document; raises Refused when it cannot be read at all."""


importers: Registry[Importer] = Registry("importer")
