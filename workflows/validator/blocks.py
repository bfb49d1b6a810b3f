"""Which splits are open at each step: ways that part at a split come together at one join, or end.

A token says the same at run time. Where a step could be reached with two different lists of open splits, a
join would get tokens that do not belong together, and wait for ever or let the case go on twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.core.problems import Problems
from workflows.tokens import Move
from workflows.validator.net import Net

DEEPEST = 8  # a token has room for so many splits inside each other
Stack = tuple[str, ...]


@dataclass
class Blocks:
    """By step the splits that are open there, the innermost last; by split the join that closes it."""

    open_at: dict[str, Stack] = field(default_factory=dict)
    join_of: dict[str, str] = field(default_factory=dict)
    wrong: set[tuple[str, str]] = field(default_factory=set)  # what was said already: code and step


def find_blocks(net: Net, at: Mapping[str, Problems]) -> Blocks:
    """Follow the tokens through the net, and note where their splits do not fit."""
    blocks = Blocks()
    waiting: deque[tuple[str, Stack]] = deque((key, ()) for key in (*net.starts, *net.anytime))
    while waiting:
        key, stack = waiting.popleft()
        if key in blocks.open_at:
            if blocks.open_at[key] != stack:
                _note(blocks, at, "mixed_ways", key, _mixed(net, key, blocks.open_at[key], stack))
            continue
        blocks.open_at[key] = stack
        for move in net.moves[key]:
            following = _stack_after(blocks, net, at, key, move)
            waiting.extend((to, following) for to in move.to)
        waiting.extend((other, stack) for other in net.leaving.get(key, ()))
        waiting.extend((other, ()) for other in net.beside.get(key, ()))
    return blocks


def _stack_after(blocks: Blocks, net: Net, at: Mapping[str, Problems], key: str, move: Move) -> Stack:
    stack = blocks.open_at[key]
    if move.opens:
        if len(stack) == DEEPEST:
            sentence = (
                f"Here ways part for the {DEEPEST + 1}th time, one inside the other. At most {DEEPEST} can."
            )
            _note(blocks, at, "too_deep", key, sentence)
        return (*stack, key)
    if not move.closes:
        return stack
    if not stack:
        sentence = f"At {net.name(key)} ways come together, but none have parted before it."
        _note(blocks, at, "nothing_to_join", key, sentence)
        return ()
    split = stack[-1]
    first = blocks.join_of.setdefault(split, key)
    if first != key:
        sentence = (
            f"The ways that part at {net.name(split)} come together at {net.name(first)} and at "
            f"{net.name(key)}, and each would wait for the other. Lead them all to one of the two."
        )
        _note(blocks, at, "two_joins", key, sentence)
    return stack[:-1]


def _mixed(net: Net, key: str, one: Stack, other: Stack) -> str:
    """Why a step cannot be reached with two lists of open splits."""
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    rule = "Ways that part come together at one join before they go on, or each of them ends."
    if shared is not None:
        splits = f"{net.name(one[shared])} and on others that part at {net.name(other[shared])}"
        return f"The step {net.name(key)} can be reached on ways that part at {splits}. {rule}"
    split = max(one, other, key=len)[min(len(one), len(other))]
    reached = f"on one of the ways that part at {net.name(split)} and also outside of them"
    return f"The step {net.name(key)} can be reached {reached}. {rule}"


def _note(blocks: Blocks, at: Mapping[str, Problems], code: str, key: str, sentence: str) -> None:
    if (code, key) not in blocks.wrong:
        blocks.wrong.add((code, key))
        at[key].mend(code, sentence)
