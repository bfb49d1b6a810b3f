"""Calling functions, and writing them on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.core.feel.nodes import Node
from engine.core.feel.scope import Run, Scope
from engine.core.feel.types import ANY, Type, fitted
from engine.core.feel.values import Callable, kind_of


@dataclass(frozen=True)
class Call(Node):
    """A function with its arguments in order, or by name."""

    function: Node
    arguments: Sequence[Node] = ()
    named: Sequence[tuple[str, Node]] = ()

    def value(self, scope: Scope) -> Any:
        run = scope.run
        function = self.function.value(scope)
        if not isinstance(function, Callable):
            run.fault(f"{kind_of(function)} cannot be called.")
            return None
        values = [argument.value(scope) for argument in self.arguments]
        run.deeper()
        try:
            if not self.named:
                return function.called(values, run)
            return self._by_name(function, {name: node.value(scope) for name, node in self.named}, run)
        finally:
            run.depth -= 1

    def _by_name(self, function: Callable, values: dict[str, Any], run: Run) -> Any:
        if hasattr(function, "called_by_name"):
            return function.called_by_name(values, run)
        if set(values) != set(function.names):
            run.fault(f"The function takes {', '.join(function.names) or 'nothing'}.")
            return None
        return function.called([values[name] for name in function.names], run)


@dataclass(frozen=True)
class Parameter:
    """What a function takes."""

    name: str
    kind: Type = ANY


@dataclass(frozen=True)
class Closure:
    """A function with what was known where it was written."""

    parameters: Sequence[Parameter]
    body: Node
    scope: Scope = field(repr=False)
    result: Type = ANY

    @property
    def names(self) -> list[str]:
        """What it takes, in order."""
        return [parameter.name for parameter in self.parameters]

    def called(self, arguments: Sequence[Any], run: Run) -> Any:
        """The value of its body with these arguments; what does not fit is nothing."""
        if len(arguments) != len(self.parameters):
            run.fault(f"The function takes {len(self.parameters)} arguments, and was given {len(arguments)}.")
            return None
        given = {}
        for parameter, argument in zip(self.parameters, arguments, strict=True):
            given[parameter.name], fits = fitted(argument, parameter.kind, run.types)
            if not fits:
                run.fault(f"{kind_of(argument)} is not what {parameter.name} takes.")
                return None
        found, fits = fitted(self.body.value(self.scope.within(given)), self.result, run.types)
        if not fits:
            run.fault("The result of the function is not of its type.")
        return found


@dataclass(frozen=True)
class Definition(Node):
    """A function that is written on the spot."""

    parameters: Sequence[Parameter]
    body: Node
    result: Type = ANY

    def value(self, scope: Scope) -> Any:
        return Closure(self.parameters, self.body, scope, self.result)


@dataclass(frozen=True)
class Foreign(Node):
    """A function in another language: it is not run."""

    def value(self, scope: Scope) -> Any:
        scope.run.fault("A function in another language is not run.")
        return None
