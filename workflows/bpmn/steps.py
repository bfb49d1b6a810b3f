"""One flow node of BPMN as one step of ours; what it cannot say is named in the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from forms_library.importing.report import Report
from workflows.bpmn.model import Piece
from workflows.bpmn.words import slug, span_of
from workflows.node_type import node_types

Step = dict[str, Any]
A_DAY = {"days": 1}
REFUSED = re.compile(r"reject|refus|den(y|ied)|declin|fail|not |abort", re.IGNORECASE)
WITHDRAWN = re.compile(r"cancel|withdraw|abandon", re.IGNORECASE)
EXPIRED = re.compile(r"expire|lapse|time.?out|too late", re.IGNORECASE)
BY_HAND = {
    "serviceTask": "It is done by staff until you say which service is called.",
    "scriptTask": "Its script is not carried: staff do it, or work out the value with a rule.",
    "businessRuleTask": "Its table is not carried: staff do it, or import the table as DMN.",
    "callActivity": "It calls another process: staff do it until that is a service of its own.",
}


def step_of(piece: Piece, key: str, role: str, report: Report) -> Step:
    """The step without its ways; raises KeyError for what has no step."""
    step = _MAKERS[piece.tag](piece, role, report)
    return {"key": key, **step, "title": {"en": title_of(piece)}}


def title_of(piece: Piece) -> str:
    """What a step is called; its kind where it has no name."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in piece.tag)
    return piece.name[:200] or piece.about[:200] or words.strip().capitalize()


def outcome_of(piece: Piece) -> str:
    """How a case ended that ended here, told by its name."""
    for pattern, outcome in ((REFUSED, "refused"), (WITHDRAWN, "withdrawn"), (EXPIRED, "expired")):
        if pattern.search(piece.name):
            return outcome
    return "approved"


def time_of(piece: Piece, report: Report) -> dict[str, int]:
    """The time of an event; a day where it cannot be told."""
    span, exact = span_of(piece.time)
    if span is None:
        sentence = f'The time "{piece.time}" is not carried: a day is set, look whether that is right.'
        report.changed(piece.path, "time", sentence)
        return A_DAY
    if not exact:
        report.changed(piece.path, "time", f'The time "{piece.time}" is rounded to minutes.')
    return span


def _task(piece: Piece, role: str, report: Report) -> Step:
    if piece.tag in BY_HAND:
        report.changed(piece.path, "by_hand", BY_HAND[piece.tag])
    kind = "manual_task" if piece.tag == "manualTask" and "manual_task" in node_types else "user_task"
    return {"type": kind, "role": role}


def _send(piece: Piece, role: str, report: Report) -> Step:
    report.changed(piece.path, "letter", "It becomes an e-mail to the applicant: look at its text.")
    return {"type": "send_message", "message": slug(piece.name or piece.about) or "letter"}


def _receive(piece: Piece, role: str, report: Report) -> Step:
    return {"type": "message_catch", "message": slug(piece.about or piece.name) or "message"}


def _start(piece: Piece, role: str, report: Report) -> Step:
    about = slug(piece.about or piece.name)
    match piece.event:
        case "":
            return {"type": "start", "form": "application"}
        case "messageEventDefinition":
            return {"type": "message_start", "message": about or "message"}
        case "signalEventDefinition":
            return {"type": "signal_start", "signal": about or "signal"}
        case "timerEventDefinition":
            sentence = "Its time is not carried: it begins every working day, look whether that is right."
            report.changed(piece.path, "time", sentence)
            return {"type": "schedule_start", "calendar": {"every": "working_day"}}
    report.changed(piece.path, "start", "This reason to begin is not carried: staff open the case.")
    return {"type": "manual_start"}


def _end(piece: Piece, role: str, report: Report) -> Step:
    if piece.event == "errorEventDefinition":
        return {"type": "error_end", "code": slug(piece.about or piece.name) or "error"}
    if piece.event == "terminateEventDefinition":
        return {"type": "terminate", "outcome": outcome_of(piece)}
    if piece.event:
        report.changed(piece.path, "end", "What this end tells others is not carried: the case just ends.")
    return {"type": "end", "outcome": outcome_of(piece)}


def _catch(piece: Piece, role: str, report: Report) -> Step:
    match piece.event:
        case "timerEventDefinition":
            return {"type": "wait", "for": time_of(piece, report)}
        case "messageEventDefinition":
            return _receive(piece, role, report)
        case "signalEventDefinition":
            return {"type": "signal_catch", "signal": slug(piece.about or piece.name) or "signal"}
    report.changed(
        piece.path, "event", "What this event waits for is not carried: staff say when it happens."
    )
    return {"type": "user_task", "role": role}


def _throw(piece: Piece, role: str, report: Report) -> Step:
    if piece.event == "signalEventDefinition":
        return {"type": "signal_throw", "signal": slug(piece.about or piece.name) or "signal"}
    return _send(piece, role, report)


_MAKERS: Mapping[str, Callable[[Piece, str, Report], Step]] = {
    **dict.fromkeys(
        ("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity"),
        _task,
    ),
    "sendTask": _send,
    "receiveTask": _receive,
    "startEvent": _start,
    "endEvent": _end,
    "intermediateCatchEvent": _catch,
    "intermediateThrowEvent": _throw,
}
