"""The ways through a form that its links allow, whatever is answered."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from forms_library.compiled import CompiledForm
from forms_library.definition import CHECK, Page

# a form with more paths than this is not listed in full
MOST_PATHS = 20_000


def successors(compiled: CompiledForm) -> Mapping[str, tuple[str, ...]]:
    """For each page the pages that can come next; CHECK stands for the end."""
    pages = compiled.form.pages
    following = {page.key: after.key for page, after in pairwise(pages)}
    by_key = {page.key: page for page in pages}
    return {page.key: tuple(dict.fromkeys(_reached(page, following, by_key))) for page in pages}


def first_pages(compiled: CompiledForm) -> tuple[str, ...]:
    """The pages that a walk can begin with."""
    ways, start = successors(compiled), compiled.form.pages[0]
    return tuple(
        dict.fromkeys(_through(start.key, {page.key: page for page in compiled.form.pages}, ways, set()))
    )


def _reached(page: Page, following: Mapping[str, str], by_key: Mapping[str, Page]) -> Iterator[str]:
    if page.exit:
        return
    for target in _targets(page, following):
        yield from _over(target, following, by_key, set())


def _targets(page: Page, following: Mapping[str, str]) -> Iterator[str]:
    """Where the links of a page lead: one without a rule is the last that counts."""
    if page.next is not None and not page.next:
        yield CHECK
        return
    for link in page.next or ():
        yield link.to
        if link.when is None:
            return
    yield following.get(page.key, CHECK)


def _over(
    target: str, following: Mapping[str, str], by_key: Mapping[str, Page], seen: set[str]
) -> Iterator[str]:
    """A page, and what comes after it where it may be stepped over."""
    if target in seen:
        return
    seen.add(target)
    yield target
    page = by_key.get(target)
    if page is not None and page.show_when is not None:
        for beyond in _targets(page, following):
            yield from _over(beyond, following, by_key, seen)


def _through(
    start: str, by_key: Mapping[str, Page], ways: Mapping[str, tuple[str, ...]], seen: set[str]
) -> Iterator[str]:
    seen.add(start)
    yield start
    if by_key[start].show_when is not None:
        for beyond in ways[start]:
            if beyond != CHECK and beyond not in seen:
                yield from _through(beyond, by_key, ways, seen)


def reachable(compiled: CompiledForm) -> Mapping[str, frozenset[str]]:
    """For each page all pages that can come after it."""
    ways = successors(compiled)
    found: dict[str, frozenset[str]] = {}
    for page in compiled.pages:
        seen: set[str] = set()
        left = [page]
        while left:
            for beyond in ways[left.pop()]:
                if beyond != CHECK and beyond not in seen:
                    seen.add(beyond)
                    left.append(beyond)
        found[page] = frozenset(seen)
    return found


def paths(compiled: CompiledForm, most: int = MOST_PATHS) -> Iterator[tuple[str, ...]]:
    """The start-to-end page paths, at most so many."""
    ways = successors(compiled)
    steps = [(iter(first_pages(compiled)), ())] if compiled.form.pages else []
    count = 0
    trail: list[tuple[Iterator[str], tuple[str, ...]]] = list(steps)
    while trail and count < most:
        pages, before = trail[-1]
        page = next(pages, None)
        if page is None:
            trail.pop()
        elif page == CHECK:
            count += 1
            yield before
        elif not ways[page]:
            count += 1
            yield (*before, page)
        elif page not in before:
            trail.append((iter(ways[page]), (*before, page)))
