"""Where an arrow of BPMN leads once groups, merges and links are taken out: to a step of ours."""

from __future__ import annotations

from workflows.bpmn.model import Arrow, Piece, Process
from workflows.bpmn.reading import GROUPS

MERGING = frozenset({"exclusiveGateway"})


def is_passed(process: Process, piece: Piece) -> bool:
    """Whether a piece does nothing by itself: ways come together, or a note that something was reached."""
    if piece.tag in GROUPS:
        return not piece.by_event
    ways = len(process.outgoing(piece.identity))
    if piece.tag in MERGING:
        return ways <= 1
    if piece.tag == "startEvent":
        return bool(piece.inside)
    if piece.tag == "intermediateThrowEvent":
        return piece.event not in _THROWN
    if piece.event == "linkEventDefinition":
        return True
    return piece.tag == "endEvent" and bool(piece.inside) and piece.event not in _ENDINGS


_THROWN = frozenset({"messageEventDefinition", "signalEventDefinition"})
_ENDINGS = frozenset({"errorEventDefinition", "messageEventDefinition", "signalEventDefinition"})


def arrows_on(process: Process, piece: Piece) -> list[Arrow]:
    """The arrows that leave a step; where none does, those of the groups that it stands in."""
    while True:
        found = process.outgoing(piece.identity)
        if found or not piece.inside:
            return found
        piece = process.pieces[piece.inside]


def goal(process: Process, identity: str) -> Piece | None:
    """The piece that an arrow to this one really leads to; None where the case ends."""
    seen: set[str] = set()
    while identity in process.pieces and identity not in seen:
        seen.add(identity)
        piece = process.pieces[identity]
        if not is_passed(process, piece):
            return piece
        following = _behind(process, piece)
        if following is None:
            return None
        identity = following
    return None


def _behind(process: Process, piece: Piece) -> str | None:
    """What follows a piece that does nothing."""
    if piece.tag in GROUPS:
        first = _first_inside(process, piece)
        if first is not None:
            return first.identity
    if piece.event == "linkEventDefinition" and piece.tag == "intermediateThrowEvent":
        caught = (
            each.identity
            for each in process.pieces.values()
            if each.event == piece.event and each.tag == "intermediateCatchEvent" and _same(each, piece)
        )
        return next(caught, None)
    arrows = arrows_on(process, piece)
    return arrows[0].target if arrows else None


def _same(one: Piece, other: Piece) -> bool:
    return (one.about or one.name) == (other.about or other.name)


def _first_inside(process: Process, group: Piece) -> Piece | None:
    """Where a group begins: at its start without a reason, else where nothing leads to."""
    inside = list(process.within(group.identity))
    starts = [each for each in inside if each.tag == "startEvent"]
    free = [each for each in inside if not process.incoming(each.identity) and each.tag != "boundaryEvent"]
    return next(iter([*starts, *free]), None)
