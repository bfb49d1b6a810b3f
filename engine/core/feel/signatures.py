"""How a function of the language is declared: its name, what it takes, and Python that works it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import DecimalException
from typing import Any

from engine.core.feel.scope import MOST_ITEMS, FeelStopped, Run
from engine.core.feel.types import ANY, Type, fitted, simple

LONGEST = 1_000_000  # characters of a text
Work = Callable[..., Any]


@dataclass(frozen=True)
class Taken:
    """One thing that a function takes."""

    name: str
    kind: Type
    optional: bool = False
    many: bool = False

    def fit(self, value: Any, run: Run) -> tuple[Any, bool]:
        """The value as the function takes it, and whether it does."""
        if value is None:
            return None, self.optional or self.kind.base == "any"
        return fitted(value, self.kind, run.types)


@dataclass(frozen=True)
class Signature:
    """One way to call a function."""

    taken: tuple[Taken, ...]
    work: Work
    with_run: bool = False

    def in_order(self, values: Sequence[Any]) -> list[Any] | None:
        """The values by place; None where their number does not fit."""
        least = sum(not each.optional and not each.many for each in self.taken)
        if self.taken and self.taken[-1].many:
            fixed = len(self.taken) - 1
            return [*values[:fixed], _many(list(values[fixed:]))] if len(values) > fixed else None
        return list(values) if least <= len(values) <= len(self.taken) else None

    def by_name(self, values: Mapping[str, Any]) -> list[Any] | None:
        """The values by name; None where a name is strange or missing."""
        names = [each.name for each in self.taken]
        missing = [each.name for each in self.taken if each.name not in values and not each.optional]
        if missing or set(values) - set(names):
            return None
        return [values.get(name) for name in names]

    def fit(self, values: Sequence[Any], run: Run) -> list[Any] | None:
        """The values as the function takes them; None where one does not fit."""
        made = []
        for taken, value in zip(self.taken, values, strict=False):
            found, fits = (value, value is not None) if taken.many else taken.fit(value, run)
            if not fits:
                return None
            made.append(found)
        return made


def _many(values: list[Any]) -> Any:
    """Several values, or one that is a list already."""
    if len(values) == 1 and (values[0] is None or isinstance(values[0], list)):
        return values[0]
    return values


@dataclass
class Builtin:
    """A function of the language, with all ways to call it."""

    name: str
    signatures: list[Signature] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """What it takes, in order."""
        return [each.name for each in self.signatures[0].taken]

    def called(self, arguments: Sequence[Any], run: Run) -> Any:
        """Its value for arguments in order."""
        return self._first([each.in_order(arguments) for each in self.signatures], run)

    def called_by_name(self, arguments: Mapping[str, Any], run: Run) -> Any:
        """Its value for arguments by name."""
        return self._first([each.by_name(arguments) for each in self.signatures], run)

    def _first(self, ways: Sequence[list[Any] | None], run: Run) -> Any:
        for signature, values in zip(self.signatures, ways, strict=True):
            made = None if values is None else signature.fit(values, run)
            if made is not None:
                return self._worked(signature, made, run)
        run.fault(f"{self.name}() does not take these values.")
        return None

    def _worked(self, signature: Signature, values: list[Any], run: Run) -> Any:
        try:
            found = signature.work(run, *values) if signature.with_run else signature.work(*values)
        except (ValueError, ArithmeticError, DecimalException):
            found = None
        if isinstance(found, list | str) and len(found) > (
            MOST_ITEMS if isinstance(found, list) else LONGEST
        ):
            raise FeelStopped(f"{self.name}() makes more than there is room for.")
        if isinstance(found, list):
            run.tick(len(found))
        if found is None:
            run.fault(f"{self.name}() has no value for this.")
        return found


BUILTINS: dict[str, Builtin] = {}


def builtin(name: str, taken: str = "", *, with_run: bool = False) -> Callable[[Work], Work]:
    """Declare a function: "string: string, length: number?"; ? may be left out, ... takes several."""

    def declared(work: Work) -> Work:
        function = BUILTINS.setdefault(name, Builtin(name))
        parts = tuple(_taken(part) for part in taken.split(", ") if part)
        function.signatures.append(Signature(parts, work, with_run))
        return work

    return declared


def _taken(text: str) -> Taken:
    name, _, kind = text.partition(": ")
    plain = kind.rstrip("?").removesuffix("...")
    item = simple(plain.removeprefix("list of ")) if plain.startswith("list of ") else None
    found = Type("list", item) if item else simple(plain) or ANY
    return Taken(name, found, optional=kind.endswith("?"), many=kind.endswith("..."))
