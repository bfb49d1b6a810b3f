"""Days of the Gregorian calendar far beyond those that Python knows, as FEEL needs them."""

from __future__ import annotations

from dataclasses import dataclass

FARTHEST = 999_999_999  # years, before and after
OF_ERA, OF_CENTURY, OF_FOUR, OF_YEAR = 146_097, 36_524, 1_460, 365
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# the day number of 1970-01-01, counted from 0000-03-01
EPOCH = 719_468


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length_of(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == 2 and is_leap(year) else LENGTHS[month - 1]


@dataclass(frozen=True, order=True)
class Day:
    """A date; raises ValueError for one that no calendar has."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if abs(self.year) > FARTHEST or not 1 <= self.month <= 12:
            raise ValueError("no such month")
        if not 1 <= self.day <= length_of(self.year, self.month):
            raise ValueError("no such day")

    @property
    def number(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era = year // 400
        of_era = year - era * 400
        of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        return era * OF_ERA + of_era * OF_YEAR + of_era // 4 - of_era // 100 + of_year - EPOCH

    @classmethod
    def of_number(cls, number: int) -> Day:
        """The day so many days after 1970-01-01."""
        era, rest = divmod(number + EPOCH, OF_ERA)
        of_era = (rest - rest // OF_FOUR + rest // OF_CENTURY - rest // (OF_ERA - 1)) // OF_YEAR
        of_year = rest - (OF_YEAR * of_era + of_era // 4 - of_era // 100)
        month = (5 * of_year + 2) // 153
        day = of_year - (153 * month + 2) // 5 + 1
        month = month + 3 if month < 10 else month - 9
        return cls(of_era + era * 400 + (month <= 2), month, day)

    def later(self, months: int) -> Day:
        """So many months later; a day that the month has not becomes its last."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Day(year, month + 1, min(self.day, length_of(year, month + 1)))

    @property
    def weekday(self) -> int:
        """1 is Monday."""
        return (self.number + 3) % 7 + 1

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"
