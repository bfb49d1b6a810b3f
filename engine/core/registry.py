"""Types by key: a registry is filled by importing one package and refuses duplicates."""

import difflib
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import ClassVar, Generic, Protocol, TypeVar

KEY = re.compile(r"[a-z][a-z0-9_]*")


class Keyed(Protocol):
    """A class that says its own key."""

    key: ClassVar[str]


T = TypeVar("T", bound=Keyed)


class UnknownType(LookupError):
    """No type of this key is registered."""

    def __init__(self, kind: str, key: str, near: str | None) -> None:
        self.kind, self.key, self.near = kind, key, near
        self.sentence = f'There is no {kind} named "{key}".'
        if near:
            self.sentence += f' Did you mean "{near}"?'
        super().__init__(self.sentence)


class DuplicateType(ValueError):
    """Two classes claim the same key."""


class Registry(Generic[T]):
    """Classes of one kind by their `key`: `Registry[FieldType]("field type")["date"]` is a class."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._types: dict[str, type[T]] = {}

    def register(self, cls: type[T]) -> type[T]:
        """Add a class; meant as a decorator."""
        key = cls.key
        if not KEY.fullmatch(key):
            raise ValueError(f"{cls.__qualname__}: the key of a {self.kind} is small letters, digits and _.")
        if key in self._types:
            other = self._types[key]
            raise DuplicateType(f"{cls.__module__} and {other.__module__} both claim {key!r}.")
        self._types[key] = cls
        return cls

    def discover(self, package: str) -> None:
        """Import every module of the package, so that its classes register themselves."""
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)

    def __getitem__(self, key: str) -> type[T]:
        try:
            return self._types[key]
        except KeyError:
            raise UnknownType(self.kind, key, self._near(key)) from None

    def __contains__(self, key: object) -> bool:
        return key in self._types

    def __iter__(self) -> Iterator[type[T]]:
        """The classes in the order of their keys, so that a palette is the same in every process."""
        return iter([self._types[key] for key in sorted(self._types)])

    def __len__(self) -> int:
        return len(self._types)

    def keys(self) -> list[str]:
        """All keys in order."""
        return sorted(self._types)

    def _near(self, key: str) -> str | None:
        return next(iter(difflib.get_close_matches(key, self._types, n=1)), None)
