"""Where somebody is on the way through a form: which pages there are, which are done, which one is next."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

from engine.core.voice import marking
from engine.core.worktime import WorkingCalendar
from forms_library.answers import PageResult, Whole, check_whole, read_page
from forms_library.compiled import CompiledForm, CompiledPage
from forms_library.drawn import names_on
from forms_library.field_type import Reading
from forms_library.uploads import Upload
from forms_library.visibility import Moment, Shown, shown
from portal.citizen.posted import Posted
from workflows.clock import calendar_of
from workflows.models import Draft
from workflows.services.drafts import SAVED_AT
from workflows.services.prefilling import locked, offered


class Walk:
    """One draft on its way through its form; a correction goes only to the fields that were named."""

    def __init__(self, draft: Draft, form: CompiledForm, only: frozenset[str] | None = None) -> None:
        self.draft = draft
        self.form = form
        self.only = only
        self.language = get_language() or "en"

    @cached_property
    def today(self) -> date:
        """The day at the department."""
        return timezone.localdate(timezone=ZoneInfo(self.draft.department.time_zone))

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working days of the department."""
        return calendar_of(self.draft.department_id)

    @cached_property
    def way(self) -> Shown:
        """What the answers decide about the pages."""
        moment = Moment(self.today, self.calendar)
        return shown(self.form, self.draft.answers, moment, walk=True)

    @property
    def exit_page(self) -> str | None:
        """The page that ends the way before anything can be sent."""
        return self.way.exit_page if self.only is None else None

    @property
    def faults(self) -> Mapping[str, str]:
        """The rules that cannot be worked out with these answers, by their place."""
        return self.whole.faults

    @cached_property
    def offered(self) -> dict[str, Any]:
        """What is known already, for questions that are not answered yet."""
        return offered(self.draft, self.form) if self.only is None else {}

    @cached_property
    def locked(self) -> dict[str, Any]:
        """What is known and may not be changed here."""
        return locked(self.draft, self.form) if self.only is None else {}

    @cached_property
    def pages(self) -> list[str]:
        """The pages to walk through, in order."""
        keys = list(self.way.pages)
        return keys if self.only is None else [key for key in keys if self._has_named_fields(key)]

    def _has_named_fields(self, key: str) -> bool:
        return any(field.key in (self.only or ()) for field in self.form.pages[key].fields)

    @cached_property
    @marking()
    def whole(self) -> Whole:
        """All answers judged as they stand today."""
        return check_whole(
            self.form,
            self.draft.answers,
            self.today,
            only=self.only,
            language=self.language,
            calendar=self.calendar,
        )

    def was_answered(self, key: str) -> bool:
        """Whether the page was saved once; the answers of a correction are there from the beginning."""
        return key in self.draft.raw.get(SAVED_AT, {})

    def is_done(self, key: str) -> bool:
        """Whether nothing is left to do on the page."""
        is_right = key not in self.whole.errors and key not in self.draft.raw
        return is_right and self.was_answered(key) and key != self.exit_page

    @cached_property
    def first_unfinished(self) -> str | None:
        """The first page with something left to do; None when all are done."""
        return next((key for key in self.pages if not self.is_done(key)), None)

    def may_open(self, key: str) -> bool:
        """A page may be opened when everything before it is done; links cannot skip ahead."""
        if key not in self.pages:
            return False
        return self.first_unfinished is None or self.pages.index(key) <= self.pages.index(
            self.first_unfinished
        )

    def page(self, key: str) -> CompiledPage:
        """One page of the form."""
        return self.form.pages[key]

    @marking()
    def read(self, key: str, posted: Posted, upload: Upload) -> PageResult:
        """What was posted for one page, judged."""
        return read_page(
            self.form,
            key,
            posted.data,
            posted.files,
            {**self.draft.answers, **posted.uploads},
            today=self.today,
            language=self.language,
            upload=upload,
            calendar=self.calendar,
            only=self.only,
            fixed=self.locked,
        )

    def names(self, key: str, result: PageResult) -> list[str]:
        """The names of what a page shows after what was posted for it."""
        answers = {**self.offered, **self.draft.answers, **self.locked, **result.kept}
        reading = Reading(self.today, self.language, self.calendar)
        return names_on(self.form, key, answers, result.raw, reading, self.only)

    def forget(self) -> None:
        """The draft has changed: look at it anew."""
        for name in ("way", "pages", "whole", "first_unfinished", "offered", "locked"):
            self.__dict__.pop(name, None)
