"""Which splits are open where: ways that part at a split come together at one join, or end.

A token says the same at run time. A step can be reached inside a split and outside of it (the letter
before a refusal, say); but a join needs a split before it, a split one join, and no way leads from inside
a split to the split itself: the tokens at its join would not belong together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.core.problems import Problems
from workflows.tokens import Move
from workflows.validator.net import Net

DEEPEST = 8  # a token has room for so many splits inside each other
MOST = 20  # so many times the steps of the workflow may stand on different ways of splits
Stack = tuple[str, ...]  # the open splits, the innermost last
Place = tuple[str, Stack]  # a step, as it is reached inside these splits


@dataclass
class Blocks:
    """The steps with the splits that are open there, by these; by split, as it is reached, its join."""

    levels: dict[Stack, list[str]] = field(default_factory=dict)
    join_of: dict[Place, str] = field(default_factory=dict)
    places: set[Place] = field(default_factory=set)
    wrong: set[tuple[str, str]] = field(default_factory=set)  # what was said already: code and step


def find_blocks(net: Net, at: Mapping[str, Problems]) -> Blocks:
    """Follow the tokens through the net, and note where their splits do not fit."""
    blocks = Blocks()
    waiting: deque[Place] = deque((key, ()) for key in (*net.starts, *net.anytime))
    while waiting:
        place = waiting.popleft()
        if place in blocks.places:
            continue
        key, stack = place
        if len(blocks.places) > MOST * len(net.steps) + MOST:
            sentence = f"The ways around {net.name(key)} cross each other too often to be followed."
            _note(blocks, at, "tangled", key, sentence)
            break
        blocks.places.add(place)
        blocks.levels.setdefault(stack, []).append(key)
        waiting.extend(_following(blocks, net, at, place))
    return blocks


def _following(blocks: Blocks, net: Net, at: Mapping[str, Problems], place: Place) -> Iterable[Place]:
    key, stack = place
    for move in net.moves[key]:
        inside = _stack_after(blocks, net, at, place, move)
        if inside is not None:
            yield from ((to, inside) for to in move.to)
    yield from ((other, stack) for other in net.leaving.get(key, ()))
    yield from ((other, ()) for other in net.beside.get(key, ()))


def _stack_after(
    blocks: Blocks, net: Net, at: Mapping[str, Problems], place: Place, move: Move
) -> Stack | None:
    """The splits that are open after a move; None if the move does not fit."""
    key, stack = place
    if move.opens:
        if key in stack:
            sentence = (
                f"From the ways that part at {net.name(key)} one can come back to it before their join."
            )
            _note(blocks, at, "around", key, sentence)
            return None
        if len(stack) == DEEPEST:
            sentence = (
                f"Here ways part for the {DEEPEST + 1}th time, one inside the other. At most {DEEPEST} can."
            )
            _note(blocks, at, "too_deep", key, sentence)
            return None
        return (*stack, key)
    if not move.closes:
        return stack
    if not stack:
        sentence = f"A case can come to {net.name(key)} on a way that did not part from others before it."
        _note(blocks, at, "nothing_to_join", key, sentence)
        return None
    return stack[:-1] if _is_its_join(blocks, net, at, key, stack) else None


def _is_its_join(blocks: Blocks, net: Net, at: Mapping[str, Problems], key: str, stack: Stack) -> bool:
    split = stack[-1]
    first = blocks.join_of.setdefault((split, stack[:-1]), key)
    if first != key:
        sentence = (
            f"The ways that part at {net.name(split)} come together at {net.name(first)} and at "
            f"{net.name(key)}, and each would wait for the other. Lead them all to one of the two."
        )
        _note(blocks, at, "two_joins", key, sentence)
    return first == key


def _note(blocks: Blocks, at: Mapping[str, Problems], code: str, key: str, sentence: str) -> None:
    if (code, key) not in blocks.wrong:
        blocks.wrong.add((code, key))
        at[key].mend(code, sentence)
