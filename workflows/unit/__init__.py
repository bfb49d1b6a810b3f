"""The unit of work: all writes of one transition are collected and sent in one statement at its end."""

from workflows.unit.access import Buffered, LazyPrevious, UnitLock, lock_case, open_item
from workflows.unit.errors import Conflict, Unresolvable
from workflows.unit.work import Unit, current, debug_statements, unit

__all__ = [
    "Buffered",
    "Conflict",
    "LazyPrevious",
    "Unit",
    "UnitLock",
    "Unresolvable",
    "current",
    "debug_statements",
    "lock_case",
    "open_item",
    "unit",
]
