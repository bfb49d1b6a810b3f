"""The settings that all numbers share: the signs around the input, and limits in the right order."""

from typing import Any

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.field_type import FieldOptions, ui

LIMIT_ERRORS = {
    "too_small": Text({
        "en": "{subject} must be {min} or more",
        "fr": "{subject} doit être au moins {min}",
        "ar": "يجب أن يكون {subject} {min} أو أكثر",
    }),
    "too_large": Text({
        "en": "{subject} must be {max} or less",
        "fr": "{subject} doit être au plus {max}",
        "ar": "يجب أن يكون {subject} {max} أو أقل",
    }),
}  # fmt: skip


class NumberOptions(FieldOptions):
    """What stands before and after the input, and the limits."""

    min: Any = None
    max: Any = None
    prefix: Text | None = Value(default=None, title="Sign before the input", json_schema_extra=ui("text"))
    unit: Text | None = Value(default=None, title="Unit after the input", json_schema_extra=ui("text"))

    def before(self, language: str) -> str:
        """The sign before the input."""
        return self.prefix.in_(language) if self.prefix else ""

    def after(self, language: str) -> str:
        """The unit after the input."""
        return self.unit.in_(language) if self.unit else ""

    def around(self, number: str, language: str) -> str:
        """The number with its signs, as it is read."""
        return f"{self.before(language)} {number} {self.after(language)}".strip()
