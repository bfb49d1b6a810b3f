"""What an exporter is: one class for one format that a form can be written in."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from engine.core.registry import Registry
from engine.core.text import Text
from forms_library.definition import Form
from forms_library.importing.report import Report


@dataclass(frozen=True)
class Exported:
    """A form as the text of a file, and the report about what the format cannot hold."""

    content: str
    report: Report


class Exporter(ABC):
    """One format."""

    key: ClassVar[str]
    label: ClassVar[Text]
    ending: ClassVar[str]
    whole: ClassVar[bool] = True
    """Whether a form can be read again from what is written."""
    translated: ClassVar[bool] = True
    """Whether it holds all languages, or needs none; otherwise a file is written in one of them."""
    content_type: ClassVar[str] = "application/json"
    about: ClassVar[Text]
    """One sentence: what the file is good for."""

    @abstractmethod
    def write(self, form: Form, language: str = "en") -> Exported:
        """The form in this format; a format without translations is written in one language."""


exporters: Registry[Exporter] = Registry("exporter")
