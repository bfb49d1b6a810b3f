"""What a rule is run on: the answers of one person at one moment, as CEL wants to see them."""

import math
import threading
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.core.rules import dates
from engine.core.rules.functions import LIST_LIMIT, UNREADABLE
from engine.core.rules.inputs import ROW_NUMBER
from engine.core.rules.schema import TODAY, Group, Kind, Rows, Scalar, Schema
from engine.core.rules.world import activation
from engine.core.worktime import WorkingCalendar

INT64 = 2**63


class Unfit(ValueError):
    """A stored value that is not of its kind."""


class Facts:
    """Answers made ready for rules: short-lived, and only for the thread that made it.

    Blank answers are left out, groups and repeating groups are always there. A value that does not fit
    its kind counts as not answered and is named in `unfit`.
    """

    def __init__(
        self,
        schema: Schema,
        values: Mapping[str, Mapping[str, Any]],
        today: date,
        calendar: WorkingCalendar | None = None,
    ) -> None:
        self.today, self.calendar = today, calendar
        self.unfit: list[str] = []
        self.data: dict[str, Any] = {TODAY: dates.as_timestamp(today)}
        for root, group in schema.roots.items():
            self.data[root] = self._group(group, values.get(root) or {}, root)
        self.activation = activation(self.data)
        # an activation used in another thread gives wrong results without a word
        self.thread = threading.get_ident()

    @classmethod
    def ready(cls, data: dict[str, Any], today: date, calendar: WorkingCalendar | None = None) -> "Facts":
        """Facts out of roots that `prepare` made before; only what the rules read needs to be there."""
        facts = cls.__new__(cls)
        facts.today, facts.calendar, facts.unfit = today, calendar, []
        facts.data = {TODAY: dates.as_timestamp(today), **data}
        facts.activation = activation(facts.data)
        facts.thread = threading.get_ident()
        return facts

    def absent(self, path: str) -> bool:
        """Whether an answer is missing; of rows, whether it is missing in any of them."""
        return _absent(self.data, path.split("."))

    def _group(self, owner: Group | Rows, values: Mapping[str, Any], path: str) -> dict[str, Any]:
        # what was answered counts, not what could be: a long workflow keeps a group for each of its steps
        ready = dict(owner.blank)
        for key, value in values.items():
            kind = owner.fields.get(key)
            try:
                if kind is None:
                    continue
                if isinstance(kind, str):
                    if value is not None and value != "":
                        ready[key] = CONVERTERS[kind](value)
                else:
                    ready[key] = self._structure(kind, value, f"{path}.{key}")
            except Unfit:
                ready.pop(key, None)
                self.unfit.append(f"{path}.{key}")
        return ready

    def _structure(self, kind: Group | Rows, value: Any, path: str) -> Any:
        if isinstance(kind, Group):
            return self._group(kind, _mapping(value or {}), path)
        rows = value or []
        if not isinstance(rows, list | tuple) or len(rows) > LIST_LIMIT:
            raise Unfit
        return [
            {ROW_NUMBER: number, **self._group(kind, _mapping(row or {}), f"{path}[]")}
            for number, row in enumerate(rows, 1)
        ]


def prepare(kind: Kind, value: Any) -> Any:
    """One answer as rules want to see it; None where it is missing or does not fit its kind."""
    if isinstance(kind, str):
        return _scalar(kind, value)
    maker = Facts.__new__(Facts)
    maker.unfit = []
    try:
        return maker._structure(kind, value, "")
    except Unfit:
        return None


def _scalar(kind: Scalar, value: Any) -> Any:
    if value is None or value == "":
        return None
    try:
        return CONVERTERS[kind](value)
    except Unfit:
        return None


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Unfit
    return value


def _absent(value: Any, parts: list[str]) -> bool:
    if not parts:
        return False
    key, _, place = parts[0].partition("[")
    rest = parts[1:]
    if not isinstance(value, dict) or key not in value:
        return True
    if not place:
        return _absent(value[key], rest)
    rows = value[key]
    if place == "]":
        return any(_absent(row, rest) for row in rows)
    number = int(place.removesuffix("]"))
    return number >= len(rows) or _absent(rows[number], rest)


def _text(value: Any) -> str:
    if not isinstance(value, str) or UNREADABLE.search(value):
        raise Unfit
    return value


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -INT64 <= value < INT64:
        raise Unfit
    return value


def _decimal(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Unfit
    try:
        number = float(Decimal(value) if isinstance(value, str) else value)
    except (InvalidOperation, OverflowError, ValueError):
        raise Unfit from None
    if not math.isfinite(number):
        raise Unfit
    return number


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dates.as_timestamp(dates.parse(value))
        except ValueError:
            raise Unfit from None
    if type(value) is date:
        return dates.as_timestamp(value)
    raise Unfit


def _choices(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > LIST_LIMIT:
        raise Unfit
    return [_text(item) for item in value]


CONVERTERS: Mapping[Scalar, Callable[[Any], Any]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "yes_no": _yes_no,
    "date": _date,
    "choices": _choices,
}
