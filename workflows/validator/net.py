"""The workflow as a net: what each step does with the tokens that come to it, put together from the kinds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from workflows.definition import Workflow
from workflows.node_type import NodeOptions, NodeType, node_types, sentence_of
from workflows.tokens import Move, Trigger

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Net:
    """Steps by key, their moves, and what sets off steps that no link leads to."""

    steps: Mapping[str, NodeOptions]
    moves: Mapping[str, list[Move]]
    starts: list[str]  # where the case itself can begin, also anew
    leaving: dict[str, list[str]] = field(default_factory=dict)  # by step: what can happen there instead
    beside: dict[str, list[str]] = field(default_factory=dict)  # by step: what can begin beside it
    anytime: list[str] = field(default_factory=list)  # what can begin beside the case at any time

    def after(self, key: str) -> Iterator[str]:
        """The steps that a token can come to from here, also by an event that leaves the step."""
        for move in self.moves[key]:
            yield from move.to
        yield from self.leaving.get(key, ())

    def main(self) -> set[str]:
        """The steps that the case itself can come to."""
        return self.spread(self.starts)

    def paths_beside(self, main: Iterable[str]) -> set[str]:
        """The steps of paths that begin beside the case, and beside those paths."""
        found: set[str] = set()
        begun = [*self.anytime, *(key for step in main for key in self.beside.get(step, ()))]
        while begun:
            found |= self.spread(begun)
            begun = [key for step in found for key in self.beside.get(step, ()) if key not in found]
        return found

    def spread(self, begin: Iterable[str]) -> set[str]:
        """All steps that a token can come to from these."""
        found: set[str] = set()
        waiting = list(begin)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += self.after(key)
        return found

    def name(self, key: str) -> str:
        """A step as sentences name it."""
        return sentence_of(self.steps[key])

    def names(self, keys: Iterable[str]) -> str:
        """Some steps as sentences name them; of many the first five."""
        found = [self.name(key) for key in keys]
        return ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")


def kind_of(options: NodeOptions) -> type[NodeType]:
    """The kind of a step."""
    return node_types[options.type]


def net_of(workflow: Workflow, steps: Mapping[str, NodeOptions]) -> Net:
    """Put the moves of all steps together; what leads to no step is left out."""
    known = {key: [_known(move, steps) for move in kind_of(o).moves(o)] for key, o in steps.items()}
    moves = {key: [move for move in found if not move.inside] for key, found in known.items()}
    further = [key for key, options in steps.items() if kind_of(options).may_begin(options)]
    net = Net(steps, moves, [key for key in (workflow.start, *further) if key in steps])
    for key, options in steps.items():
        trigger = kind_of(options).trigger(options)
        if trigger is not None:
            _set_on(net, key, trigger)
    for key, found in known.items():
        net.beside.setdefault(key, []).extend(to for move in found if move.inside for to in move.to)
    return net


def _known(move: Move, steps: Mapping[str, NodeOptions]) -> Move:
    if all(key in steps for key in move.to):
        return move
    return Move(**{**move.__dict__, "to": tuple(key for key in move.to if key in steps)})


def _set_on(net: Net, key: str, trigger: Trigger) -> None:
    if trigger.host is not None:
        by_step = net.leaving if trigger.interrupting else net.beside
        by_step.setdefault(trigger.host, []).append(key)
    else:
        (net.starts if trigger.interrupting else net.anytime).append(key)


def circles(keys: Iterable[Key], links: Mapping[Key, Iterable[Key]]) -> Iterator[list[Key]]:
    """Groups of steps from each of which one comes back to it; links to other keys are left out."""
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    path: list[Key] = []
    on_path: set[Key] = set()
    every = list(keys)
    inside = set(every)
    for root in every:
        calls = [] if root in index else [(root, iter(links.get(root, ())))]
        while calls:
            key, following = calls[-1]
            if key not in index:
                index[key] = low[key] = len(index)
                path.append(key)
                on_path.add(key)
            deeper = next((other for other in following if other in inside and other not in index), None)
            if deeper is not None:
                calls.append((deeper, iter(links.get(deeper, ()))))
                continue
            calls.pop()
            low[key] = min([low[key], *(low[other] for other in links.get(key, ()) if other in on_path)])
            if low[key] == index[key]:
                group = _until(path, key)
                on_path.difference_update(group)
                if len(group) > 1 or key in links.get(key, ()):
                    yield group


def _until(path: list[Key], key: Key) -> list[Key]:
    """Take the end of the path that begins with this key."""
    taken = [path.pop()]
    while taken[-1] != key:
        taken.append(path.pop())
    return taken[::-1]
