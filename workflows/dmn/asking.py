"""What a name of another tool means in a service: the question or the result that is called the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.core.rules import Group, Kind, Schema
from forms_library.compiled import compile_form
from workflows.compiler import schema_of
from workflows.definition import ServicePackage

TODAY = "today"


@dataclass(frozen=True)
class Asked:
    """A value that rules can read: how it is written, and what it can be."""

    expression: str
    kind: Kind | str


@dataclass(frozen=True)
class Asking:
    """The values of a service by their path and by every name that people give them."""

    by_path: Mapping[str, Asked] = field(default_factory=dict)
    by_name: Mapping[str, Asked] = field(default_factory=dict)

    def find(self, *parts: str) -> Asked | None:
        """What a path of names means; the whole path counts before its last name."""
        path = ".".join(parts)
        if path in self.by_path:
            return self.by_path[path]
        return self.by_name.get(spoken(" ".join(parts))) or self.by_name.get(spoken(parts[-1]))


def asking_of(package: ServicePackage) -> Asking:
    """Everything that the rules of a service can read."""
    groups = {key: compile_form(form).schema_group for key, form in package.forms.items()}
    schema = schema_of(package, groups.get)
    by_path = {asked.expression: asked for asked in _values(schema)}
    by_path[TODAY] = Asked(TODAY, "date")
    by_name: dict[str, Asked] = {}
    for path, asked in by_path.items():
        by_name.setdefault(spoken(path.rpartition(".")[2]), asked)
    start = package.start_form
    for each in start.fields() if start else ():
        if own := by_path.get(f"answers.{each.key}"):
            by_name.update({spoken(text): own for text in each.label.root.values()})
    return Asking(by_path, by_name)


def _values(schema: Schema) -> Iterator[Asked]:
    for root, group in schema.roots.items():
        yield from _inside(root, group)


def _inside(path: str, kind: Kind) -> Iterator[Asked]:
    yield Asked(path, kind)
    if isinstance(kind, Group):
        for key, inner in kind.fields.items():
            yield from _inside(f"{path}.{key}", inner)


def spoken(name: str) -> str:
    """A name without capitals, accents and signs, for comparing."""
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))
