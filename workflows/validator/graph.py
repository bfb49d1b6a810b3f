"""The way of a case: links lead somewhere, steps are reached, ways end, no loop runs for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.core.problems import Problems
from workflows.definition import Workflow
from workflows.node_type import Edge, NodeOptions, NodeType, node_types, sentence_of
from workflows.tokens import Trigger

Links = dict[str, set[str]]


def check_graph(workflow: Workflow, problems: Problems) -> None:
    """Note what is wrong with the links between steps."""
    steps = _by_key(workflow.nodes, problems)
    _check_start(workflow, steps, problems)
    _check_links(workflow.nodes, steps, problems)
    links = {key: {edge.to for edge in _edges(options) if edge.to in steps} for key, options in steps.items()}
    place = {options.key: number for number, options in reversed(list(enumerate(workflow.nodes)))}
    at = {key: problems.at("nodes", number) for key, number in place.items()}
    main, beside = _reached(workflow.start, steps, links)
    for key, options in steps.items():
        if key not in main | beside:
            at[key].mend("unreachable", f"No case can come to the step {sentence_of(options)}.")
    _check_ends(main, beside, steps, links, at)
    _check_loops(steps, links, at)


def _kind(options: NodeOptions) -> type[NodeType]:
    return node_types[options.type]


def _edges(options: NodeOptions) -> list[Edge]:
    return _kind(options).targets(options)


def _by_key(nodes: Iterable[NodeOptions], problems: Problems) -> dict[str, NodeOptions]:
    found: dict[str, NodeOptions] = {}
    for number, options in enumerate(nodes):
        if options.key in found:
            sentence = f'The key "{options.key}" is used for two steps.'
            problems.at("nodes", number, "key").mend("doubled", sentence)
        found.setdefault(options.key, options)
    return found


def _check_start(workflow: Workflow, steps: Mapping[str, NodeOptions], problems: Problems) -> None:
    first = steps.get(workflow.start)
    if first is None:
        problems.at("start").mend("unknown_step", f'There is no step "{workflow.start}" to start with.')
    elif _kind(first).family != "start":
        problems.at("start").mend("not_a_start", f'A case cannot start with the step "{workflow.start}".')
    for number, options in enumerate(workflow.nodes):
        kind = _kind(options)
        if kind.family == "start" and not kind.further_start and options.key != workflow.start:
            problems.at("nodes", number).mend("second_start", "There can be only one start.")


def _check_links(nodes: list[NodeOptions], steps: Mapping[str, NodeOptions], problems: Problems) -> None:
    for number, options in enumerate(nodes):
        for edge in _edges(options):
            at = problems.at("nodes", number, *edge.place)
            target = steps.get(edge.to)
            if target is None:
                at.mend("unknown_step", f'This leads to the step "{edge.to}", which does not exist.')
            elif _kind(target).family == "start":
                at.mend("to_start", "This leads back to the start. A case starts only once.")
            elif _kind(target).trigger(target) is not None:
                sentence = f'Nothing can lead to "{edge.to}": it begins by itself when its time has come.'
                at.mend("to_deadline", sentence)


def _reached(start: str, steps: Mapping[str, NodeOptions], links: Links) -> tuple[set[str], set[str]]:
    """Steps that the case itself can reach, and those of paths beside it that an event starts."""
    triggers = {key: found for key, options in steps.items() if (found := _kind(options).trigger(options))}
    leaving, beside_it = _set_on(triggers, interrupting=True), _set_on(triggers, interrupting=False)
    further = [key for key, options in steps.items() if _kind(options).further_start]
    roots = [key for key in (start, *further) if key in steps]
    main = _spread([*roots, *leaving.get(None, ())], links, leaving)
    begun = [*beside_it.get(None, ()), *(w for key in main for w in beside_it.get(key, ()))]
    beside: set[str] = set()
    while begun:  # a path beside the case can hold steps with deadlines of their own
        beside |= _spread(begun, links, leaving)
        begun = [w for key in beside for w in beside_it.get(key, ()) if w not in beside]
    return main, beside


def _set_on(triggers: Mapping[str, Trigger], *, interrupting: bool) -> dict[str | None, list[str]]:
    """By step, what is set on it; by None, what is set on the whole case."""
    found: dict[str | None, list[str]] = {}
    for key, trigger in triggers.items():
        if trigger.interrupting is interrupting:
            found.setdefault(trigger.host, []).append(key)
    return found


def _spread(
    begin: Iterable[str], links: Links, set_on: Mapping[str | None, list[str]] | None = None
) -> set[str]:
    found: set[str] = set()
    waiting = list(begin)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [*links.get(key, ()), *(set_on or {}).get(key, ())]
    return found


def _check_ends(
    main: set[str],
    beside: set[str],
    steps: Mapping[str, NodeOptions],
    links: Links,
    at: Mapping[str, Problems],
) -> None:
    ends = {key for key, options in steps.items() if _kind(options).family == "end"}
    final = {key for key in ends if getattr(steps[key], "outcome", None) is not None}
    for key in sorted(main & (ends - final)):
        sentence = "The case itself can come here, so this end must say its outcome, such as approved."
        at[key].mend("no_outcome", sentence)
    leads = _leading_to(ends, links)
    for key in sorted((main | beside) - leads):
        at[key].mend("no_end", f"From the step {sentence_of(steps[key])} a case can never come to an end.")


def _leading_to(ends: set[str], links: Links) -> set[str]:
    before: Links = {}
    for key, targets in links.items():
        for target in targets:
            before.setdefault(target, set()).add(key)
    return _spread(ends, before)


def _check_loops(steps: Mapping[str, NodeOptions], links: Links, at: Mapping[str, Problems]) -> None:
    hurried = {key for key, options in steps.items() if not _kind(options).waits}
    inner = {key: links[key] & hurried for key in hurried}
    for loop in _loops(inner):
        names = ", ".join(sentence_of(steps[key]) for key in loop)
        at[loop[0]].mend("endless", f"A case would run round for ever: {names}. No step among them waits.")


def _loops(links: Links) -> Iterator[list[str]]:
    """Groups of steps from which one comes back to oneself."""
    seen: set[str] = set()
    forward = {key: _spread(targets, links) for key, targets in links.items()}
    for key in sorted(links):
        if key in forward[key] and key not in seen:
            loop = [other for other in sorted(links) if other in forward[key] and key in forward[other]]
            seen |= set(loop)
            yield loop
