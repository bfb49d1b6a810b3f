"""What a certificate shall say, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from engine.core.text import Text
from engine.departments.models import Department


@dataclass(frozen=True)
class CertificateRow:
    """One line of the table: its label, and its value in each language of the certificate."""

    label: Text
    values: Mapping[str, str]

    def value(self, language: str) -> str:
        """The value in this language, or the first that there is."""
        return self.values.get(language) or next(iter(self.values.values()), "")


@dataclass(frozen=True)
class CertificateBlock:
    """A heading, a paragraph or a table beside the lines; the cells of a table in each language."""

    kind: Literal["heading", "text", "table"]
    above: bool
    words: Text = field(default_factory=lambda: Text(""))
    header: tuple[Text, ...] = ()
    cells: tuple[tuple[Mapping[str, str], ...], ...] = ()


@dataclass(frozen=True)
class CertificateRequest:
    """Everything that is printed; the same idempotency key always means the same certificate."""

    department: Department
    kind: str
    prefix: str
    idempotency_key: str
    case_reference: str
    title: Text
    statement: Text
    rows: tuple[CertificateRow, ...]
    languages: tuple[str, ...]
    holder_name: str
    valid_from: date
    valid_until: date | None = None
    replaces: str = ""
    blocks: tuple[CertificateBlock, ...] = ()
    signature: Literal["start", "middle", "end"] = "middle"

    @property
    def printed_languages(self) -> tuple[str, ...]:
        """One language, or two side by side."""
        return (self.languages or (self.department.languages[0],))[:2]
