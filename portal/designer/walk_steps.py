"""The walk as it travels with the page: one text in a hidden field, longer by one act with each press."""

from __future__ import annotations

import json
from typing import Any

from django.http import QueryDict

from engine.core.problems import Problems
from workflows.dry_run import Script, read_script
from workflows.dry_run.script import ACTS, MOST_ACTS

LONGEST = 200_000  # characters of a walk
PREFIX = "try."  # before our own words where a form stands beside them: no key of a question has a dot
UNITS = ("working_days", "working_hours", "days", "hours")


def own_words(posted: QueryDict) -> QueryDict:
    """What was posted of our own, where the answers to a form came with it."""
    if not any(name.startswith(PREFIX) for name in posted):
        return posted
    mine = QueryDict(mutable=True)
    for name, values in posted.lists():
        if name.startswith(PREFIX):
            mine.setlist(name.removeprefix(PREFIX), values)
    return mine


def number_of(text: str) -> int | None:
    """A small number that was posted; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def written(walk: dict[str, Any]) -> str:
    """The walk as it travels in the page."""
    return json.dumps(walk, ensure_ascii=False, separators=(",", ":"))


def walk_of(posted: QueryDict, language: str) -> dict[str, Any]:
    """The walk that came with the page; a new one where none did, or where it cannot be read."""
    text = posted.get("script", "")
    try:
        document = json.loads(text) if text and len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        document = {}
    script = read_script(document, Problems()) if isinstance(document, dict) else None
    return (script or Script(language=language)).written() | {"language": language}


def with_act(
    walk: dict[str, Any], posted: QueryDict, answers: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The walk with what was pressed and what was filled in for it; unchanged when nothing readable was."""
    acts = list(walk.get("acts", []))
    match posted.get("do", ""):
        case "restart":
            return {name: value for name, value in walk.items() if name != "acts"}
        case "back":
            return {**walk, "acts": acts[:-1]}
        case "":
            return walk
    act = _act(posted) | ({} if answers is None else {"answers": answers})
    longer = {**walk, "acts": [*acts, act]}
    short = len(acts) < MOST_ACTS and len(written(longer)) <= LONGEST
    return longer if short and read_script(longer, Problems()) is not None else walk


def _act(posted: QueryDict) -> dict[str, Any]:
    """What was pressed, as an act."""
    kind = posted.get("do", "")
    act: dict[str, Any] = {"do": kind}
    told = ACTS[kind].model_fields if kind in ACTS else {}
    for name in ("step", "outcome", "reason", "by", "name", "action"):
        if name in told and (said := posted.get(name, "").strip()):
            act[name] = said
    if kind == "decide":
        act["fields"] = posted.getlist("fields")
    sample, amount, unit = (posted.get(name, "") for name in ("sample", "amount", "unit"))
    if "sample" in told and (number := number_of(sample)) is not None:
        act["sample"] = number
    if kind == "wait" and unit in UNITS and amount.isdecimal():
        act["span"] = {unit: int(amount)}
    if kind == "reply":
        act |= _reply(posted)
    if kind in ("reply", "call_back", "message") and (body := posted.get("body", "").strip()):
        act["body"] = _json(body)
    return act


def _reply(posted: QueryDict) -> dict[str, Any]:
    if posted.get("answer") == "nothing":
        return {"failure": "timeout"}
    status = posted.get("answer", "")
    return {"status": int(status)} if status.isdecimal() else {}


def _json(text: str) -> Any:
    """What another machine says; what is not JSON is taken as a text."""
    try:
        return json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        return text[:LONGEST]
