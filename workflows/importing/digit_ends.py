"""Where cases of a DIGIT workflow begin and end: told by marks and names."""

from __future__ import annotations

import re
from collections.abc import Collection

from workflows.importing.digit_reading import Definition, StateDraft

REFUSED = re.compile(r"REJECT|REFUS|DENIED|DECLIN|REVOC|REVOK|INACTIVE|INVALID", re.IGNORECASE)
WITHDRAWN = re.compile(r"CANCEL|WITHDRAW|ABANDON", re.IGNORECASE)
EXPIRED = re.compile(r"EXPIRE|LAPSE|TIMEOUT", re.IGNORECASE)


def outcome_of(state: StateDraft) -> str:
    """How a case ended that ended here."""
    for text in (state.name, state.status):
        for pattern, outcome in ((REFUSED, "refused"), (WITHDRAWN, "withdrawn"), (EXPIRED, "expired")):
            if pattern.search(text):
                return outcome
    return "approved"


def is_end(state: StateDraft) -> bool:
    """Whether a case ends here, marked so or because nothing leads on."""
    return state.ends or not state.transitions


def first_of(definition: Definition) -> StateDraft | None:
    """The state in which an application does not exist yet; nothing may lead back to it."""
    reached = {id(each.to) for state in definition.states for each in state.transitions}
    nameless = [state for state in definition.states if not state.name]
    marked = [state for state in definition.states if state.starts and not state.ends]
    for state in nameless or marked[:1]:
        if id(state) not in reached and state.transitions:
            return state
    return None


def entry_of(definition: Definition) -> StateDraft:
    """Where a case begins in a source that has no beginning of its own."""
    marked = [state for state in definition.states if state.starts]
    return (marked or definition.states)[0]


def without_end(states: list[StateDraft]) -> list[StateDraft]:
    """States from which no end can be reached; of each circle one, to which the others lead."""
    good = _leading_to({id(state) for state in states if is_end(state)}, states)
    lost = [state for state in states if id(state) not in good]
    found: list[StateDraft] = []
    covered: set[int] = set()
    for state in lost:
        if id(state) not in covered:
            found.append(state)
            covered |= _leading_to({id(state)}, lost)
    return found


def _leading_to(goals: Collection[int], states: list[StateDraft]) -> set[int]:
    found, before = set(goals), -1
    while len(found) > before:
        before = len(found)
        found |= {id(s) for s in states if any(id(each.to) in found for each in s.transitions)}
    return found
