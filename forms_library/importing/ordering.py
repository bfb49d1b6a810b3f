"""Pages in an order in which every link leads forward."""

from collections.abc import Iterable, Mapping, Sequence


def forward(
    start: str, names: Sequence[str], links: Mapping[str, Iterable[str]]
) -> tuple[list[str], set[tuple[str, str]]]:
    """The reachable names so that links lead forward, and the links that would lead back."""
    back: set[tuple[str, str]] = set()
    done: list[str] = []
    state: dict[str, int] = {}
    stack = [(start, iter(list(links.get(start, ()))))] if start in names else []
    state[start] = 1
    while stack:
        name, rest = stack[-1]
        target = next(rest, None)
        if target is None:
            state[name] = 2
            done.append(name)
            stack.pop()
        elif state.get(target) == 1:
            back.add((name, target))
        elif target not in state and target in links:
            state[target] = 1
            stack.append((target, iter(list(links.get(target, ())))))
    return done[::-1], back
