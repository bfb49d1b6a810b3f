"""The circumstances of a walk: the day, the language, where files go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.worktime import WorkingCalendar
from forms_library.answers import PageResult, read_page, visible_pages
from forms_library.compiled import CompiledForm
from forms_library.field_type import Reading
from forms_library.uploads import Upload
from forms_library.walking.posting import Sheet, pretended_upload


@dataclass(frozen=True)
class Setting:
    """The circumstances of a walk."""

    today: date
    upload: Upload = pretended_upload
    language: str = "en"
    calendar: WorkingCalendar | None = None
    context: Mapping[str, Mapping[str, Any]] | None = None

    @property
    def reading(self) -> Reading:
        """How typed answers are read."""
        return Reading(self.today, self.language, self.calendar)

    def pages(self, compiled: CompiledForm, answers: Mapping[str, Any]) -> list[str]:
        """The pages on the way."""
        return visible_pages(compiled, answers, self.today, self.calendar, self.context)

    def post(self, compiled: CompiledForm, page: str, sheet: Sheet, stored: Mapping[str, Any]) -> PageResult:
        """Send one page as a browser would."""
        return read_page(
            compiled,
            page,
            sheet.posted(),
            sheet.sent_files(),
            stored,
            today=self.today,
            language=self.language,
            upload=self.upload,
            calendar=self.calendar,
            context=self.context,
        )
