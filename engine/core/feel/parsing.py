"""FEEL text as parts that know their value."""

from __future__ import annotations

from engine.core.feel.calling import Call
from engine.core.feel.nodes import (
    INPUT,
    Arithmetic,
    Between,
    Comparison,
    Filter,
    InstanceOf,
    Junction,
    Literal,
    Member,
    Name,
    Negative,
    Node,
    Test,
    Within,
)
from engine.core.feel.reading_values import SIGNS, ValueReader
from engine.core.feel.scanning import DEEPEST
from engine.core.feel.type_names import read_type


class Parser(ValueReader):
    """One pass over a text; every method reads what its name says."""

    depth = 0

    def expression(self) -> Node:
        """Anything that has a value."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refused(f"Brackets stand inside each other more than {DEEPEST} deep.")
        found = self._junction()
        self.depth -= 1
        return found

    def test(self) -> Test:
        """One test of a cell."""
        before, self.asked = self.asked, False
        if sign := self.accept(*SIGNS):
            node: Node = Comparison(sign, Name(INPUT), self.sum())
            self.asked = True
        else:
            node = self.expression()
        found = Test(node, self.asked)
        self.asked = before
        return found

    def tests(self) -> list[Test]:
        """Several tests with commas."""
        found = [self.test()]
        while self.accept(","):
            found.append(self.test())
        return found

    def end(self) -> None:
        """Nothing may follow."""
        if self.at < len(self.text):
            raise self.refused(f"This was not expected: {self.text[self.at : self.at + 20]}")

    # --- operators, the loosest first
    def _junction(self) -> Node:
        found = [self._conjunction()]
        while self.accept_word("or"):
            found.append(self._conjunction())
        return found[0] if len(found) == 1 else Junction("or", found)

    def _conjunction(self) -> Node:
        found = [self._comparison()]
        while self.accept_word("and"):
            found.append(self._comparison())
        return found[0] if len(found) == 1 else Junction("and", found)

    def _comparison(self) -> Node:
        found = self.sum()
        while True:
            if sign := self.accept(*SIGNS):
                found = Comparison(sign, found, self.sum())
            elif self.accept_word("between"):
                low = self.sum()
                self.expect_word("and")
                found = Between(found, low, self.sum())
            elif self.accept_word("in"):
                found = Within(found, self._wanted())
            elif self.accept_word("instance"):
                self.expect_word("of")
                found = InstanceOf(found, read_type(self))
            else:
                return found

    def _wanted(self) -> list[Test]:
        """What stands behind "in": one test, several in brackets, or a range that begins with a bracket."""
        if self.accept("("):
            with self._inside():
                first = self.test()
                if self.accept(".."):
                    return [Test(self._span(first.inside, low_included=False), asks=False)]
                found = [first]
                while self.accept(","):
                    found.append(self.test())
            self.expect(")")
            return found
        if sign := self.accept(*SIGNS):
            return [Test(Comparison(sign, Name(INPUT), self.sum()), asks=True)]
        return [Test(self.sum(), asks=False)]

    def sum(self) -> Node:
        """What stands on one side of a comparison."""
        found = self._product()
        while sign := self.accept("+", "-"):
            found = Arithmetic(sign, found, self._product())
        return found

    def _product(self) -> Node:
        found = self._power()
        while not self.sees("**") and (sign := self.accept("*", "/")):
            found = Arithmetic(sign, found, self._power())
        return found

    def _power(self) -> Node:
        found = self._negative()
        while self.accept("**"):
            found = Arithmetic("**", found, self._negative())
        return found

    def _negative(self) -> Node:
        if not self.accept("-"):
            return self._behind(self.primary())
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refused("Too many signs stand before each other.")
        found = Negative(self._negative())
        self.depth -= 1
        return found

    # --- what stands behind a value
    def _behind(self, found: Node) -> Node:
        while True:
            if self.sees(".") and not self.sees(".."):
                self.accept(".")
                name = self.name()
                if name is None:
                    raise self.refused("A name is expected behind the dot.")
                found = Member(found, name)
            elif self.sees("[") and not self._closing:
                self.accept("[")
                with self._inside():
                    found = Filter(found, self.expression())
                self.expect("]")
            elif self.sees("(") and not isinstance(found, Literal):
                found = self._call(found)
            else:
                return found

    def _call(self, function: Node) -> Node:
        self.expect("(")
        arguments, named = list[Node](), list[tuple[str, Node]]()
        with self._inside():
            while not self.accept(")"):
                if arguments or named:
                    self.expect(",")
                name = self.name_before(":")
                if name is not None:
                    self.expect(":")
                    named.append((name, self.expression()))
                else:
                    arguments.append(self.expression())
        if arguments and named:
            raise self.refused("Arguments are given in order or by name, not both.")
        return Call(function, arguments, named)
