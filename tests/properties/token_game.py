"""The token game, played by the book over a whole workflow at once: slow, and with no idea of the checker's.

A state holds tokens (a step, and the ways of the splits that it is on) and joins that wait. It says what can
become of a case in a small workflow, so that the checker can be compared with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.node_type import NodeOptions, node_types
from workflows.tokens import Move

Way = tuple[tuple[str, int], ...]  # the open splits, each with the number of the way
Token = tuple[str, Way]
Waiting = tuple[str, Way, frozenset[int]]  # a join, the token that it goes on with, the ways that have come
SETTING_OUT = "*"


@dataclass(frozen=True)
class State:
    """Where a case is."""

    tokens: frozenset[Token] = frozenset()
    joins: frozenset[Waiting] = frozenset()
    ended: bool = False


class TooLarge(Exception):
    """The game has more states than anybody wants to see."""


class Game:
    """All that can become of a case; paths that begin beside it are left out."""

    def __init__(self, nodes: Mapping[str, NodeOptions], start: str, most: int = 4_000) -> None:
        self.moves = {key: node_types[o.type].moves(o) for key, o in nodes.items()}
        self.leaving: dict[str, list[str]] = {}
        for key, options in nodes.items():
            trigger = node_types[options.type].trigger(options)
            if trigger is not None and trigger.interrupting and trigger.host is not None:
                self.leaving.setdefault(trigger.host, []).append(key)
        self.join_of = {key: self._join_of(key) for key in nodes}
        self.states: dict[State, set[State]] = {}
        waiting = [self._put(State(), (start, ()))]
        while waiting:
            state = waiting.pop()
            if state in self.states:
                continue
            if len(self.states) > most:
                raise TooLarge
            self.states[state] = set(self._following(state))
            waiting += self.states[state]

    def stuck(self) -> list[State]:
        """States in which nothing can happen any more, although the case has no outcome."""
        return [state for state, after in self.states.items() if not after and not state.ended]

    def joined(self) -> set[str]:
        """The joins at which anything ever waits."""
        return {key for state in self.states for key, _, _ in state.joins}

    def waits_in_vain(self) -> list[State]:
        """States with a join for which nobody is on the way; only another way may save the case."""
        return [state for state in self.states if any(self._is_in_vain(state, join) for join in state.joins)]

    def _is_in_vain(self, state: State, join: Waiting) -> bool:
        key, base, _ = join
        near = [way for _, way in state.tokens] + [way for other, way, _ in state.joins if other != key]
        return not any(self._closes(key, way, base) for way in near)

    def _closes(self, key: str, way: Way, base: Way) -> bool:
        inside = len(way) > len(base) and way[: len(base)] == base
        return inside and self.join_of[way[len(base)][0]] == key

    def hopeless(self) -> list[State]:
        """States from which no end can be reached."""
        before: dict[State, list[State]] = {}
        for state, after in self.states.items():
            for following in after:
                before.setdefault(following, []).append(state)
        good = {state for state in self.states if state.ended}
        waiting = list(good)
        while waiting:
            for earlier in before.get(waiting.pop(), ()):
                if earlier not in good:
                    good.add(earlier)
                    waiting.append(earlier)
        return [state for state in self.states if state not in good]

    def _following(self, state: State) -> Iterator[State]:
        for token in state.tokens:
            key, way = token
            rest = State(state.tokens - {token}, state.joins)
            for move in self.moves[key]:
                yield from self._moved(rest, key, way, move)
            for other in self.leaving.get(key, ()):
                yield self._put(rest, (other, way))

    def _moved(self, rest: State, key: str, way: Way, move: Move) -> Iterator[State]:
        if move.ends_case:
            yield State(ended=True)
        elif move.opens:
            for taken in _parts(len(move.to)) if move.some else [list(range(len(move.to)))]:
                yield self._parted(rest, key, way, move, taken)
        elif not move.to:
            yield self._settled(rest, way)
        else:
            yield self._put(rest, (move.to[0], way))

    def _parted(self, rest: State, key: str, way: Way, move: Move, taken: list[int]) -> State:
        """Tokens on several ways; one that arrives at once may win over those that are not yet under way."""
        places = [(*way, (key, number)) for number in taken]
        state = State(rest.tokens | {(SETTING_OUT, place) for place in places}, rest.joins)
        for number, place in zip(taken, places, strict=True):
            if (SETTING_OUT, place) in state.tokens:
                state = State(state.tokens - {(SETTING_OUT, place)}, state.joins)
                state = self._put(state, (move.to[number], place))
        return state

    def _put(self, state: State, token: Token) -> State:
        """A token comes to a step; at a join it is noted there."""
        key, way = token
        if not any(move.closes for move in self.moves[key]):
            return State(state.tokens | {token}, state.joins)
        if not way:
            raise ValueError("nothing to join")
        base, number = way[:-1], way[-1][1]
        known = next((came for join, at, came in state.joins if (join, at) == (key, base)), frozenset())
        joins = {each for each in state.joins if each[:2] != (key, base)}
        state = State(state.tokens, frozenset({*joins, (key, base, known | {number})}))
        return self._look(state, key, base, way[-1][0])

    def _look(self, state: State, key: str, base: Way, split: str) -> State:
        """Whether a join can go on."""
        came = next(came for join, at, came in state.joins if (join, at) == (key, base))
        inside = [(step, at) for step, at in state.tokens if _is_in(at, base, split)]
        inner = [(join, at, ways) for join, at, ways in state.joins if _is_in(at, base, split)]
        quiet = not inside and not inner
        for move in (move for move in self.moves[key] if move.closes):
            if move.fewer:
                goes = quiet and move.needs is not None and len(came) < move.needs
            elif move.needs is None:
                goes = quiet and bool(came)
            else:
                goes = len(came) >= move.needs
            if goes:
                tokens = state.tokens.difference(inside)
                joins = state.joins.difference([*inner, (key, base, came)])
                return self._put(State(tokens, joins), (move.to[0], base))
        return state

    def _settled(self, state: State, way: Way) -> State:
        """A path has ended: joins around it look again, the innermost first."""
        for size in range(len(way) - 1, -1, -1):
            base, split = way[:size], way[size][0]
            key = self.join_of[split]
            waits = key is not None and any((key, base) == each[:2] for each in state.joins)
            if key is not None and not waits and any(move.fewer for move in self.moves[key]):
                state, waits = State(state.tokens, state.joins | {(key, base, frozenset())}), True
            if key is not None and waits:
                after = self._look(state, key, base, split)
                if after != state:
                    return after
        return state

    def _join_of(self, split: str) -> str | None:
        """The first join on any way of a split that is not another split's."""
        seen: set[tuple[str, int]] = set()
        waiting = [(to, 0) for move in self.moves[split] if move.opens for to in move.to]
        while waiting:
            key, depth = waiting.pop()
            if (key, depth) in seen or depth > 20:
                continue
            seen.add((key, depth))
            for move in self.moves[key]:
                if move.closes and depth == 0:
                    return key
                waiting += [(to, depth + move.opens - move.closes) for to in move.to]
            waiting += [(other, depth) for other in self.leaving.get(key, ())]
        return None


def _is_in(way: Way, base: Way, split: str) -> bool:
    return len(way) > len(base) and way[: len(base)] == base and way[len(base)][0] == split


def _parts(many: int) -> Iterator[list[int]]:
    for bits in range(1, 1 << many):
        yield [number for number in range(many) if bits >> number & 1]
