"""The values of an expression: what is written out, names, and forms that begin with a word."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from engine.core.feel.calling import Definition, Foreign, Parameter
from engine.core.feel.loops import Domain, For, Quantified
from engine.core.feel.nodes import INPUT, Entries, If, Listing, Literal, Name, Node, Span
from engine.core.feel.reading_times import read_any
from engine.core.feel.scanning import Scanner
from engine.core.feel.type_names import read_type
from engine.core.feel.types import ANY, Type

SIGNS = ("<=", ">=", "!=", "<", ">", "=")


class ValueReader(Scanner):
    """Reads one value; what may stand inside it is read by whoever knows the operators."""

    asked = False  # whether the input itself was named

    @abstractmethod
    def expression(self) -> Node:
        """Anything that has a value."""

    @abstractmethod
    def sum(self) -> Node:
        """What stands on one side of a comparison."""

    _closing = False  # whether [ closes a range here

    @contextmanager
    def _inside(self, *, closing: bool = False) -> Iterator[None]:
        before, self._closing = self._closing, closing
        yield
        self._closing = before

    def primary(self) -> Node:
        first = self.text[self.at : self.at + 1]
        if opened := self._brackets.get(first):
            self.accept(first)
            return opened(self)
        for word, read in self._forms.items() if first.isalpha() else ():
            if self.sees_word(word) and not self._is_longer(word):
                self.accept_word(word)
                return read(self)
        if (number := self.number()) is not None:
            return Literal(number)
        if (text := self.string()) is not None:
            return Literal(text)
        if self.accept("?"):
            self.asked = True
            return Name(INPUT)
        return self._named()

    def _is_longer(self, word: str) -> bool:
        known = self.names.longest(self.text, self.at)
        return known is not None and known[1] > self.at + len(word)

    def _named(self) -> Node:
        name = self.name()
        if name is None:
            raise self.refused("A value is expected here.")
        return Name(name)

    def _constant(self, value: bool | None) -> Node:
        return Literal(value)

    def _if(self) -> Node:
        condition = self.expression()
        self.expect_word("then")
        then = self.expression()
        self.expect_word("else")
        return If(condition, then, self.expression())

    def _for(self) -> Node:
        with self._own_names():
            self.names.add("partial")
            names = self._rounds()
            self.expect_word("return")
            return For(names, self.expression())

    def _quantified(self, every: bool) -> Node:
        with self._own_names():
            names = self._rounds()
            self.expect_word("satisfies")
            return Quantified(every, names, self.expression())

    def _rounds(self) -> list[tuple[str, Domain]]:
        found: list[tuple[str, Domain]] = []
        while not found or self.accept(","):
            name = self.name_before(r"\bin\b")
            if name is None:
                raise self.refused("A name and a list are expected here.")
            self.expect_word("in")
            low = self.expression()
            found.append((name, Domain(low, self.expression() if self.accept("..") else None)))
            self.names.add(name)
        return found

    def _function(self) -> Node:
        with self._own_names(), self._inside():
            parameters = self._parameters()
            result = read_type(self) if self.accept(":") else ANY
            if self.accept_word("external"):
                self.expression()
                return Definition(parameters, Foreign(), result)
            return Definition(parameters, self.expression(), result)

    def _parameters(self) -> list[Parameter]:
        self.expect("(")
        found: list[Parameter] = []
        while not self.accept(")"):
            if found:
                self.expect(",")
            name = self.name_before("[:,)]")
            if name is None:
                raise self.refused("The name of a parameter is expected here.")
            kind: Type = read_type(self) if self.accept(":") else ANY
            found.append(Parameter(name, kind))
            self.names.add(name)
        return found

    @contextmanager
    def _own_names(self) -> Iterator[None]:
        """Names that are known only here."""
        before, self.names = self.names, self.names.within()
        yield
        self.names = before

    def _context(self) -> Node:
        found: list[tuple[str, Node]] = []
        with self._own_names(), self._inside():
            while not self.accept("}"):
                if found:
                    self.expect(",")
                key = self.string()
                name = key if key is not None else self.name_before(":")
                if name is None:
                    raise self.refused("The name of an entry is expected here.")
                self.expect(":")
                found.append((name, self.expression()))
                self.names.add(name)
        for name, _ in found:
            self.names.add(name)  # behind the context its entries are asked for by name
        return Entries(found)

    def _listing(self) -> Node:
        items: list[Node] = []
        with self._inside():
            while not self.accept("]"):
                if items:
                    self.expect(",")
                items.append(self.expression())
                if len(items) == 1 and self.accept(".."):
                    return self._span(items[0], low_included=True)
        return Listing(items)

    def _bracket(self) -> Node:
        with self._inside():
            if sign := self.accept(*SIGNS):
                return self._open_span(sign, self.sum())
            found = self.expression()
            if self.accept(".."):
                return self._span(found, low_included=False)
            self.expect(")")
        return found

    def _open_bracket(self) -> Node:
        with self._inside():
            low = self.expression()
            self.expect("..")
            return self._span(low, low_included=False)

    def _span(self, low: Node, *, low_included: bool) -> Node:
        with self._inside(closing=True):
            high = self.expression()
        sign = self.accept("]", ")", "[")
        if not sign:
            raise self.refused("The range does not end.")
        return Span(low, high, low_included, sign == "]")

    def _open_span(self, sign: str, end: Node) -> Node:
        """All values on one side of another, such as (< 5)."""
        self.expect(")")
        if sign == "!=":
            raise self.refused("!= is no range.")
        if sign == "=":
            return Span(end, end, low_included=True, high_included=True)
        included = sign.endswith("=")
        if sign.startswith("<"):
            return Span(None, end, low_included=False, high_included=included)
        return Span(end, None, low_included=included, high_included=False)

    def _at(self) -> Node:
        text = self.string()
        if text is None:
            raise self.refused("A date, a time or a duration in quotes is expected here.")
        return Literal(read_any(text), text)

    _forms: ClassVar[Mapping[str, Callable[[ValueReader], Node]]] = {
        "if": _if,
        "for": _for,
        "some": lambda self: self._quantified(every=False),
        "every": lambda self: self._quantified(every=True),
        "function": _function,
        "true": lambda self: self._constant(value=True),
        "false": lambda self: self._constant(value=False),
        "null": lambda self: self._constant(value=None),
    }
    _brackets: ClassVar[Mapping[str, Callable[[ValueReader], Node]]] = {
        "{": _context,
        "[": _listing,
        "(": _bracket,
        "]": _open_bracket,
        "@": _at,
    }
