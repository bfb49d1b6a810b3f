"""A BPMN file as a service package, with a report of everything that is not as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.core.problems import Problems
from forms_library.importing.report import Report
from workflows.bpmn.making import Making
from workflows.bpmn.model import Process
from workflows.bpmn.reading import read_processes, unused
from workflows.bpmn.words import StepKeys, slug
from workflows.definition import ServicePackage, parse_package
from workflows.node_type import node_types
from workflows.validator import check_package

NINETY_DAYS = {"days": 90}
QUESTION = {"key": "request", "type": "long_text", "label": {"en": "What do you apply for?"}}


@dataclass(frozen=True)
class FromBpmn:
    """What came out of a file: the package as JSON, the report, and what there is to mend."""

    document: dict[str, Any]
    package: ServicePackage | None
    report: Report
    problems: Problems


def read_bpmn(data: bytes) -> FromBpmn:
    """The largest process of a file as a package; raises Refused where it cannot be read at all."""
    report, problems = Report(), Problems()
    processes = read_processes(data, report)
    process = max(processes, key=lambda each: (each.package is not None, len(each.pieces)))
    list(unused(processes, process, report))
    document = _ours(process, report) if process.package is not None else _foreign(process, report)
    package = parse_package(document, problems)
    if package is not None:
        problems = check_package(package)
    return FromBpmn(document, package, report, problems)


def _ours(process: Process, report: Report) -> dict[str, Any]:
    """A file that Caseway wrote: its steps as they were, with the ways as the diagram has them now."""
    package = dict(process.package or {})
    steps = []
    for piece in process.pieces.values():
        if piece.step is not None:
            steps.append(_with_ways(piece.step, process))
        elif not piece.identity.endswith(".ways"):
            sentence = "This was added in another tool: add it in the designer, where its kind can be chosen."
            report.lost(piece.path, "added", sentence)
    starts = [piece.identity for piece in process.pieces.values() if piece.starts]
    around = package.get("workflow") if isinstance(package.get("workflow"), dict) else {}
    package["workflow"] = {**(around or {}), "start": next(iter(starts), ""), "nodes": steps}
    return package


def _with_ways(step: dict[str, Any], process: Process) -> dict[str, Any]:
    """A step whose arrows were drawn to other steps goes there now."""
    key, kind = step.get("key"), node_types[step["type"]] if step.get("type") in node_types else None
    if kind is None:
        return step
    try:
        edges = kind.targets(kind.Options.model_validate(step))
    except ValidationError:
        return step
    drawn = {arrow.identity: arrow.target for arrow in process.arrows}
    for number, edge in enumerate(edges):
        target = drawn.get(f"flow_{key}_{number}")
        if target is not None and target != edge.to:
            _put(step, edge.place, target)
    return step


def _put(step: Any, place: Iterable[str | int], target: str) -> None:
    *way, last = place
    for part in way:
        step = step[part]
    step[last] = target


def _foreign(process: Process, report: Report) -> dict[str, Any]:
    roles = _roles(process)
    making = Making(process, {slug(title): key for key, title in roles.items()}, report)
    nodes = making.nodes()
    start = next((step["key"] for step in nodes if step["type"] == "start"), None)
    begins = [step["key"] for step in nodes if node_types[step["type"]].begins]
    _only_one_application(nodes, start, report, process)
    report.changed(process.path, "no_time", "BPMN sets no time for the whole: ninety days are set.")
    asks = start is not None
    if asks:
        report.changed(process.path, "no_form", "BPMN has no forms, so the form asks one question.")
    title = process.name or "Imported process"
    package: dict[str, Any] = {
        "format": 1,
        "key": slug(title).replace("_", "-") or "imported-process",
        "title": {"en": title},
        "audience": "citizen" if asks else "staff",
        "languages": ["en"],
        "reference_prefix": _prefix(title),
        "workflow": {"decide_within": NINETY_DAYS, "start": start or begins[0], "nodes": nodes},
        "forms": {"application": _form(title)} if asks else {},
        "messages": _letters(nodes),
    }
    if roles:
        package["roles"] = {key: {"title": {"en": name}} for key, name in roles.items()}
    return package


def _only_one_application(
    nodes: list[dict[str, Any]], start: str | None, report: Report, process: Process
) -> None:
    """People apply at one start; staff open cases at the others."""
    for step in nodes:
        if step["type"] == "start" and step["key"] != start:
            step["type"] = "manual_start"
            step.pop("form", None)
            report.changed(
                process.path, "starts", "People apply at one start; staff open cases at the others."
            )


def _roles(process: Process) -> dict[str, str]:
    """A role for each lane."""
    keys = StepKeys()
    lanes = dict.fromkeys(piece.lane for piece in process.pieces.values() if piece.lane)
    return {keys.free(lane, "role"): lane for lane in lanes}


def _form(title: str) -> dict[str, Any]:
    page = {"key": "application", "title": {"en": "Your application"}, "fields": [dict(QUESTION)]}
    return {"title": {"en": title}, "pages": [page]}


def _letters(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """A text for each letter, to be written by the department."""
    return {
        step["message"]: {"subject": step["title"], "body": step["title"]}
        for step in nodes
        if step["type"] == "send_message"
    }


def _prefix(title: str) -> str:
    letters = "".join(letter for letter in slug(title).upper() if letter.isalpha())[:4]
    return letters if len(letters) >= 2 else "BPM"
