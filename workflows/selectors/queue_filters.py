"""What a queue page is asked for: the view, the filters and the place in the list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

View = Literal["mine", "team", "late", "waiting"]
VIEWS: tuple[View, ...] = ("mine", "team", "late", "waiting")
Due = Literal["", "late", "today", "week", "none"]
DUES: tuple[Due, ...] = ("", "late", "today", "week", "none")
PLACE = re.compile(r"(-|[0-9]{1,17})\.([0-9]{1,18})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A row's place in the list: lists are in the order of due time, then key; undated rows come last."""

    due_at: datetime | None
    item_id: int

    def __str__(self) -> str:
        if self.due_at is None:
            return f"-.{self.item_id}"
        since = self.due_at - EPOCH
        return f"{(since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds}.{self.item_id}"

    @classmethod
    def read(cls, text: str | None) -> "Place | None":
        """The place that a link carries; None for anything else, which shows the first page."""
        found = PLACE.fullmatch(text or "")
        if found is None:
            return None
        microseconds, item_id = found.groups()
        if microseconds == "-":
            return cls(None, int(item_id))
        try:
            return cls(EPOCH + timedelta(microseconds=int(microseconds)), int(item_id))
        except OverflowError:
            return None


@dataclass(frozen=True)
class QueueFilters:
    """What the list is narrowed to; empty means everything."""

    departments: tuple[int, ...] = ()
    services: tuple[int, ...] = ()
    steps: tuple[str, ...] = ()
    due: Due = ""
    assigned: str = ""  # "me", "nobody", or the public id of a colleague
    reference: str = ""
    flags: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Mapping[str, list[str]]) -> "QueueFilters":
        """The filters in a query string; what is not understood is left out."""
        due = next(iter(query.get("due", [])), "")
        return cls(
            departments=_numbers(query.get("department", [])),
            services=_numbers(query.get("service", [])),
            steps=_words(query.get("step", [])),
            due=next((known for known in DUES if known == due), ""),
            assigned=_clean(next(iter(query.get("assigned", [])), "")),
            reference=_clean(next(iter(query.get("reference", [])), "")).upper(),
            flags=_words(query.get("flag", [])),
        )

    @property
    def active(self) -> bool:
        """Whether the list is narrowed at all."""
        return self != QueueFilters()


@dataclass(frozen=True)
class Slice:
    """Which part of the list is wanted."""

    after: Place | None = None
    before: Place | None = None
    limit: int = 25


@dataclass(frozen=True)
class Wanted:
    """One question to the queue, complete."""

    view: View = "team"
    filters: QueueFilters = field(default_factory=QueueFilters)
    slice: Slice = field(default_factory=Slice)


def _numbers(texts: list[str]) -> tuple[int, ...]:
    return tuple(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18)[:20]


def _words(texts: list[str]) -> tuple[str, ...]:
    return tuple(text[:80] for text in texts if text.isprintable())[:20]


def _clean(text: str) -> str:
    kept = text.strip()[:60]
    return kept if kept.isprintable() else ""
