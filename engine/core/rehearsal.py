"""Whether what runs now is only tried out: then nothing may leave the process, and what would is noted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


class LeavesRehearsal(RuntimeError):
    """Something that is only tried out wanted to have an effect outside."""

    def __init__(self, door: str) -> None:
        super().__init__(f"What is only tried out must not reach {door}.")


@dataclass
class Rehearsal:
    """One rehearsal, with what would have left: by its kind, in order."""

    noted: list[tuple[str, Any]] = field(default_factory=list)

    def note(self, kind: str, what: Any) -> None:
        """Keep what would have left."""
        self.noted.append((kind, what))


_running: ContextVar[Rehearsal | None] = ContextVar("rehearsal", default=None)


def rehearsal() -> Rehearsal | None:
    """The rehearsal that runs in this thread, if one does."""
    return _running.get()


@contextmanager
def rehearsing() -> Iterator[Rehearsal]:
    """From here to the end every door to the outside stays shut."""
    mine = Rehearsal()
    token = _running.set(mine)
    try:
        yield mine
    finally:
        _running.reset(token)


def keep_inside(door: str) -> None:
    """Stands in front of every door to the outside; raises LeavesRehearsal while something is tried out."""
    if _running.get() is not None:
        raise LeavesRehearsal(door)
