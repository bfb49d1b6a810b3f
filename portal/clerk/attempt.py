"""One posted decision, read once: the step, the outcome that was pressed, and everything that was typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from forms_library.answers import FieldError, PageResult
from portal.clerk import posted
from portal.clerk.frame import language
from portal.clerk.staff import person
from portal.clerk.staff_form import StaffForm
from workflows.models import Case, WorkItem, WorkKind
from workflows.node_type import node_types
from workflows.selectors.actions import Choice, choices_of, returnable_fields
from workflows.selectors.versions import version_of
from workflows.services.claiming import has_it
from workflows.services.refusals import AlreadyDecided, NotOpen, NotYours, WorkRefused

MOST_DAYS = 365


class Attempt:
    """What somebody wants to do with a work item."""

    def __init__(self, request: HttpRequest, item: WorkItem, case: Case) -> None:
        self.request, self.item, self.case = request, item, case
        self.by = person(request)
        self.version = version_of(case.version_id)
        self.options = self.version.node(item.node_key)

    @property
    def acts(self) -> bool:
        """Whether the case stands in a state, where each action is for whoever may take it."""
        return self.options is not None and bool(node_types[self.options.type].actions(self.options))

    def refused_already(self) -> WorkRefused | None:
        """Why nothing can be done any more, before anything else of the attempt is looked at."""
        owner = self.item.owner
        if self.options is None or (self.item.kind != WorkKind.PERSON and not self.acts):
            return NotOpen()
        if self.item.finished is not None:
            return AlreadyDecided(owner.get_full_name() if owner else "", self.item.finished)
        return None if owner is None or has_it(self.by, self.item) else NotYours()

    @cached_property
    def choice(self) -> Choice | None:
        """The outcome that was pressed; None when it is none of this step."""
        wanted = posted.key(self.request, posted.OUTCOME)
        offered = choices_of(self.version, self.options, language()) if self.options else []
        return next((choice for choice in offered if choice.key == wanted), None)

    @cached_property
    def form(self) -> StaffForm | None:
        """The form of the step."""
        return StaffForm.of(self.case, str(getattr(self.options, "form", None) or ""), language())

    @cached_property
    def result(self) -> PageResult:
        """What was filled in."""
        if self.form is None:
            return PageResult({}, {}, [])
        return self.form.read(self.request, self.by)

    @property
    def raw(self) -> Mapping[str, Any]:
        """What was filled in, to be shown again."""
        return self.result.raw

    @property
    def answers(self) -> Mapping[str, Any]:
        """What was filled in, as it is recorded."""
        return {key: answer for key, answer in self.result.answers.items() if answer is not None}

    @property
    def files(self) -> Mapping[str, Any]:
        """The files that are kept already."""
        return self.result.kept

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """What is wrong with the form of the step."""
        return tuple(self.result.errors)

    @cached_property
    def reason(self) -> str:
        """Why it was decided so."""
        return posted.text(self.request, posted.REASON)

    @cached_property
    def note(self) -> str:
        """What the applicant is told to correct."""
        return posted.text(self.request, posted.NOTE)

    @cached_property
    def fields(self) -> list[str]:
        """The answers that are to be corrected."""
        return posted.keys(self.request, posted.FIELDS)

    @cached_property
    def days(self) -> int | None:
        """How many working days the applicant has; None where nothing usable was typed."""
        return posted.number(self.request, posted.DAYS, MOST_DAYS)

    @cached_property
    def returnable(self) -> list[tuple[str, str]]:
        """The answers that can be sent back, with their labels."""
        return returnable_fields(self.case, self.version, language())
