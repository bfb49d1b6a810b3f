"""Pages in an order in which every link leads forward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from forms_library.importing.making import LinkDraft, PageDraft
from forms_library.importing.report import Report

Ways = Mapping[str, list[tuple[str, LinkDraft]]]
# of one page
MOST_LINKS = 99


def linked(pages: Mapping[str, PageDraft], ways: Ways, start: str, report: Report) -> list[PageDraft]:
    """The pages with their links, in order; what nothing leads to stands at the end, and is told."""
    goals = {name: [goal for goal, _ in ways[name]] for name in pages}
    order, back = forward(start, list(pages), goals)
    rest: list[str] = []
    for name in [name for name in pages if name not in set(order)]:
        report.defect((*pages[name].at, "path"), "unreachable", "No way leads to this page.")
        if name not in rest:
            left = [one for one in pages if one not in {*order, *rest}]
            below, more = forward(name, left, {one: goals[one] for one in left})
            rest, back = [*below, *rest], back | more
    for name, page in pages.items():
        page.links = _kept(name, ways[name], back, report)
        if page.links and "when" in page.links[-1].data:
            page.links.append(LinkDraft({"to": "check"}, page.at))
    return [pages[name] for name in [*order, *rest]]


def _kept(
    name: str, ways: list[tuple[str, LinkDraft]], back: set[tuple[str, str]], report: Report
) -> list[LinkDraft]:
    """The links of a page without those that lead back and those that are too many."""
    for _, link in [way for way in ways if (name, way[0]) in back]:
        report.lost(link.at, "back", "A link that leads back is not carried.")
    kept = [link for goal, link in ways if (name, goal) not in back]
    for link in kept[MOST_LINKS - 1 : -1]:
        report.lost(link.at, "links", f"A page has at most {MOST_LINKS} links here.")
    return kept if len(kept) <= MOST_LINKS else [*kept[: MOST_LINKS - 1], kept[-1]]


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
