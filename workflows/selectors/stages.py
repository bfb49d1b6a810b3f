"""The way of a case as a line with stops: what is done, what is now, what is ahead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from viewflow.workflow import STATUS

from engine.departments.models import User
from workflows.definition import ServicePackage
from workflows.facts import facts_of
from workflows.models import Case, CaseState, WorkItem, WorkKind
from workflows.node_type import Edge, NodeOptions, node_types
from workflows.selectors.steps import Step, named
from workflows.selectors.versions import Version, version_of
from workflows.voting.activations import ROUND
from workflows.words import word

StageState = Literal["done", "now", "ahead"]
Choose = Callable[[NodeOptions, list[Edge]], list[Edge]]
Place = str | list[str]  # a step, or a list in which the join of a split is noted once it is known
OPEN = {STATUS.NEW, STATUS.ASSIGNED, STATUS.SCHEDULED, STATUS.STARTED, STATUS.ERROR}
LONGEST_WAY = 100


@dataclass(frozen=True)
class Stage:
    """One stop: when it was passed or since when it lasts, until when, by whom."""

    key: str
    title: str
    state: StageState
    icon: str = "circle"
    family: str = "system"
    at: datetime | None = None
    until: datetime | None = None
    by: str = ""
    note: str = ""


def stages_ahead(version: Version, language: str) -> list[Stage]:
    """The way as the page of a service tells it, before anybody has applied."""
    package = version.package
    found = []
    for options in ahead_of(package, [package.workflow.start], first_edges):
        step = named(options, language)
        if step.family == "start":
            note = package.facts.time.in_(language) if package.facts.time else ""
            found.append(
                Stage(step.key, word("you_apply", language), "ahead", step.icon, step.family, note=note)
            )
        elif step.status_text and step.family != "end":
            found.append(Stage(step.key, step.status_text, "ahead", step.icon, step.family))
    return found


def staff_stages(case: Case, items: Sequence[Any], user: User, language: str) -> list[Stage]:
    """The way of a case for staff: steps of people, and what the applicant is told of."""
    stops = _way(case, items, lambda step: step.title if _is_stop(step) else "", user, language)
    return stops + _withdrawn(case, word("withdrawn", language), language)


def citizen_stages(case: Case, items: Sequence[Any], language: str) -> list[Stage]:
    """The way of a case for its applicant, without the names of staff."""
    stops = _way(case, items, lambda step: step.status_text, None, language)
    return stops + _withdrawn(case, word("you_withdrew", language), language)


def _withdrawn(case: Case, title: str, language: str) -> list[Stage]:
    """No step ends a case that was taken back, cancelled or merged, so the way says it by itself."""
    for state, picture in ((CaseState.CANCELLED, "ban"), (CaseState.MERGED, "boxes")):
        if case.state == state:
            title = word(state.value, language)
            return [Stage(state.value, title, "done", picture, "person", at=case.finished)]
    if case.state != CaseState.WITHDRAWN:
        return []
    return [Stage("withdrawn", title, "done", "undo-2", "applicant", at=case.finished)]


def _is_stop(step: Step) -> bool:
    return step.family in {"start", "person", "applicant"} or bool(step.status_text)


def _way(
    case: Case, items: Sequence[Any], title_of: Callable[[Step], str], user: User | None, language: str
) -> list[Stage]:
    package = version_of(case.version_id).package
    stops: list[Stage] = []
    for item in items:
        if ROUND in item.data:  # one of several votes: the approval as a whole is the stop
            continue
        options = package.nodes.get(item.node_key)
        step = named(options, language) if options else None
        if step is None or item.status == STATUS.CANCELED or not (title := title_of(step)):
            continue
        if stops and stops[-1].key == step.key and stops[-1].state == "done":
            stops.pop()
        stops.append(_passed(item, step, title, user))
    if case.finished is None:
        stops = _with_now(stops) + _ahead(case, package, items, title_of, language)
    return stops


def _passed(item: Any, step: Step, title: str, user: User | None) -> Stage:
    is_open = item.finished is None and item.kind != WorkKind.AFTER
    by = item.owner.get_full_name() if user and item.owner_id and item.kind != WorkKind.SYSTEM else ""
    return Stage(
        step.key,
        title,
        "now" if is_open else "done",
        step.icon,
        step.family,
        at=item.created if is_open else item.finished or item.created,
        until=item.due_at if is_open else None,
        by=by,
    )


def _with_now(stops: list[Stage]) -> list[Stage]:
    """A step that the reader is not told of lasts: the last stop told of is where the case is."""
    if not stops or any(stop.state == "now" for stop in stops):
        return stops
    last = stops[-1]
    if last.family == "start":
        return stops
    return [*stops[:-1], Stage(last.key, last.title, "now", last.icon, last.family, last.at, None, last.by)]


def _ahead(
    case: Case, package: ServicePackage, items: Sequence[Any], title_of: Callable[[Step], str], language: str
) -> list[Stage]:
    current = [item for item in items if item.status in OPEN and item.node_key in package.nodes]
    if not current:
        return []
    here = list(dict.fromkeys(item.node_key for item in current))
    way = ahead_of(package, here, lambda options, edges: _chosen(case, options, edges))
    steps = [named(options, language) for options in way if options.key not in here]
    return [
        Stage(step.key, title, "ahead", step.icon, step.family)
        for step in steps
        if step.family != "end" and (title := title_of(step))
    ]


def ahead_of(package: ServicePackage, starts: list[str], choose: Choose) -> list[NodeOptions]:
    """The steps from here to an end, if everything goes well; each once.

    What is done at the same time stands behind each other, and the join after all of it.
    """
    way: list[NodeOptions] = []
    joins = [key for key in starts if key in package.nodes and _closes(package.nodes[key])]
    waiting: list[Place] = [[], *([key] for key in joins)]
    waiting += [key for key in reversed(starts) if key not in joins]
    while waiting and len(way) < LONGEST_WAY:
        place = waiting.pop()
        options = package.nodes.get(place if isinstance(place, str) else next(iter(place), ""))
        if options is None or options in way:
            continue
        if isinstance(place, str) and _waits_for_others(options, waiting):
            continue
        way.append(options)
        waiting += _after(options, choose)
    return way


def _waits_for_others(options: NodeOptions, waiting: list[Place]) -> bool:
    """Whether this is the join of an open split; then it is noted there, to come after all of its ways."""
    split = next((place for place in reversed(waiting) if isinstance(place, list)), None)
    if split is None or not _closes(options):
        return False
    split.append(options.key)
    return True


def _closes(options: NodeOptions) -> bool:
    return any(move.closes for move in node_types[options.type].moves(options))


def _after(options: NodeOptions, choose: Choose) -> list[Place]:
    """Where it goes on, the first last; below them the place of the join, if the ways are taken together."""
    kind = node_types[options.type]
    if kind.family_of(options) == "end":
        return []  # what may be done after the end is not ahead
    join: list[Place] = [[]] if any(move.opens for move in kind.moves(options)) else []
    return [*join, *(edge.to for edge in reversed(choose(options, kind.targets(options))))]


def first_edges(options: NodeOptions, edges: list[Edge]) -> list[Edge]:
    """The way that a department writes first is the one on which all goes well; all, where all are taken."""
    every = [edge for edge in edges if edge.kind == "parallel"]
    onwards = [edge for edge in edges if edge.kind != "timeout" and edge.to != options.key]
    return every or onwards[:1]


def _chosen(case: Case, options: NodeOptions, edges: list[Edge]) -> list[Edge]:
    """At a condition, the ways that the answers of this case lead to now."""
    flow = case.flow_class  # None where this release cannot find the workflow
    step = flow.step(options.key) if flow is not None else None
    rules = getattr(step, "rules", None)
    if step is None or not rules:
        return first_edges(options, edges)
    facts = facts_of(case, step.schema)
    holding = [name for name, rule in rules.items() if rule.run(facts).holds] or ["otherwise"]
    found = [edge for edge in edges if edge.name in holding]
    several = [edge for edge in found if edge.kind == "inclusive"]
    return several or found[:1] or first_edges(options, edges)


def items_of(case: Case) -> list[WorkItem]:
    """The work items of a case in the order in which they came to be."""
    return list(WorkItem.objects.filter(process=case).select_related("owner").order_by("created", "id"))
