"""SQL of collected writes: one INSERT or UPDATE for all rows that are written alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from workflows.unit.tables import Table, table

Key = tuple[type[models.Model], Any]
Link = tuple[str, str, str, Any, Any]  # table, two columns, two keys
RowKind = tuple[str, tuple[str, ...]]


@dataclass
class Statement:
    """One SQL statement, with the number of rows that it has to hit if that matters."""

    sql: str
    values: list[Any]
    wanted: int | None = None


@dataclass
class Buffer:
    """Writes that were asked for and not sent yet."""

    new: dict[Key, models.Model] = field(default_factory=dict)
    dirty: dict[Key, tuple[models.Model, set[str] | None]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    rows: dict[RowKind, list[list[Any]]] = field(default_factory=dict)
    others: list[Statement] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.dirty or self.links or self.rows or self.others)


def statements(buffer: Buffer) -> Iterator[Statement]:
    """The SQL of a buffer, parents before children."""
    yield from _inserts(buffer)
    yield from _updates(buffer)
    yield from _links(buffer.links)
    for (name, columns), rows in buffer.rows.items():
        yield _insert(name, columns, rows)
    yield from buffer.others


def _inserts(buffer: Buffer) -> Iterator[Statement]:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for (model, _), obj in buffer.new.items():
        by_model.setdefault(model, []).append(obj)
    for model in sorted(by_model, key=lambda m: m.__name__):  # Case before WorkItem
        target = table(model)
        rows = [target.row(obj) for obj in by_model[model]]
        used = [i for i in range(len(target.columns)) if any(row[i] is not None for row in rows)]
        yield _insert(
            target.name, [target.columns[i] for i in used], [[row[i] for i in used] for row in rows]
        )
        for obj in by_model[model]:
            remember(obj, target.values(obj))


def _updates(buffer: Buffer) -> Iterator[Statement]:
    groups: dict[tuple[Table, tuple[int, ...]], list[tuple[Any, list[Any]]]] = {}
    for (model, key), (obj, names) in buffer.dirty.items():
        target = table(model)
        current = target.values(obj)
        positions = _positions(target, obj, current, names)
        if positions:
            groups.setdefault((target, positions), []).append((key, target.cells(current, positions)))
    for (target, positions), rows in groups.items():
        yield (
            _update_one(target, positions, rows[0])
            if len(rows) == 1
            else _update_many(target, positions, rows)
        )


def _positions(
    target: Table, obj: models.Model, current: tuple[Any, ...], names: set[str] | None
) -> tuple[int, ...]:
    """What to write of a changed object; only that is remembered as written."""
    loaded = loaded_of(obj)
    if names is None:
        remember(obj, current)
        return target.changed(current, loaded)
    positions = tuple(sorted(target.position[name] for name in names))
    if loaded is not None:  # a column that was changed and not named is still to be written later
        remember(obj, tuple(current[i] if i in positions else old for i, old in enumerate(loaded)))
    return positions


def _update_one(target: Table, positions: Sequence[int], row: tuple[Any, list[Any]]) -> Statement:
    key, cells = row
    assignments = ", ".join(f'"{target.columns[i]}"=%s' for i in positions)
    return Statement(f"UPDATE {target.name} SET {assignments} WHERE id=%s", [*cells, key], 1)  # noqa: S608


def _update_many(target: Table, positions: Sequence[int], rows: list[tuple[Any, list[Any]]]) -> Statement:
    names = [f'"{target.columns[i]}"' for i in positions]
    one = "(" + ",".join(["%s::bigint", *(f"%s::{target.casts[i]}" for i in positions)]) + ")"
    sql = (
        f"UPDATE {target.name} t SET {', '.join(f'{name}=v.{name}' for name in names)} "  # noqa: S608
        f"FROM (VALUES {','.join([one] * len(rows))}) v(id,{','.join(names)}) WHERE t.id=v.id"
    )
    return Statement(sql, [value for key, cells in rows for value in (key, *cells)], len(rows))


def _links(links: list[Link]) -> Iterator[Statement]:
    by_table: dict[tuple[str, str, str], list[list[Any]]] = {}
    for name, left, right, a, b in links:
        by_table.setdefault((name, left, right), []).append([a, b])
    for (name, left, right), rows in by_table.items():
        yield _insert(name, (left, right), rows, " ON CONFLICT DO NOTHING")


def _insert(name: str, columns: Sequence[str], rows: list[list[Any]], tail: str = "") -> Statement:
    one = "(" + ",".join(["%s"] * len(columns)) + ")"
    quoted = ",".join(f'"{column}"' for column in columns)
    sql = f"INSERT INTO {name} ({quoted}) VALUES {','.join([one] * len(rows))}{tail}"  # noqa: S608
    return Statement(sql, [value for row in rows for value in row])


def loaded_of(obj: models.Model) -> tuple[Any, ...] | None:
    """The values that the database is known to hold for this object."""
    return obj.__dict__.get("_loaded")


def remember(obj: models.Model, values: tuple[Any, ...] | None) -> None:
    """Note what the database holds now; None means unknown, so the next save writes every column."""
    obj.__dict__["_loaded"] = values
