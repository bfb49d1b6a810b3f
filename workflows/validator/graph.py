"""The way of a case: links lead somewhere, steps are reached, ways end, no loop runs for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.problems import Problems
from workflows.definition import Workflow
from workflows.node_type import NodeOptions
from workflows.validator.blocks import find_blocks
from workflows.validator.inside import check_inside
from workflows.validator.loops import check_loops
from workflows.validator.net import kind_of, net_of
from workflows.validator.reading import Reading, check_reading
from workflows.validator.soundness import check_soundness


def check_graph(workflow: Workflow, readings: Iterable[Reading], problems: Problems) -> None:
    """Note what is wrong with the way of a case, and with what its rules read of earlier steps."""
    steps = _by_key(workflow.nodes, problems)
    before = len(problems.must_mend)
    _check_start(workflow, steps, problems)
    _check_links(workflow.nodes, steps, problems)
    leads_somewhere = len(problems.must_mend) == before
    place = {options.key: number for number, options in reversed(list(enumerate(workflow.nodes)))}
    at = {key: problems.at("nodes", number) for key, number in place.items()}
    net = net_of(workflow, steps)
    main = net.main()
    reached = main | net.paths_beside(main)
    for key in steps:
        if key not in reached:
            note = at[key].look if kind_of(steps[key]).may_stay_unreached else at[key].mend
            note("unreachable", f"No case can come to the step {net.name(key)}.")
    check_loops(net, at)
    check_inside(net, main, at)
    if leads_somewhere:  # a link to nowhere would look like an end
        blocks = find_blocks(net, at)
        if not blocks.wrong:
            check_soundness(net, blocks, at)
            check_reading(net, blocks, readings)


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
    elif kind_of(first).family != "start":
        problems.at("start").mend("not_a_start", f'A case cannot start with the step "{workflow.start}".')
    for number, options in enumerate(workflow.nodes):
        kind = kind_of(options)
        if kind.family == "start" and not kind.further_start and options.key != workflow.start:
            sentence = (
                "People apply at the first start of the workflow only: name this step there, or remove it."
            )
            problems.at("nodes", number).mend("second_start", sentence)
        form = getattr(options, "form", None)
        if kind.begins is not None and form not in (None, getattr(first, "form", None)):
            sentence = "All starts of a workflow fill in the same form: that of its first start."
            problems.at("nodes", number, "form").mend("other_form", sentence)


def _check_links(nodes: list[NodeOptions], steps: Mapping[str, NodeOptions], problems: Problems) -> None:
    for number, options in enumerate(nodes):
        for edge in kind_of(options).targets(options):
            at = problems.at("nodes", number, *edge.place)
            target = steps.get(edge.to)
            if target is None:
                at.mend("unknown_step", f'This leads to the step "{edge.to}", which does not exist.')
            elif kind_of(target).family == "start":
                at.mend("to_start", "This leads back to the start. A case starts only once.")
            elif kind_of(target).trigger(target) is not None:
                sentence = f'Nothing can lead to "{edge.to}": it begins by itself when its time has come.'
                at.mend("to_deadline", sentence)
