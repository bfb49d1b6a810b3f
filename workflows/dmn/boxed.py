"""Boxed expressions of DMN as parts of FEEL: what stands in boxes is worked out like what is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from engine.core.feel import FeelRefused, Names, Scope, read_cell, read_expression
from engine.core.feel.calling import Call, Definition, Foreign, Parameter
from engine.core.feel.loops import Domain, For, Quantified
from engine.core.feel.nodes import Entries, Filter, If, Listing, Literal, Node
from engine.core.feel.types import ANY, Type, fitted
from workflows.dmn.opening import child, children, local, text_of
from workflows.dmn.tables import Column, Rule, Table
from workflows.dmn.typing_items import type_named


@dataclass(frozen=True)
class Broken(Node):
    """What cannot be read: it has no value, and says why."""

    sentence: str

    def value(self, scope: Scope) -> Any:
        scope.run.fault(self.sentence)
        return None


@dataclass(frozen=True)
class Typed(Node):
    """A value that has to be of a type."""

    inside: Node
    kind: Type

    def value(self, scope: Scope) -> Any:
        found, fits = fitted(self.inside.value(scope), self.kind, scope.run.types)
        if not fits:
            scope.run.fault("The value is not of its type.")
        return found


@dataclass(frozen=True)
class Boxes(Node):
    """A context in boxes; with a last box without a name it is the value of that box."""

    entries: Entries
    result: Node | None

    def value(self, scope: Scope) -> Any:
        made = self.entries.value(scope)
        if self.result is None or made is None:
            return made
        return self.result.value(scope.within(made))


def logic_in(element: Element, names: Names) -> Node:
    """The expression directly inside an element; without one nothing."""
    found = child(element, *READERS)
    return Literal(None) if found is None else read_logic(found, names)


def read_logic(element: Element, names: Names) -> Node:
    """One boxed expression, with the type that it has to have."""
    reader = READERS.get(local(element))
    if reader is None:
        return Broken(f"{local(element)} is not known.")
    found = reader(element, names)
    kind = type_named(element.get("typeRef"))
    return found if kind == ANY or isinstance(found, Definition) else Typed(found, kind)


def text_logic(text: str, names: Names) -> Node:
    """A text of FEEL; an empty one has no value."""
    try:
        return read_expression(text, names) if text else Literal(None)
    except FeelRefused as refused:
        return Broken(f"{text[:80]}: {refused}")


def _literal(element: Element, names: Names) -> Node:
    return Broken(_foreign(element)) if _foreign(element) else text_logic(text_of(element), names)


def _foreign(element: Element) -> str:
    """Why a text is not read: it is in another language."""
    language = element.get("expressionLanguage", "FEEL")
    return "" if "feel" in language.lower() else f"The language {language} is not known."


def _context(element: Element, names: Names) -> Node:
    entries: list[tuple[str, Node]] = []
    result: Node | None = None
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        found = logic_in(entry, names)
        if variable is None:
            result = found
            continue
        kind = type_named(variable.get("typeRef"))
        entries.append((variable.get("name", ""), found if kind == ANY else Typed(found, kind)))
    return Boxes(Entries(entries), result)


def _list(element: Element, names: Names) -> Node:
    return Listing([read_logic(each, names) for each in children(element, *READERS)])


def _relation(element: Element, names: Names) -> Node:
    columns = [column.get("name", "") for column in children(element, "column")]
    rows = []
    for row in children(element, "row"):
        cells = [read_logic(each, names) for each in children(row, *READERS)]
        rows.append(Entries(list(zip(columns, cells, strict=False))))
    return Listing(rows)


def _invocation(element: Element, names: Names) -> Node:
    named = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        named.append((parameter.get("name", "") if parameter is not None else "", logic_in(binding, names)))
    return Call(logic_in(element, names), named=named)


def function_in(element: Element, names: Names) -> Node:
    """A function with what it takes and its logic, which knows its own type."""
    taken = [
        Parameter(each.get("name", ""), type_named(each.get("typeRef")))
        for each in children(element, "formalParameter")
    ]
    if element.get("kind", "FEEL") != "FEEL":
        return Definition(taken, Foreign())
    return Definition(taken, logic_in(element, names))


def _conditional(element: Element, names: Names) -> Node:
    parts = [_part(element, name, names) for name in ("if", "then", "else")]
    return If(*parts)


def _part(element: Element, name: str, names: Names) -> Node:
    found = child(element, name)
    return Literal(None) if found is None else logic_in(found, names)


def _rounds(element: Element, names: Names) -> list[tuple[str, Domain]]:
    return [(element.get("iteratorVariable", ""), Domain(_part(element, "in", names)))]


def _for(element: Element, names: Names) -> Node:
    return For(_rounds(element, names), _part(element, "return", names))


def _quantified(element: Element, names: Names) -> Node:
    every = local(element) == "every"
    return Quantified(every, _rounds(element, names), _part(element, "satisfies", names))


def _filter(element: Element, names: Names) -> Node:
    return Filter(_part(element, "in", names), _part(element, "match", names))


def _table(element: Element, names: Names) -> Node:
    foreign = next(filter(None, map(_foreign, element.iter())), "")
    if foreign:
        return Broken(f"Decision table: {foreign}")
    try:
        return _read_table(element, names)
    except FeelRefused as refused:
        return Broken(f"Decision table: {refused}")


def _read_table(element: Element, names: Names) -> Table:
    inputs, outputs = list(children(element, "input")), list(children(element, "output"))
    rules = []
    for rule in children(element, "rule"):
        tests = [read_cell(text_of(each) or "-", names) for each in children(rule, "inputEntry")]
        results = [text_logic(text_of(each), names) for each in children(rule, "outputEntry")]
        rules.append(Rule(tests, results))
    asked = [
        Column(logic=logic_or_text(child(each, "inputExpression"), names)) for each in inputs
    ]  # fmt: skip
    given = [_output(each, names) for each in outputs]
    policy = element.get("hitPolicy", "UNIQUE")
    return Table(policy, element.get("aggregation", ""), asked, given, rules)


def logic_or_text(element: Element | None, names: Names) -> Node:
    """The expression of an input, with its type."""
    if element is None:
        return Literal(None)
    found = text_logic(text_of(element), names)
    kind = type_named(element.get("typeRef"))
    return found if kind == ANY else Typed(found, kind)


def _output(element: Element, names: Names) -> Column:
    default = child(element, "defaultOutputEntry")
    values = text_of(child(element, "outputValues"))
    return Column(
        name=element.get("name", ""),
        kind=type_named(element.get("typeRef")),
        values=read_cell(values, names).tests if values else (),
        logic=text_logic(text_of(default), names) if default is not None else None,
    )


READERS: dict[str, Callable[[Element, Names], Node]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": function_in,
    "conditional": _conditional,
    "for": _for,
    "every": _quantified,
    "some": _quantified,
    "filter": _filter,
}
