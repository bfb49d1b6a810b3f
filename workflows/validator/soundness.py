"""Whether every case comes to an end with an outcome: what the exploration of the net found, in sentences."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from engine.core.problems import Problems
from workflows.validator.blocks import Blocks, Place
from workflows.validator.exploring import Explored, Fate, explore
from workflows.validator.net import Net, circles, kind_of


def check_soundness(net: Net, blocks: Blocks, at: Mapping[str, Problems]) -> None:
    """Note deadlocks, ways without an end, cases that stop without an outcome, ways that are never joined."""
    found = explore(net, blocks)
    said = _Said(at)
    for split, came in found.stuck.items():
        _note_stuck(found, split, came, said)
    _check_outcomes(found, said)
    _check_ends(found, said)
    _check_dead(found, said)
    for split in found.through:
        _check_together(found, split, said)


class _Said:
    """Says each thing of a step once, although the step may stand on the ways of several splits."""

    def __init__(self, at: Mapping[str, Problems]) -> None:
        self.at = at
        self.known: set[tuple[str, str]] = set()

    def mend(self, key: str, code: str, sentence: str) -> None:
        """Note what must be mended."""
        if (key, code) not in self.known:
            self.known.add((key, code))
            self.at[key].mend(code, sentence)

    def look(self, key: str, code: str, sentence: str) -> None:
        """Note what is worth a look."""
        if (key, code) not in self.known:
            self.known.add((key, code))
            self.at[key].look(code, sentence)


def _note_stuck(found: Explored, split: Place, came: int, said: _Said) -> None:
    net, join = found.net, found.blocks.join_of[split]
    ways = "only one" if came == 1 else f"only {came}"
    said.mend(
        join,
        "deadlock",
        f"Of the ways that part at {net.name(split[0])}, {ways} may come to {net.name(join)}, which waits "
        f"for {found.closing(split)[0].needs}. The case would wait for ever: say where it goes otherwise.",
    )


def _check_outcomes(found: Explored, said: _Said) -> None:
    """The case itself must not stop without an outcome."""
    net, seen = found.net, set[Place]()
    waiting: list[Place] = [(key, ()) for key in net.starts]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        waiting += found.after(place)
        if Fate.PATH_ENDS not in found.own_fate(place):
            continue
        if place in found.through:
            sentence = f"All ways that part at {net.name(place[0])} can end without coming together. "
            said.mend(place[0], "no_outcome", sentence + "Then the case would stop with no outcome.")
        else:
            sentence = "The case itself can come here, so this end must say its outcome, such as approved."
            said.mend(place[0], "no_outcome", sentence)


def _check_ends(found: Explored, said: _Said) -> None:
    """From every step there must be a way to an end."""
    lost = [place for place, fate in found.fates.items() if fate is Fate.NONE]
    links = {place: list(found.after(place)) for place in lost}
    for circle in circles(lost, links):
        if all(following in circle for place in circle for following in links[place]):
            names = found.net.names(key for key, _ in circle)
            steps = f"the step {names}" if len(circle) == 1 else f"the steps {names}"
            said.mend(circle[0][0], "no_end", f"From {steps} a case can never come to an end.")


def _check_dead(found: Explored, said: _Said) -> None:
    """A join must go on some time, unless it is said already why it does not."""
    net = found.net
    alive = {key for key, _ in found.reached((key, ()) for key in (*net.starts, *net.anytime))}
    for split, (leads, _) in found.through.items():
        dead = sorted({to for move in found.closing(split) for to in move.to} - alive)
        explained = split in found.stuck or any(found.fates[way] is Fate.NONE for way in found.ways(split))
        if dead and not leads and not explained:
            join = found.blocks.join_of[split]
            sentence = f"The ways that part at {net.name(split[0])} can never all come to {net.name(join)}, "
            said.mend(join, "dead", sentence + f"so no case comes to {net.names(dead)}.")
        elif dead and leads:
            join = found.blocks.join_of[split]
            sentence = f"Enough ways always come to {net.name(join)}, so no case goes elsewhere"
            said.look(join, "never_needed", f"{sentence}, to {net.names(dead)}.")


def _check_together(found: Explored, split: Place, said: _Said) -> None:
    """Ways that part must not go on as one without a join."""
    net, has_join, ways = found.net, split in found.blocks.join_of, found.ways(split)
    merged = _first_merged(found, ways)
    if merged is not None:
        sentence = (
            f"Ways that part at {net.name(split[0])} meet at the step {net.name(merged)} without a join "
            "before it. All that follows would be done once for each of them."
        )
        note = said.look if has_join else said.mend
        note(merged, "unsynchronised", sentence)
    elif not has_join and all(found.fates[way] is Fate.CASE_ENDS for way in ways):
        sentence = f"The ways that part at {net.name(split[0])} never come together: the first that ends "
        said.look(split[0], "never_together", sentence + "closes the case, and the others are cancelled.")


def _first_merged(found: Explored, ways: Iterable[Place]) -> str | None:
    """The first step that waits and to which more than one way leads."""
    came: dict[Place, int] = {}
    waiting = deque((way, 1 << number) for number, way in enumerate(ways))
    while waiting:
        place, bits = waiting.popleft()
        known = came.get(place, 0)
        if known | bits == known:
            continue
        if known and kind_of(found.net.steps[place[0]]).waits:
            return place[0]
        came[place] = known | bits
        waiting.extend((other, known | bits) for other in found.after(place))
    return None
