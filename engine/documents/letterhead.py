"""What every paper of a department has: its head, its colours, and the reference of the case."""

from __future__ import annotations

from typing import Any

from engine.core.languages import direction
from engine.core.text import Text
from engine.departments.models import Department

REFERENCE = Text({"en": "Reference", "fr": "Référence", "ar": "المرجع"})


def letterhead(department: Department, language: str, title: str, reference: str) -> dict[str, Any]:
    """The values that the templates of all papers share, in this language."""
    return {
        "language": language,
        "direction": direction(language),
        "department": department.name(language),
        "country": department.text("country_line", language),
        "title": title,
        "reference_word": REFERENCE.in_(language),
        "reference": reference,
        "brand": department.brand,
        "on_brand": department.on_brand,
    }
