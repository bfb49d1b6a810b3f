"""Separation of duties: nobody decides on their own application, nor approves what they have changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from workflows.node_type import NodeOptions, node_types

Duty = Literal["", "applied", "changed"]
Find = Callable[[str], NodeOptions | None]
CHANGED_BY = "changed_by"  # in the data of a case: who has put answers of it right instead of the applicant


def other_duty(person_id: int, case: Any, options: NodeOptions, audience: str, find: Find) -> Duty:
    """Why a step of staff is closed to a person because of the case itself; empty where it is open.

    In services for citizens every step of staff is closed to the applicant; in all others, where colleagues
    prepare what they asked for themselves, only approvals are. Who opened the case as staff goes on with it,
    as long as nothing is to be approved.
    """
    approves = node_types[options.type].approves
    if person_id == case.applicant_id:
        closed = approves or (audience == "citizen" and not _opened_as_staff(person_id, case, find))
        return "applied" if closed else ""
    return "changed" if approves and person_id in case.data.get(CHANGED_BY, ()) else ""


def note_change(case: Any, person_id: int) -> None:
    """This person has put answers of the case right, so somebody else approves it."""
    people = case.data.setdefault(CHANGED_BY, [])
    if person_id not in people:
        people.append(person_id)


def _opened_as_staff(person_id: int, case: Any, find: Find) -> bool:
    begun = [key for key, people in case.data.get("done_by", {}).items() if person_id in people]
    starts = [options for key in begun if (options := find(key)) is not None]
    return any(node_types[options.type].opened_by_staff(options) for options in starts)
