"""Circles of rules, and rules that read what is asked later."""

from collections.abc import Iterator, Mapping

from engine.core.problems import Part, Problems
from engine.core.rules import Rule
from forms_library.bound import CompiledField, CompiledForm
from forms_library.compiled import list_name
from forms_library.nested_type import NestedType
from forms_library.rule_graph import Node, fields_read, following, graph_of, scope_of

Place = tuple[Part, ...]


def places(compiled: CompiledForm) -> Mapping[str, Place]:
    """Where each field stands in the definition, by its path among the answers."""
    found: dict[str, Place] = {}
    for number, page in enumerate(compiled.form.pages):
        index = {field.key: place for place, field in enumerate(page.fields)}
        for asked in compiled.pages[page.key].fields:
            _places_in(asked, ("pages", number, "fields", index.get(asked.key, 0)), found)
    return found


def _places_in(asked: CompiledField, here: Place, found: dict[str, Place]) -> None:
    found[asked.path] = here
    if isinstance(asked.question, NestedType):
        name = list_name(asked.question)
        index = {field.key: place for place, field in enumerate(asked.question.children())}
        for child in asked.children:
            _places_in(child, (*here, "options", name, index[child.key]), found)


def check_circles(compiled: CompiledForm, problems: Problems) -> None:
    """Answers that decide about each other: refused, with the chain named."""
    nodes, where = graph_of(compiled).nodes, places(compiled)
    graph = {one: set(node.deps) for one, node in nodes.items()}
    named = set[str]()
    for circle in circles(graph):
        if named.isdisjoint(circle) and (place := _place(circle, nodes, where, compiled)):
            names = [name for name in (_name(nodes[one]) for one in circle) if name]
            path = " → ".join([*names, names[0]])
            sentence = (
                f"These questions decide about each other in a circle: {path}. Remove one of the conditions."
            )
            problems.at(*place).mend("circle", sentence)
        named.update(circle)


def _name(node: Node) -> str:
    if node.kind in ("field", "cell"):
        return node.id.replace("[]", "")
    return f'page "{node.page.key}"' if node.kind == "page" else ""


def _place(
    circle: list[str], nodes: Mapping[str, Node], where: Mapping[str, Place], compiled: CompiledForm
) -> Place | None:
    for one in circle:
        asked = nodes[one].asked
        if asked is not None:
            return (*where[one], *_rule_name(asked, set(circle)))
    for one in circle:
        if nodes[one].kind == "page":
            return ("pages", list(compiled.pages).index(nodes[one].page.key), "show_when")
    return None  # pages that lead back to each other are named for themselves


def _rule_name(asked: CompiledField, circle: set[str]) -> Place:
    if asked.show is None and asked.rules:
        return ("options", next(iter(asked.rules)))
    if asked.show is None and asked.choices:
        return ("options", "choices")
    return ("show_when",)


def circles(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The circles of a graph, one for each way back that a walk through it meets."""
    done: set[str] = set()
    for start in graph:
        trail: dict[str, None] = {}
        steps = [iter([start])]
        while steps:
            key = next(steps[-1], None)
            if key is None:
                steps.pop()
                if trail:
                    done.add(trail.popitem()[0])
            elif key in trail:
                keys = list(trail)
                yield keys[keys.index(key) :]
            elif key not in done and key in graph:
                trail[key] = None
                steps.append(iter(sorted(graph[key])))


def check_order(compiled: CompiledForm, problems: Problems) -> None:
    """A rule that reads what is asked later is allowed, and seldom meant."""
    order = _Order(compiled)
    where = places(compiled)
    for asked in compiled.everything():
        for name, rule in rules_of(asked):
            for path in order.late(rule, asked):
                problems.at(*where[asked.path], *name).look("later_answer", _later(path, compiled))
    for number, page in enumerate(compiled.pages.values()):
        for path in order.late_for_page(page.show, page.key):
            problems.at("pages", number, "show_when").look("later_answer", _later(path, compiled))


def rules_of(asked: CompiledField) -> Iterator[tuple[Place, Rule]]:
    """The rules of one question, each with its place below the field."""
    if asked.show:
        yield ("show_when",), asked.show
    if asked.require:
        yield ("required_when",), asked.require
    for name, rule in asked.rules.items():
        yield ("options", name), rule
    for key, rule in asked.choices.items():
        yield ("options", "choices", key, "show_when"), rule


class _Order:
    """What is asked before what: by the ways between pages, and on a page by the order of its questions."""

    def __init__(self, compiled: CompiledForm) -> None:
        self.compiled = compiled
        self.position = {asked.path: number for number, asked in enumerate(compiled.everything())}
        self.page = {asked.path: asked.page_key for asked in compiled.everything()}
        self.ahead: dict[str, set[str]] = {}

    def late(self, rule: Rule, asked: CompiledField) -> list[str]:
        """The paths that a rule reads and that are asked after its question."""
        read = fields_read(self.compiled, rule, scope_of(asked))
        return sorted(path for path in read if self._is_later(path, asked.path) and path != asked.path)

    def late_for_page(self, rule: Rule | None, key: str) -> list[str]:
        """The same for the rule of a page, which is met before its questions."""
        read = fields_read(self.compiled, rule)
        return sorted(path for path in read if key not in self._after(self.page[path]))

    def _is_later(self, path: str, here: str) -> bool:
        if self.page[path] == self.page[here]:
            return self.position[path] > self.position[here] and not path.startswith(f"{here}[].")
        return self.page[here] not in self._after(self.page[path])

    def _after(self, key: str) -> set[str]:
        """The pages that can follow a page."""
        if key not in self.ahead:
            met: set[str] = set()
            ahead = [key]
            while ahead:
                page = self.compiled.pages.get(ahead.pop())
                for other in following(self.compiled, page) if page else ():
                    if other not in met:
                        met.add(other)
                        ahead.append(other)
            self.ahead[key] = met
        return self.ahead[key]


def _later(path: str, compiled: CompiledForm) -> str:
    return f'This reads the answer to "{compiled.by_path[path].field.label}", which is asked later.'
