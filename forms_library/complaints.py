"""What is wrong with an answer: a code, the part of the field, and values for the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Complaint:
    """One thing wrong: the code names the sentence, the part names the input it is about."""

    code: str
    part: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class AnswerRefused(Exception):
    """An answer cannot be taken as it was given."""

    def __init__(self, *complaints: Complaint) -> None:
        self.complaints = complaints
        super().__init__(", ".join(complaint.code for complaint in complaints))


def refuse(code: str, part: str = "", **values: Any) -> AnswerRefused:
    """An answer refused for one reason."""
    return AnswerRefused(Complaint(code, part, values))
