"""Rows read by a statement that is put together once: what every request or decision asks for again."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models


class Part(NamedTuple):
    """The columns of one table in such a statement, and how an object is built of them."""

    model: type[models.Model]
    names: list[str]
    columns: list[str]
    converters: list[tuple[int, list[Any], Any]]

    @property
    def table(self) -> str:
        """The table, as it stands in SQL."""
        return self.model._meta.db_table

    def listed(self, alias: str) -> str:
        """The columns, as they stand in SQL."""
        return ",".join(f'{alias}."{column}"' for column in self.columns)

    def build(self, cells: tuple[Any, ...]) -> Any:
        """The object of these columns."""
        values = list(cells)
        for position, converters, column in self.converters:
            for convert in converters:
                values[position] = convert(values[position], column, connection)
        return self.model.from_db("default", self.names, values)


def part(label: str, without: tuple[str, ...] = ()) -> Part:
    """All columns of a model but these, which are read when they are asked for."""
    model = apps.get_model(label)
    fields = [field for field in model._meta.concrete_fields if field.name not in without]
    converters = []
    for position, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        known = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        if known:
            converters.append((position, known, column))
    return Part(model, [each.attname for each in fields], [str(each.column) for each in fields], converters)
