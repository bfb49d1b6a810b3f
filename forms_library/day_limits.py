"""The first and the last day that a question takes."""

import datetime
from typing import Any, ClassVar

from pydantic import Field as Value

from forms_library.days import RELATIVE, Day, day_of
from forms_library.field_type import FieldOptions, ui

# limits counted from today move with it, and months are of several lengths: more than one day is tried
SOME_DAYS = (datetime.date(2026, 1, 31), datetime.date(2027, 7, 1), datetime.date(2028, 2, 29))


class DayLimits(FieldOptions):
    """The first and the last day that may be given; each is fixed or counted from today."""

    limits: ClassVar[tuple[str, str]] = ("earliest", "latest")
    earliest: Day | None = Value(default=None, title="Not before", json_schema_extra=ui("day"))
    latest: Day | None = Value(default=None, title="Not after", json_schema_extra=ui("day"))

    def excludes_all(self, least: Any, most: Any) -> bool:
        """Whether no day ever lies between them; a fixed and a moving one are let be: they may part later."""
        if bool(RELATIVE.fullmatch(least)) != bool(RELATIVE.fullmatch(most)):
            return False
        return all(self.counted(day_of(least, day)) > self.counted(day_of(most, day)) for day in SOME_DAYS)

    def counted(self, day: datetime.date) -> datetime.date:
        """What of a day counts."""
        return day
