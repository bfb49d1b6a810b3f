"""Decision tables of a service come in and go out as DMN 1.3, one table at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.audit import log as audit
from engine.core.decisions import DecisionTable
from engine.core.problems import DefinitionRefused, Problems
from engine.core.text import Text
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.importing.report import Report
from workflows.definition import ServicePackage, parse_package
from workflows.dmn.asking import asking_of
from workflows.dmn.bringing_in import FoundTable, read_dmn
from workflows.dmn.writing import ToDmn, write_dmn
from workflows.models import Service

Document = dict[str, Any]
COLUMNS = ("inputs", "outputs", "rows")


class NoSuchTable(LookupError):
    """There is no decision table at this place."""


@dataclass(frozen=True)
class TablePlace:
    """One decision table of a package: what it is called in addresses, its name, and the table itself."""

    where: str
    title: Text
    of_workflow: bool
    path: tuple[str | int, ...]
    table: DecisionTable


@dataclass(frozen=True)
class Brought:
    """A document with a table of another tool in it, and what is not as it was."""

    document: Document
    table: FoundTable
    report: Report


def tables_of(document: Mapping[str, Any]) -> list[TablePlace]:
    """Every decision table of a package: of its steps, and of its forms."""
    found = [*_inside(document.get("workflow"), ("workflow",), "steps", {})]
    forms = document.get("forms")
    for key, form in forms.items() if isinstance(forms, Mapping) else ():
        found += _inside(form, ("forms", key), f"forms.{key}", {})
    return found


def _inside(
    value: Any, path: tuple[str | int, ...], where: str, owner: Mapping[str, Any]
) -> Iterator[TablePlace]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _inside(each, (*path, number), where, owner)
    if not isinstance(value, Mapping):
        return
    if all(isinstance(value.get(name), list) for name in COLUMNS):
        yield from _table(value, path, where, owner)
        return
    owner = value if "key" in value else owner
    for name, each in value.items():
        yield from _inside(each, (*path, name), where, owner)


def _table(
    value: Mapping[str, Any], path: tuple[str | int, ...], where: str, owner: Mapping[str, Any]
) -> Iterator[TablePlace]:
    try:
        table = DecisionTable.model_validate(value)
        title = Text.model_validate(owner.get("title") or owner.get("label") or str(owner.get("key", "")))
    except ValidationError:
        return  # of a table that has no shape yet there is nothing to carry
    yield TablePlace(f"{where}.{owner.get('key', '')}", title, path[0] == "workflow", path, table)


def find_table(document: Mapping[str, Any], where: str) -> TablePlace:
    """The table at a place; raises NoSuchTable."""
    for place in tables_of(document):
        if place.where == where:
            return place
    raise NoSuchTable(where)


def as_dmn(document: Document, place: TablePlace, language: str) -> ToDmn:
    """One table as DMN; raises DefinitionRefused for a package of the wrong shape."""
    asking = asking_of(_package(document))
    return write_dmn(
        place.table, name=place.title.in_(language) or place.where, asking=asking, language=language
    )


def export_table(
    *, service: Service, document: Document, where: str, by: User, language: str
) -> tuple[TablePlace, ToDmn]:
    """One table as a file; taking it is recorded. Raises NoSuchTable and DefinitionRefused."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    place = find_table(document, where)
    made = as_dmn(document, place, language)
    audit.record(
        "service.exported",
        chain=audit.department_chain(service.department.key),
        actor=by,
        department_id=service.department_id,
        subject=f"service:{service.key}",
        details={"format": "dmn", "table": where},
    )
    return place, made


def bring_in_table(
    *, service: Service, document: Document, where: str, content: bytes, decision: str, by: User
) -> Brought:
    """A document with the table of a DMN file in the place of one that is there; nothing is saved.

    Raises Refused for a file that cannot be read, NoSuchTable, and DefinitionRefused with everything to mend.
    """
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    place = find_table(document, where)
    found = read_dmn(content, asking_of(_package(document)), only=decision)
    table = _chosen(found.tables, decision)
    table.problems.refuse_if_any()
    made = deepcopy(document)
    holder: Any = made
    for part in place.path[:-1]:
        holder = holder[part]
    holder[place.path[-1]] = table.document
    return Brought(made, table, found.report)


def _chosen(tables: list[FoundTable], decision: str) -> FoundTable:
    """The table of the decision that was named; of several one has to be named."""
    if len(tables) == 1:
        return tables[0]
    problems = Problems()
    if tables:
        names = ", ".join(f'"{table.name}"' for table in tables)
        problems.mend("several", f"This file holds several tables: {names}. Say which one is meant.")
    else:
        problems.mend("decision", f'There is no decision table "{decision}" in this file.')
    raise DefinitionRefused(problems)


def _package(document: Document) -> ServicePackage:
    problems = Problems()
    package = parse_package(document, problems)
    if package is None:
        raise DefinitionRefused(problems)
    return package
