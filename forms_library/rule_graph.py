"""What decides about what: pages, ways between them, questions and cells, in the order of dependence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from engine.core.rules import Rule
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm, CompiledPage
from forms_library.definition import CHECK

KEPT = 1_000  # answers to the same question, of one form
Kind = Literal["reach", "page", "way", "field", "cell"]


@dataclass(eq=False)
class Node:
    """One thing that is decided. `reach`: whether the walk comes to a page; `way`: where it goes on."""

    id: str
    kind: Kind
    page: CompiledPage
    asked: CompiledField | None = None
    deps: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()  # of the answers that its rules read
    level: int = 0
    rules: tuple[Rule, ...] = ()


Plan = tuple[tuple[tuple[Node, ...], frozenset[str]], ...]


@dataclass(eq=False)
class RuleGraph:
    """All nodes of a form by id, in levels: a level needs only what stands before it."""

    nodes: Mapping[str, Node]
    levels: tuple[tuple[Node, ...], ...]
    needed_by: Mapping[str, frozenset[str]]
    reads: Mapping[str, frozenset[str]]  # ids of nodes by the key of a plain question that they read
    plans: dict[frozenset[str] | None, Plan] = field(default_factory=dict)
    ahead: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def plan(self, wanted: frozenset[str] | None) -> Plan:
        """The levels with only the wanted nodes, each with the answers that its rules read."""
        if wanted not in self.plans:
            levels = (
                tuple(node for node in level if wanted is None or node.id in wanted) for level in self.levels
            )
            plan = tuple(
                (level, frozenset().union(*(node.keys for node in level))) for level in levels if level
            )
            if len(self.plans) > KEPT:
                self.plans.clear()
            self.plans[wanted] = plan
        return self.plans[wanted]

    def before(self, ids: Iterable[str]) -> frozenset[str]:
        """These nodes and all that they need."""
        return _closure(ids, lambda one: self.nodes[one].deps, self.nodes)

    def after(self, ids: Iterable[str]) -> frozenset[str]:
        """These nodes and all that need them."""
        known = frozenset(ids)
        if known not in self.ahead:
            if len(self.ahead) > KEPT:
                self.ahead.clear()
            self.ahead[known] = _closure(known, lambda one: self.needed_by.get(one, frozenset()), self.nodes)
        return self.ahead[known]

    @cached_property
    def grouped(self) -> frozenset[str]:
        """The nodes of rows and groups, and of what stands in them."""
        return frozenset(
            one
            for one, node in self.nodes.items()
            if node.kind == "cell" or (node.asked is not None and node.asked.children)
        )


def _closure(
    ids: Iterable[str], beyond: Callable[[str], Iterable[str]], nodes: Mapping[str, Node]
) -> frozenset[str]:
    met: set[str] = set()
    ahead = [one for one in ids if one in nodes]
    while ahead:
        one = ahead.pop()
        if one not in met:
            met.add(one)
            ahead += [other for other in beyond(one) if other not in met]
    return frozenset(met)


def graph_of(compiled: CompiledForm) -> RuleGraph:
    """The graph of a form, built once."""
    found: RuleGraph | None = compiled.kept.get("graph")
    if found is None:
        found = compiled.kept["graph"] = _Builder(compiled).graph()
    return found


def fields_read(compiled: CompiledForm, rule: Rule | None, scope: str = "") -> set[str]:
    """The paths of the fields of this form that a rule reads; `scope` is the path of what it stands in."""
    paths = (path_in_form(compiled, read, scope) for read in (rule.reads if rule else ()))
    return {path for path in paths if path}


def path_in_form(compiled: CompiledForm, read: str, scope: str) -> str:
    """The path of the field that a rule means by a name; empty where it means no field of this form."""
    root, _, rest = read.partition(".")
    path = _resolved(root, rest, scope)
    while path and path.removesuffix("[]") not in compiled.by_path:
        path = path.rpartition(".")[0]
    return path.removesuffix("[]")


def _resolved(root: str, rest: str, scope: str) -> str:
    if root == ANSWERS:
        return rest
    if root == ITEM and scope:
        return f"{scope}.{rest}"
    if root == PARENT and scope:
        return f"{scope.rpartition('.')[0]}.{rest}"
    return ""


def scope_of(asked: CompiledField) -> str:
    """The path of what a question stands in; empty on the page itself."""
    return asked.path.rpartition(".")[0]


def following(compiled: CompiledForm, page: CompiledPage) -> list[str]:
    """The pages to which a page may lead, the first that holds first; check your answers is "check"."""
    if page.page.exit and page.page.show_when is None:
        return []
    keys = list(compiled.pages)
    place = keys.index(page.key) + 1
    listed = keys[place] if place < len(keys) else CHECK
    if page.page.next is None:
        return [listed]
    if not page.page.next:
        return [CHECK]
    targets = [link.to for link in page.page.next]
    ends = any(link.when is None for link in page.page.next)
    return targets if ends else [*targets, listed]


class _Builder:
    """Collects the nodes of one form."""

    def __init__(self, compiled: CompiledForm) -> None:
        self.compiled = compiled
        self.nodes: dict[str, Node] = {}
        self.ways = {key: following(compiled, page) for key, page in compiled.pages.items()}

    def graph(self) -> RuleGraph:
        """All nodes, levelled."""
        branching = any(page.page.next is not None or page.page.exit for page in self.compiled.pages.values())
        if branching:
            self._reaches()
        for page in self.compiled.pages.values():
            self._page(page)
        for asked in self.compiled.fields.values():
            self._field(asked)
        reads: dict[str, set[str]] = {}
        for node in self.nodes.values():
            self._bind(node, reads)
        needed_by: dict[str, set[str]] = {}
        for node in self.nodes.values():
            for dep in node.deps:
                needed_by.setdefault(dep, set()).add(node.id)
        return RuleGraph(
            self.nodes,
            levels(self.nodes),
            {one: frozenset(others) for one, others in needed_by.items()},
            {one: frozenset(others) for one, others in reads.items()},
        )

    def _reaches(self) -> None:
        before: dict[str, list[str]] = {key: [] for key in self.ways}
        for key, targets in self.ways.items():
            for target in dict.fromkeys(targets):
                if target in before:
                    before[target].append(key)
        first = next(iter(self.ways))
        for key, page in self.compiled.pages.items():
            if len(set(self.ways[key])) > 1:
                rules = tuple(rule for _, rule in page.links if rule)
                self.nodes[f"way {key}"] = Node(
                    f"way {key}", "way", page, deps=frozenset({f"reach {key}"}), rules=rules
                )
            deps = {f"way {one}" if len(set(self.ways[one])) > 1 else f"reach {one}" for one in before[key]}
            deps |= {f"page {one}" for one in before[key] if self.compiled.pages[one].page.exit}
            deps = set() if key == first else deps
            self.nodes[f"reach {key}"] = Node(f"reach {key}", "reach", page, deps=frozenset(deps))

    def _page(self, page: CompiledPage) -> None:
        reach = f"reach {page.key}"
        if page.show or reach in self.nodes:
            deps = frozenset({reach} & self.nodes.keys())
            rules = (page.show,) if page.show else ()
            self.nodes[f"page {page.key}"] = Node(f"page {page.key}", "page", page, deps=deps, rules=rules)

    def _field(self, asked: CompiledField) -> None:
        page = f"page {asked.page_key}"
        inside = [one for one in asked.everything() if one is not asked and _decided(one)]
        if page in self.nodes or _decided(asked) or inside:
            self._node(asked, "field", {page} & self.nodes.keys())
        for one in inside:
            owner = self._nearest(scope_of(one).removesuffix("[]"))
            self._node(one, "cell", {owner, asked.key})

    def _node(self, asked: CompiledField, kind: Kind, deps: Collection[str]) -> None:
        rules = (*filter(None, (asked.show,)), *asked.rules.values(), *asked.choices.values())
        page = self.compiled.pages[asked.page_key]
        self.nodes[asked.path] = Node(asked.path, kind, page, asked, frozenset(deps), rules=rules)

    def _bind(self, node: Node, reads: dict[str, set[str]]) -> None:
        """Add what the rules of a node read to what it needs."""
        scope = scope_of(node.asked) if node.asked else ""
        paths = {path for rule in node.rules for path in fields_read(self.compiled, rule, scope)}
        deps = set(node.deps)
        for path in paths:
            decided = self._nearest(path)
            if decided:
                deps.add(decided)
            else:
                reads.setdefault(path.partition(".")[0].removesuffix("[]"), set()).add(node.id)
        if node.kind == "field" and node.asked and not node.asked.question.computed:
            reads.setdefault(node.id, set()).add(node.id)
        node.deps = frozenset(deps)
        node.keys = frozenset(
            read.split(".")[1].removesuffix("[]")
            for rule in node.rules
            for read in rule.reads
            if read.startswith(f"{ANSWERS}.")
        )

    def _nearest(self, path: str) -> str:
        """The node of a path, or of what it stands in; empty where nothing is decided."""
        while path and path not in self.nodes:
            path = path.rpartition(".")[0].removesuffix("[]")
        return path


def _decided(asked: CompiledField) -> bool:
    return bool(asked.show or asked.rules or asked.choices or asked.question.computed)


def levels(nodes: Mapping[str, Node]) -> tuple[tuple[Node, ...], ...]:
    """The nodes by the length of the longest chain before them; in a circle, one link is passed over."""
    done: dict[str, int] = {}
    for start in nodes:
        for one in _leaves_first(start, nodes, done):
            done[one] = 1 + max((done.get(dep, -1) for dep in nodes[one].deps), default=-1)
            nodes[one].level = done[one]
    found: list[list[Node]] = [[] for _ in range(max(done.values(), default=-1) + 1)]
    for node in nodes.values():
        found[node.level].append(node)
    return tuple(tuple(level) for level in found)


def _leaves_first(start: str, nodes: Mapping[str, Node], done: Mapping[str, int]) -> Iterator[str]:
    """What a node needs, before the node, without deep recursion."""
    if start in done:
        return
    met, steps = {start}, [(start, iter(nodes[start].deps))]
    while steps:
        here, ahead = steps[-1]
        other = next((dep for dep in ahead if dep in nodes and dep not in met and dep not in done), None)
        if other is None:
            steps.pop()
            yield here
        else:
            met.add(other)
            steps.append((other, iter(nodes[other].deps)))
