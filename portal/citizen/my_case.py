"""What an applicant is told of one application, as the template draws it."""

from dataclasses import dataclass
from functools import cached_property

from portal.citizen.case_answers import sections_of_case
from portal.citizen.timeline import Stop, stops
from workflows.models import Case
from workflows.selectors.applications import Application


@dataclass(frozen=True)
class SentFile:
    """A file that the applicant sent."""

    document_id: str
    label: str
    name: str


class MyCase:
    """One application in one language; read for its applicant only."""

    def __init__(self, found: Application, language: str) -> None:
        self.found = found
        self.language = language

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.found.case

    @cached_property
    def timeline(self) -> list[Stop]:
        """The way with its stops."""
        return stops(self.case, self.found.stages)

    @cached_property
    def files(self) -> list[SentFile]:
        """The files among the answers."""
        sections = sections_of_case(self.case, self.language)
        rows = [row for section in sections for row in section.rows]
        return [SentFile(key, row.label, row.value_text) for row in rows for key in row.documents]
