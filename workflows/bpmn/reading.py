"""Reading BPMN 2.0: every element becomes part of a process, or is named in the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from workflows.bpmn.events import MANY
from workflows.bpmn.model import Arrow, Path, Piece, Process
from workflows.bpmn.names import MODEL, OURS, model

LARGEST = 5_000_000  # bytes
MOST_ELEMENTS = 100_000
MOST_PIECES = 2_000
DEEPEST = 40
GROUPS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
TASKS = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
    "businessRuleTask", "callActivity",
})  # fmt: skip
EVENTS = frozenset({
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
})  # fmt: skip
GATEWAYS = frozenset({
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
})  # fmt: skip
PIECES = GROUPS | TASKS | EVENTS | GATEWAYS
# what says something about an element that is carried anyway, or is carried elsewhere
CARRIED = frozenset(
    {"incoming", "outgoing", "laneSet", "lane", "childLaneSet", "flowNodeRef", "extensionElements"}
)
REFERENCES = ("messageRef", "signalRef", "errorRef", "escalationRef")


def read_processes(data: bytes, report: Report) -> list[Process]:
    """Every process of a file that has steps; raises Refused."""
    root = _root(data)
    names = {each.get("id", ""): _called(each) for each in root}
    found = []
    for element in root:
        if element.tag == model("process"):
            process = _process(element, names, report)
            if process.pieces:
                found.append(process)
            else:
                report.lost(process.path, "empty", "This process has no steps.")
        elif element.tag not in _BESIDE:
            _name_all(element, ("definitions",), report)
    if not found:
        raise Refused("This file holds no BPMN process with steps.")
    return found


_OWN_STEP = f"{model('extensionElements')}/{{{OURS}}}step"
_BESIDE = {model(name) for name in ("message", "signal", "error", "escalation", "itemDefinition")}


def _root(data: bytes) -> Element:
    if len(data) > LARGEST:
        raise Refused(f"This file is larger than {LARGEST // 1_000_000} MB.")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Refused(
            "This file is not XML that may be read: it is damaged, or it names other files."
        ) from None
    if root.tag != model("definitions"):
        raise Refused("This file is not BPMN 2.0: it does not begin with its definitions.")
    for number, _ in enumerate(root.iter()):
        if number > MOST_ELEMENTS:
            raise Refused(f"This file has more than {MOST_ELEMENTS:,} elements.")
    return root


def _process(element: Element, names: dict[str, str], report: Report) -> Process:
    identity = element.get("id") or "process"
    process = Process(identity, _text(element.get("name")), ("process", identity))
    process.package = _ours(element, "package")
    _content(element, process, process.path, "", names, report, 0)
    for lane in element.iter(model("lane")):
        for reference in lane.iterfind(model("flowNodeRef")):
            piece = process.pieces.get((reference.text or "").strip())
            if piece is not None:
                piece.lane = _text(lane.get("name")) or piece.lane
    return process


def _content(
    element: Element,
    process: Process,
    path: Path,
    group: str,
    names: dict[str, str],
    report: Report,
    depth: int,
) -> None:
    if depth > DEEPEST:
        raise Refused(f"Groups stand inside each other more than {DEEPEST} deep.")
    for child in element:
        name = _local(child)
        here = (*path, name, child.get("id", ""))
        if name in PIECES:
            if len(process.pieces) >= MOST_PIECES:
                raise Refused(f"A workflow may have at most {MOST_PIECES:,} steps.")
            piece = _piece(child, name, here, group, names, report)
            process.pieces[piece.identity] = piece
            if name in GROUPS:
                _content(child, process, here, piece.identity, names, report, depth + 1)
        elif name == "sequenceFlow":
            process.arrows.append(_arrow(child, here))
        elif group and (name in ("incoming", "outgoing") or _said_in_the_step(name, process.pieces[group])):
            continue
        elif name not in CARRIED or name == "extensionElements":
            _name_foreign(child, here, report)


def _piece(
    element: Element, tag: str, path: Path, group: str, names: dict[str, str], report: Report
) -> Piece:
    piece = Piece(
        identity=element.get("id") or f"{tag}-{len(path)}-{id(element)}",
        tag=tag,
        name=_text(element.get("name")),
        path=path,
        inside=group,
        host=element.get("attachedToRef", ""),
        interrupting=element.get("cancelActivity", "true") != "false",
        by_event=element.get("triggeredByEvent") == "true",
        step=_ours(element, "step"),
    )
    own = element.find(_OWN_STEP)
    piece.starts = own is not None and own.get("starts") == "true"
    for child in element:
        name = _local(child)
        if name.endswith("EventDefinition"):
            _event(piece, child, name, names, report)
        elif (
            piece.step is None and tag not in GROUPS and (name not in CARRIED or name == "extensionElements")
        ):
            _name_foreign(child, (*path, name), report)
    for reference in REFERENCES:
        piece.about = piece.about or names.get(element.get(reference, ""), "")
    return piece


def _event(piece: Piece, element: Element, name: str, names: dict[str, str], report: Report) -> None:
    if piece.event:
        report.lost((*piece.path, name), "event", "A second reason for the same event is not carried.")
        return
    piece.event = name
    found = (names.get(element.get(reference, ""), "") for reference in REFERENCES)
    piece.about = next(filter(None, found), "") or _text(element.get("name"))
    for child in element:
        if _local(child) in ("timeDuration", "timeDate", "timeCycle"):
            piece.time = _text(child.text)
        elif _local(child) != "extensionElements" and piece.step is None:
            _name_foreign(child, (*piece.path, name, _local(child)), report)


def _said_in_the_step(name: str, group: Piece) -> bool:
    """Whether what Caseway wrote into its own step says it already."""
    return name == MANY and group.step is not None


def _arrow(element: Element, path: Path) -> Arrow:
    condition = element.find(model("conditionExpression"))
    return Arrow(
        identity=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=_text(element.get("name")),
        condition=_text(condition.text) if condition is not None else "",
        path=path,
    )


def _name_foreign(element: Element, path: Path, report: Report) -> None:
    """Name what is not carried; of extensions only those of others."""
    if _local(element) == "extensionElements":
        foreign = sorted({_space(child) for child in element if _space(child) != OURS})
        for space in foreign:
            report.lost(path, "extension", f'What "{space}" says here for another tool is not carried.')
        return
    said = _text(element.get("name")) or _text(element.text)[:80]
    about = f' ("{said}")' if said else ""
    report.lost(path, "element", f"{_spoken(_local(element))}{about} is not carried.")


def _name_all(element: Element, path: Path, report: Report) -> None:
    """Name an element beside the processes with what it holds."""
    here = (*path, _local(element), element.get("id", ""))
    if _space(element) != MODEL:
        report.changed(here, "diagram", "Where things stood in the picture is not kept: it is laid out anew.")
        return
    _name_foreign(element, here, report)
    for child in element:
        if _local(child) not in CARRIED:
            _name_all(child, here, report)


def _ours(element: Element, name: str) -> dict[str, Any] | None:
    """What Caseway itself wrote into an element."""
    found = element.find(f"{model('extensionElements')}/{{{OURS}}}{name}")
    if found is None or not found.text:
        return None
    try:
        value = json.loads(found.text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _called(element: Element) -> str:
    return _text(element.get("name")) or _text(element.get("id"))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"


def _space(element: Element) -> str:
    return element.tag.rpartition("}")[0].lstrip("{") if isinstance(element.tag, str) else ""


def _text(text: str | None) -> str:
    return " ".join(
        "".join(letter for letter in text or "" if letter.isprintable() or letter.isspace()).split()
    )


def _spoken(tag: str) -> str:
    """dataObject as "Data object"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in tag)
    return words[:1].upper() + words[1:]


def unused(processes: list[Process], chosen: Process, report: Report) -> Iterator[Process]:
    """The processes that were not chosen, each named."""
    for process in processes:
        if process is not chosen:
            name = process.name or process.identity
            report.lost(process.path, "process", f'The process "{name}" is another one: import it by itself.')
            yield process
