"""What happened on a case, newest first: people, the system, and the clock."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from viewflow.workflow import STATUS

from engine.audit.selectors import history
from engine.departments.models import User
from engine.messages.selectors import letters_of_case
from workflows.models import Case, ClockEntry, ClockVerb, WorkKind
from workflows.node_type import node_types
from workflows.opinions import KIND as OPINION  # its letters go to people outside: the asking tells of them
from workflows.selectors.past_versions import PastVersions, versions_in
from workflows.selectors.versions import Version

# in the full audit record, not here
QUIET = {"personal_data.read", "work.refused", "case.refused", "opinion.read"}


@dataclass(frozen=True)
class Event:
    """One thing that happened; the screens say it in words by its verb."""

    verb: str
    at: datetime
    who: str = ""
    step: str = ""
    outcome: str = ""
    quote: str = ""
    number: int = 0
    subject: str = ""
    clock: Literal["", "stopped", "running"] = ""
    is_vote: bool = False  # one of several that decide together
    whom: str = ""  # who was given something
    instead_of: str = ""  # who is away, and for whom it was done
    versions: tuple[int, int] = (0, 0)  # from which to which the case was moved
    by_applicant: bool = False  # done as the applicant, who is named only to those who may read it


def timeline_of(
    user: User, case: Case, items: Sequence[Any], lines: Iterable[ClockEntry], language: str
) -> list[Event]:
    """The events of a case for staff who may see it."""
    by_key = {item.pk: item for item in items}
    entries = [entry for entry in history(case.chain) if entry.verb not in QUIET]
    names, past = names_in(entries), PastVersions(case, entries)
    events = [_event(entry, by_key, past.at(entry.at), names, language) for entry in entries]
    events += [
        Event("letter.sent", letter.created, subject=letter.subject)
        for letter in letters_of_case(user, case.department_id, case.reference)
        if letter.kind != OPINION
    ]
    events += [
        _happened(past.at(item.finished), item, language)
        for item in items
        if item.kind == WorkKind.EVENT and item.status == STATUS.DONE
    ]
    events += _of_clocks(lines, items, past, language)
    return sorted(events, key=lambda event: event.at, reverse=True)


def names_in(entries: Iterable[Any]) -> dict[int, str]:
    """The names of those to whom something was given or for whom it was done; asks only if there are any."""
    found = (json.loads(entry.details) for entry in entries)
    keys = {details[word] for details in found for word in ("to", "instead_of") if details.get(word)}
    people = User.objects.filter(pk__in=keys) if keys else ()
    return {person.pk: person.get_full_name() for person in people}


def _of_clocks(
    lines: Iterable[ClockEntry], items: Sequence[Any], past: PastVersions, language: str
) -> Iterator[Event]:
    """Warnings, and deadlines after which no path began that would tell of them."""
    told = {item.node_key for item in items}
    for line in lines:
        if line.verb == ClockVerb.WARNED:
            yield Event("deadline.near", line.at, step=_title(past.at(line.at), line.node_key, language))
        elif line.verb == ClockVerb.FIRED and line.node_key not in told:
            yield Event("deadline.passed", line.at, step=_title(past.at(line.at), line.node_key, language))


def _event(
    entry: Any, items: dict[int, Any], version: Version, names: Mapping[int, str], language: str
) -> Event:
    details = json.loads(entry.details)
    kind, _, key = entry.subject.partition(":")
    item = items.get(int(key)) if kind == "workitem" and key.isdigit() else None
    node = details.get("node", "")
    return Event(
        verb=entry.verb,
        at=entry.at,
        who=entry.actor.get_full_name() if entry.actor_id else _system(version, details, language),
        step=_title(version, node, language),
        outcome=_outcome(version, node, details.get("outcome", ""), language),
        quote=_quote(item) if entry.verb == "work.decided" else "",
        number=_number(details),
        subject=key if kind in ("certificate", "merge") else "",
        clock=_clock(entry.verb, details),
        is_vote="vote" in details,
        whom=names.get(details.get("to"), ""),
        instead_of=names.get(details.get("instead_of"), ""),
        versions=versions_in(details),
        by_applicant=details.get("as") == "applicant",
    )


def _number(details: dict[str, Any]) -> int:
    """How many answers it is about, or which level of an approval."""
    fields = details.get("fields")
    return len(fields) if isinstance(fields, list) else int(details.get("level", 0))


def _system(version: Version, details: dict[str, Any], language: str) -> str:
    """Another system that acted, as the service calls it."""
    role = version.package.roles.get(str(details.get("system", "")))
    return role.title.in_(language) if role else ""


def _clock(verb: str, details: dict[str, Any]) -> Literal["", "stopped", "running"]:
    if verb == "case.held":
        return "stopped"
    if verb == "case.resumed":
        return "running"
    if verb == "work.decided" and details.get("fields") and "vote" not in details:
        return "stopped"
    return "running" if verb == "case.corrected" else ""


def _quote(item: Any) -> str:
    if item is None:
        return ""
    return str(item.data.get("note") or item.data.get("reason") or "")


def _happened(version: Version, item: Any, language: str) -> Event:
    """What a case waited for, or what was watched beside it; named by its kind where it has no title."""
    options = version.node(item.node_key)
    kind = node_types[options.type] if options else None
    title = options.title.in_(language) if options else ""
    if kind is None or kind.bpmn_definition == "timerEventDefinition":
        return Event("deadline.passed", item.finished, step=title)
    return Event("event.happened", item.finished, step=title or kind.label.in_(language))


def _title(version: Version, node: str, language: str) -> str:
    options = version.node(node)
    return options.title.in_(language) if options else ""


def _outcome(version: Version, node: str, outcome: str, language: str) -> str:
    options = version.node(node)
    known = node_types[options.type].outcomes(options) if options else []
    return next((choice.label.in_(language) for choice in known if choice.key == outcome), "")
