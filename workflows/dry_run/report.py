"""What a walk came to: what happened, what is open, what would have left; plain values, for any screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Moment:
    """One visit of the case to a step."""

    step: str
    title: str
    family: str
    icon: str
    began_at: datetime
    ended_at: datetime | None
    state: str  # open, done, cancelled, failed
    who: str = ""
    part: str = ""
    outcome: str = ""
    failure: str = ""


@dataclass(frozen=True)
class Choice:
    """One way in which an open step can be ended."""

    key: str
    label: str
    style: str
    reason: str
    roles: tuple[str, ...] = ()  # who may take it, where each action of a state says so


@dataclass(frozen=True)
class OpenWork:
    """Something the case waits for, and who can bring it on."""

    step: str
    title: str
    kind: str  # person, state, applicant, outside, start, call, call_back, message, failed
    role: str = ""
    part: str = ""
    due_at: datetime | None = None
    choices: tuple[Choice, ...] = ()
    form: str = ""
    name: str = ""
    asked: dict[str, Any] | None = None


@dataclass(frozen=True)
class PlayedLetter:
    """A letter that would have been sent."""

    at: datetime
    to: str
    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True)
class PlayedDocument:
    """A letter as a PDF that would have been kept with the case, and in whose name it would be signed."""

    step: str
    title: str
    signed: bool = False
    signer: str = ""


@dataclass(frozen=True)
class Stopped:
    """The act at which the walk could not go on, counted from one."""

    number: int
    code: str
    sentence: str
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The walk up to here."""

    now: datetime
    next_at: datetime | None
    state: str
    outcome: str
    ended: bool
    reference: str
    moments: tuple[Moment, ...] = ()
    open: tuple[OpenWork, ...] = ()
    letters: tuple[PlayedLetter, ...] = ()
    calls: tuple[dict[str, Any], ...] = ()
    certificates: tuple[str, ...] = ()
    documents: tuple[PlayedDocument, ...] = ()
    people: dict[str, str] = field(default_factory=dict)
    ways: frozenset[tuple[str, str]] = frozenset()
    stopped: Stopped | None = None

    @property
    def visited(self) -> frozenset[str]:
        """The steps that a case came to."""
        return frozenset(moment.step for moment in self.moments)
