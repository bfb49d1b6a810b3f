"""Whether every case comes to an end with an outcome: what the exploration of the net found, in sentences."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from engine.core.problems import Problems
from workflows.validator.blocks import Blocks
from workflows.validator.exploring import Explored, Fate, explore
from workflows.validator.net import Net, circles, kind_of


def check_soundness(net: Net, blocks: Blocks, at: Mapping[str, Problems]) -> None:
    """Note deadlocks, ways without an end, cases that stop without an outcome, ways that are never joined."""
    found = explore(net, blocks)
    for split, came in found.stuck.items():
        _note_stuck(found, split, came, at)
    _check_outcomes(found, at)
    _check_ends(found, at)
    for split in found.through:
        _check_together(found, split, at)


def _note_stuck(found: Explored, split: str, came: int, at: Mapping[str, Problems]) -> None:
    net, join = found.net, found.blocks.join_of[split]
    ways = "only one" if came == 1 else f"only {came}"
    at[join].mend(
        "deadlock",
        f"Of the ways that part at {net.name(split)}, {ways} may come to {net.name(join)}, which waits for "
        f"{found.closing(split)[0].needs}. The case would wait for ever: say where it goes otherwise.",
    )


def _check_outcomes(found: Explored, at: Mapping[str, Problems]) -> None:
    """The case itself must not stop without an outcome."""
    net, seen = found.net, set[str]()
    waiting = list(net.starts)
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        waiting += found.after(key)
        if Fate.PATH_ENDS not in found.own_fate(key):
            continue
        if key in found.through:
            sentence = f"All ways that part at {net.name(key)} can end without coming together. "
            at[key].mend("no_outcome", sentence + "Then the case would stop with no outcome.")
        else:
            sentence = "The case itself can come here, so this end must say its outcome, such as approved."
            at[key].mend("no_outcome", sentence)


def _check_ends(found: Explored, at: Mapping[str, Problems]) -> None:
    """From every step there must be a way to an end."""
    lost = [key for key, fate in found.fates.items() if fate is Fate.NONE]
    links = {key: list(found.after(key)) for key in lost}
    for circle in circles(lost, links):
        if all(following in circle for key in circle for following in links[key]):
            names = found.net.names(circle)
            step = f"the step {names}" if len(circle) == 1 else f"the steps {names}"
            at[circle[0]].mend("no_end", f"From {step} a case can never come to an end.")


def _check_together(found: Explored, split: str, at: Mapping[str, Problems]) -> None:
    """Ways that part must not go on as one without a join."""
    net, has_join = found.net, split in found.blocks.join_of
    ways = [key for move in net.moves[split] if move.opens for key in move.to]
    merged = _first_merged(found, ways)
    if merged is not None:
        sentence = (
            f"Ways that part at {net.name(split)} meet at the step {net.name(merged)} without a join before "
            "it. All that follows would be done once for each of them."
        )
        if has_join:
            at[merged].look("unsynchronised", sentence)
        else:
            at[merged].mend("unsynchronised", sentence)
    elif not has_join and all(found.fates[key] is Fate.CASE_ENDS for key in ways):
        sentence = f"The ways that part at {net.name(split)} never come together: the first that ends "
        at[split].look("never_together", sentence + "closes the case, and the others are cancelled.")


def _first_merged(found: Explored, ways: list[str]) -> str | None:
    """The first step at which more than one way arrives and from which they go on."""
    came: dict[str, int] = {}
    waiting = deque((key, 1 << number) for number, key in enumerate(ways))
    while waiting:
        key, bits = waiting.popleft()
        known = came.get(key, 0)
        following = list(found.after(key))
        if known | bits == known:
            continue
        if known and following and kind_of(found.net.steps[key]).waits:
            return key
        came[key] = known | bits
        waiting.extend((other, known | bits) for other in following)
    return None
