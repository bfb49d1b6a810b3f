"""FEEL expressions as rules of a service (CEL), with the same meaning; what has none is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.core.feel.calendar import Day
from engine.core.feel.calling import Call
from engine.core.feel.nodes import (
    INPUT,
    Arithmetic,
    Between,
    Comparison,
    If,
    Junction,
    Listing,
    Literal,
    Member,
    Name,
    Negative,
    Node,
    Span,
    Test,
    Within,
)
from engine.core.feel.reading_times import read_duration
from engine.core.feel.times import Months, Seconds
from workflows.dmn.asking import Asking
from workflows.dmn.function_words import FUNCTIONS
from workflows.dmn.said import (
    AND,
    ATOM,
    CHOICE,
    NUMBERS,
    OR,
    PRODUCT,
    RELATION,
    SUM,
    UNARY,
    WHOLE,
    NotCarried,
    Said,
    compared,
    fit,
    numbers,
)

SIGNS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT}
A_DAY = 86_400


@dataclass(frozen=True)
class Translation:
    """One translation: what names mean, and what the input of a cell is."""

    asking: Asking
    input: Said | None = None

    def say(self, node: Node) -> Said:
        """The rule for an expression; raises NotCarried."""
        found = READERS.get(type(node))
        if found is None:
            raise NotCarried("Rules have no loops, filters, contexts and functions of their own.")
        return found(self, node)

    def as_kind(self, node: Node, wanted: str) -> str:
        """The rule for an expression that must give this kind."""
        return fit(self.say(node), wanted).text

    # --- values
    def _literal(self, node: Literal) -> Said:
        value: Any = node.content
        match value:
            case bool():
                return Said(str(value).lower(), "yes_no")
            case Decimal():
                text = f"{value:f}"
                return Said(text, "decimal" if "." in text else WHOLE)
            case str():
                return Said(json.dumps(value, ensure_ascii=False), "text")
            case Day():
                return Said(f'date("{value}")', "date")
            case None:
                raise NotCarried("Nothing is no value of a rule.")
        raise NotCarried("Rules have no times of day and no durations.")

    def _name(self, node: Node) -> Said:
        if node == Name(INPUT):
            if self.input is None:
                raise NotCarried("There is no input here.")
            return self.input
        found = self.asking.find(*_path(node))
        if found is None:
            raise NotCarried(f'"{".".join(_path(node))}" is no question of this service.')
        return Said(found.expression, found.kind)

    def _member(self, node: Member) -> Said:
        calls = {"year": "getFullYear()", "month": "getMonth()", "day": "getDate()"}
        try:
            return self._name(node)
        except NotCarried:
            if node.name not in calls:
                raise
        inside = fit(self.say(node.inside), "date").within(ATOM)
        if node.name == "month":
            return Said(f"{inside}.getMonth() + 1", "integer", SUM)  # counted from 0 there
        return Said(f"{inside}.{calls[node.name]}", "integer")

    def _negative(self, node: Negative) -> Said:
        inside = self.say(node.inside)
        if inside.kind not in NUMBERS:
            raise NotCarried("Only numbers have an opposite.")
        return Said(f"-{inside.within(ATOM)}", inside.kind, UNARY)

    # --- operators
    def _arithmetic(self, node: Arithmetic) -> Said:
        if node.sign not in SIGNS:
            raise NotCarried("Rules have no powers.")
        left = self.say(node.left)
        if left.kind == "date":
            return self._moved(left, node)
        right = self.say(node.right)
        tight = SIGNS[node.sign]
        if node.sign == "+" and left.kind == right.kind == "text":
            return Said(f"{left.within(tight)} + {right.within(tight + 1)}", "text", tight)
        one, other = numbers(left, right, decimal=node.sign == "/")
        kind = "integer" if one.kind == other.kind == WHOLE else one.kind
        return Said(f"{one.within(tight)} {node.sign} {other.within(tight + 1)}", kind, tight)

    def _moved(self, day: Said, node: Arithmetic) -> Said:
        """A day so much before another."""
        by = node.right.content if isinstance(node.right, Literal) else _duration(node.right)
        if node.sign == "-" and isinstance(by, Months) and by.total >= 0:
            years, months = divmod(by.total, 12)
            name, amount = ("monthsBefore", by.total) if months else ("yearsBefore", years)
            return Said(f"{name}({day.text}, {amount})", "date")
        if node.sign == "-" and isinstance(by, Seconds) and by.total >= 0 and by.total % A_DAY == 0:
            return Said(f"daysBefore({day.text}, {int(by.total) // A_DAY})", "date")
        raise NotCarried("Rules only count whole days, months and years before a day.")

    def _comparison(self, node: Comparison) -> Said:
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if one == Literal(None) and node.sign in ("=", "!="):
                return self._answered(self.say(other), asked=node.sign == "!=")
        return compared(node.sign, self.say(node.left), self.say(node.right))

    def _answered(self, said: Said, *, asked: bool) -> Said:
        if said.text not in self.asking.by_path or said.tight != ATOM:
            raise NotCarried("Only of a question it can be asked whether it is answered.")
        return Said(f"{'' if asked else '!'}has({said.text})", "yes_no", UNARY)

    def _junction(self, node: Junction) -> Said:
        sign, tight = ("&&", AND) if node.sign == "and" else ("||", OR)
        parts = [fit(self.say(part), "yes_no").within(tight) for part in node.parts]
        return Said(f" {sign} ".join(parts), "yes_no", tight)

    def _between(self, node: Between) -> Said:
        inside = self.say(node.inside)
        return self.in_span(inside, Span(node.low, node.high, low_included=True, high_included=True))

    def in_span(self, inside: Said, span: Span) -> Said:
        """Whether a value is in a range."""
        found = []
        if span.low is not None:
            found.append(compared(">=" if span.low_included else ">", inside, self.say(span.low)))
        if span.high is not None:
            found.append(compared("<=" if span.high_included else "<", inside, self.say(span.high)))
        return Said(" && ".join(each.text for each in found), "yes_no", AND if len(found) > 1 else RELATION)

    def _within(self, node: Within) -> Said:
        return self.tested(self.say(node.inside), node.tests)

    def tested(self, inside: Said, tests: Any) -> Said:
        """Whether one of several tests holds for a value."""
        inner = Translation(self.asking, inside)
        found = [inner.test(test) for test in tests]
        if len(found) == 1:
            return found[0]
        return Said(" || ".join(each.within(AND) for each in found), "yes_no", OR)

    def test(self, test: Test) -> Said:
        """One test of the input."""
        node, inside = test.inside, self.say(Name(INPUT))
        if isinstance(node, Span):
            return self.in_span(inside, node)
        if isinstance(node, Listing):
            return self.tested(inside, [Test(item, asks=False) for item in node.items])
        if test.asks:
            return fit(self.say(node), "yes_no")
        if node == Literal(None):
            return self._answered(inside, asked=False)
        said = self.say(node)
        if said.kind == "choices" and inside.kind == "text":
            return Said(f"{inside.within(SUM)} in {said.within(SUM)}", "yes_no", RELATION)
        if inside.kind == "choices" and said.kind == "text":
            return Said(f"{said.within(SUM)} in {inside.within(SUM)}", "yes_no", RELATION)
        return compared("=", inside, said)

    def _if(self, node: If) -> Said:
        condition = fit(self.say(node.condition), "yes_no")
        then, otherwise = self.say(node.then), self.say(node.otherwise)
        if {then.kind, otherwise.kind} & {*NUMBERS}:
            then, otherwise = numbers(then, otherwise)
        if then.kind != otherwise.kind:
            raise NotCarried("Both values of an if must be of one kind.")
        text = f"{condition.within(OR)} ? {then.within(OR)} : {otherwise.within(CHOICE)}"
        return Said(text, "integer" if then.kind == WHOLE else then.kind, CHOICE)

    def _call(self, node: Call) -> Said:
        if not isinstance(node.function, Name):
            raise NotCarried("Rules have no functions of their own.")
        found = FUNCTIONS.get(node.function.name)
        if found is None or node.named:
            raise NotCarried(f"Rules have no {node.function.name}().")
        return found(self.say, node.arguments)


def _path(node: Node) -> list[str]:
    """The names of a path; raises NotCarried for what is none."""
    if isinstance(node, Name):
        return [node.name]
    if isinstance(node, Member):
        return [*_path(node.inside), node.name]
    raise NotCarried("Only questions have parts.")


def _duration(node: Node) -> Any:
    """The duration that an expression writes out."""
    if isinstance(node, Call) and node.function == Name("duration") and not node.named:
        first = node.arguments[0] if node.arguments else None
        if isinstance(first, Literal) and isinstance(first.content, str):
            return read_duration(first.content)
    return None


READERS: Mapping[type[Node], Callable[[Translation, Any], Said]] = {
    Literal: Translation._literal,
    Name: Translation._name,
    Member: Translation._member,
    Negative: Translation._negative,
    Arithmetic: Translation._arithmetic,
    Comparison: Translation._comparison,
    Junction: Translation._junction,
    Between: Translation._between,
    Within: Translation._within,
    If: Translation._if,
    Call: Translation._call,
}
