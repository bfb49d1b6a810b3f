"""When and where rules run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.core.rules import Facts, prepare
from engine.core.worktime import WorkingCalendar
from forms_library.bound import ANSWERS, CompiledForm

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Moment:
    """When and where rules run: the day, the department's calendar, what is read beside the answers."""

    today: date
    calendar: WorkingCalendar | None = None
    context: Mapping[str, Answers] = field(default_factory=dict)

    def facts(self, compiled: CompiledForm, answers: Answers) -> Facts:
        """The answers as rules read them, taken as they are."""
        return Facts(compiled.schema, {**self.context, ANSWERS: answers}, self.today, self.calendar)

    def prepared(self, compiled: CompiledForm) -> dict[str, Any]:
        """What is read beside the answers, as rules want to see it."""
        roots = compiled.schema.roots
        return {
            root: prepare(group, self.context.get(root) or {})
            for root, group in roots.items()
            if root != ANSWERS
        }
