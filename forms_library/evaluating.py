"""One evaluation of the rules of a form: what is shown, where the walk goes, and what is worked out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.core.rules import Facts, Outcome, Rule, prepare
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm
from forms_library.definition import CHECK
from forms_library.faults import run_noted
from forms_library.moment import Answers, Moment
from forms_library.rule_graph import Node, Plan, RuleGraph, graph_of
from forms_library.shapes import has_shape

NOT_READ = object()
OF_ROWS = (f"{ITEM}.", f"{PARENT}.")


class Row(NamedTuple):
    """One group of answers inside others: the name before its inputs, the answers, and as rules read them."""

    name: str
    record: dict[str, Any]
    ready: dict[str, Any]
    parent: "Row | None" = None


@dataclass(eq=False)
class State:
    """What an evaluation found, kept so that the next one runs only the rules whose inputs changed."""

    given: Answers
    on: dict[str, bool] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(default_factory=dict)
    without: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def following(self, given: Answers) -> "State":
        """A copy to go on from with other answers."""
        copied = (
            dict(part) for part in (self.on, self.ways, self.values, self.hidden, self.without, self.faults)
        )
        return State(given, *copied)


class Evaluation:
    """Runs nodes level by level. Short-lived, and only for the thread that made it."""

    def __init__(self, compiled: CompiledForm, state: State, moment: Moment) -> None:
        self.compiled, self.state, self.moment = compiled, state, moment
        self.graph: RuleGraph = graph_of(compiled)
        self.ready: dict[str, Any] = {}
        self.ran = 0
        self.alike: dict[int, Outcome] | None = None
        """What rules that read no row said, while the cells of one group are decided."""
        self.context = moment.prepared(compiled)

    def run(self, plan: Plan, seeds: frozenset[str] | None = None) -> None:
        """Decide all nodes of a plan; with seeds, only these and what changes because of them."""
        changed: set[str] = set()
        for level, keys in plan:
            nodes = (
                level
                if seeds is None
                else [node for node in level if node.id in seeds or not changed.isdisjoint(node.deps)]
            )
            facts = None
            cells: dict[str, list[Node]] = {}
            for node in nodes:
                if node.kind == "cell":
                    cells.setdefault(scope_of_node(node), []).append(node)
                    changed.add(node.id)
                    continue
                if facts is None and node.rules:
                    facts = self.facts(keys)
                before = self._found(node) if seeds is not None else None
                self._decide(node, facts)
                if seeds is not None and (self._found(node) != before or node.id in self.state.without):
                    changed.add(node.id)
            for path, group in cells.items():
                self._cells(path, group)

    def _found(self, node: Node) -> tuple[Any, ...]:
        if node.kind == "way":
            return (self.state.ways.get(node.page.key),)
        return self.state.on.get(node.id), self.state.values.get(node.id)

    def facts(self, keys: Iterable[str]) -> Facts:
        """The answers to these questions, as rules read them."""
        return Facts.ready(
            {**self.context, ANSWERS: self._answers(keys)}, self.moment.today, self.moment.calendar
        )

    def around(self, keys: frozenset[str]) -> dict[str, Any]:
        """What rules in rows read beside their row."""
        return {**self.context, ANSWERS: self._answers(keys)}

    def row_facts(self, row: Row, around: dict[str, Any]) -> Facts:
        """What rules in a row read: the row, and what is around it."""
        data = {**around, ITEM: row.ready}
        if row.parent is not None:
            data[PARENT] = row.parent.ready
        return Facts.ready(data, self.moment.today, self.moment.calendar)

    def _answers(self, keys: Iterable[str]) -> dict[str, Any]:
        found = {}
        for key in keys:
            ready = self.ready_of(key)
            if ready is not None:
                found[key] = ready
        return found

    def ready_of(self, key: str) -> Any:
        """One answer as rules read it; None where there is none."""
        ready = self.ready.get(key, NOT_READ)
        if ready is NOT_READ:
            kind = self.compiled.schema_group.fields.get(key)
            ready = None if kind is None else prepare(kind, self.value(key))
            self.ready[key] = ready
        return ready

    def value(self, key: str) -> Any:
        """One answer that counts; None where there is none or its question is hidden."""
        if key in self.graph.nodes:
            return self.state.values.get(key)
        return self.state.given.get(key)

    def outcome(self, rule: Rule, facts: Facts, where: str) -> Outcome:
        """Run a rule; a fault is noted and logged without any answer."""
        if self.alike is not None and id(rule) in self.alike:
            return self.alike[id(rule)]
        self.ran += 1
        found = run_noted(rule, facts, where, self.state.faults)
        if self.alike is not None and not any(read.startswith(OF_ROWS) for read in rule.reads):
            self.alike[id(rule)] = found
        return found

    def holds(self, rule: Rule | None, facts: Facts | None, where: str) -> bool:
        """Whether a statement is true; one that is not there always is."""
        return rule is None or (facts is not None and self.outcome(rule, facts, where).holds)

    def _decide(self, node: Node, facts: Facts | None) -> None:
        state = self.state
        state.faults.pop(node.id, None)
        if node.kind == "reach":
            state.on[node.id] = self._is_reached(node)
        elif node.kind == "way":
            state.ways[node.page.key] = self._way(node, facts)
        elif node.kind == "page":
            reached = state.on.get(f"reach {node.page.key}", True)
            state.on[node.id] = reached and self.holds(node.page.show, facts, node.page.key)
        elif node.asked is not None:
            self._field(node, node.asked, facts)

    def _is_reached(self, node: Node) -> bool:
        here, on = node.page.key, self.state.on
        if here == next(iter(self.compiled.pages)):
            return True
        for dep in node.deps:
            kind, _, key = dep.partition(" ")
            if kind == "page" or not on.get(f"reach {key}"):
                continue
            ended = self.compiled.pages[key].page.exit and on.get(f"page {key}", True)
            if not ended and (kind == "reach" or self.state.ways.get(key) == here):
                return True
        return False

    def _way(self, node: Node, facts: Facts | None) -> str:
        for link, rule in node.page.links:
            if self.holds(rule, facts, f"{node.page.key}.next"):
                return link.to
        keys = list(self.compiled.pages)
        place = keys.index(node.page.key) + 1
        return keys[place] if place < len(keys) else CHECK

    def _field(self, node: Node, asked: CompiledField, facts: Facts | None) -> None:
        state, key = self.state, asked.key
        self.ready.pop(key, None)
        state.hidden.pop(key, None)
        state.without.pop(key, None)
        on = state.on.get(f"page {asked.page_key}", True) and self.holds(asked.show, facts, key)
        state.on[key] = on
        value = self._value(asked, state.given.get(key), facts, key) if on else None
        if asked.children and on:
            value = _copied(value) if value is not None else ([] if asked.has_rows else {})
        if value is None:
            state.values.pop(key, None)
        else:
            state.values[key] = value

    def _value(self, asked: CompiledField, given: Any, facts: Facts | None, name: str) -> Any:
        """The answer that counts: worked out, or given, without choices that are not offered."""
        if asked.question.computed:
            if facts is None:
                return asked.question.compute({})
            outcomes = {name: self.outcome(rule, facts, asked.path) for name, rule in asked.rules.items()}
            return asked.question.compute(outcomes)
        if asked.choices and facts is not None:
            out = frozenset(
                key
                for key, rule in asked.choices.items()
                if not self.holds(rule, facts, f"{asked.path}.{key}")
            )
            if out:
                self.state.without.setdefault(asked.top_key, {})[name] = out
                given = _offered(given, out)
        if asked.children and given is not None and not has_shape(asked.question.kind, given):
            return None
        return given

    def _cells(self, path: str, nodes: list[Node]) -> None:
        """Decide cells of the same group in every row."""
        around = self.around(frozenset().union(*(node.keys for node in nodes)))
        for node in nodes:
            self.state.on[node.id] = True
            self.state.faults.pop(node.id, None)
        self.alike = {}  # what reads no row is the same in all of them
        for row in self.rows(path):
            facts = self.row_facts(row, around)
            for node in nodes:
                if node.asked is not None:
                    self._cell(node.asked, row, facts)
        self.alike = None

    def _cell(self, asked: CompiledField, row: Row, facts: Facts) -> None:
        key, name = asked.key, f"{row.name}{asked.key}"
        given = row.record.get(key)
        if not self.holds(asked.show, facts, asked.path):
            self.state.hidden.setdefault(asked.top_key, set()).add(name)
            value = None
        else:
            value = self._value(asked, given, facts, name)
        if value is given:
            return
        if value is None:
            row.record.pop(key, None)
        else:
            row.record[key] = value
        ready = prepare(asked.question.kind, value)
        if ready is None:
            row.ready.pop(key, None)
        else:
            row.ready[key] = ready

    def rows(self, path: str) -> Iterator[Row]:
        """All groups of answers at a path such as "children[].pets[]"."""
        steps = path.split(".")
        key = steps[0].removesuffix("[]")
        if self.state.on.get(key, True):
            yield from self._inside(steps, self.value(key), self.ready_of(key), "", None)

    def _inside(
        self, steps: list[str], value: Any, ready: Any, name: str, parent: Row | None
    ) -> Iterator[Row]:
        key = steps[0].removesuffix("[]")
        if f"{name}{key}" in self.state.hidden.get(_top(name) or key, ()):
            return
        if not steps[0].endswith("[]"):
            if parent is not None:
                value = value if isinstance(value, dict) else parent.record.setdefault(key, {})
                ready = parent.ready[key] = dict(ready or {})  # a blank one is shared by all
            rows = [Row(f"{name}{key}-", value if isinstance(value, dict) else {}, ready or {}, parent)]
        else:
            pairs = zip(value or (), ready or (), strict=False)
            rows = [Row(f"{name}{key}-{n}-", one, made, parent) for n, (one, made) in enumerate(pairs)]
        for row in rows:
            if len(steps) == 1:
                yield row
            else:
                inner = steps[1].removesuffix("[]")
                yield from self._inside(steps[1:], row.record.get(inner), row.ready.get(inner), row.name, row)


def _top(name: str) -> str:
    return name.partition("-")[0]


def scope_of_node(node: Node) -> str:
    """The path of the group that a cell stands in."""
    return node.id.rpartition(".")[0]


def _copied(value: Any) -> Any:
    """A copy of rows and groups: cells of it will be taken out."""
    if isinstance(value, list):
        return [_copied(one) for one in value]
    if isinstance(value, dict):
        return {key: _copied(one) if isinstance(one, list | dict) else one for key, one in value.items()}
    return value


def _offered(given: Any, out: frozenset[str]) -> Any:
    """What was chosen, without what is not offered."""
    if isinstance(given, list):
        return [one for one in given if not (isinstance(one, str) and one in out)]
    return None if isinstance(given, str) and given in out else given
