"""The columns of a model, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

Values = tuple[Any, ...]
Prepare = Callable[[Any], Any]

_PLAIN_FIELDS = (models.DateTimeField, models.ForeignKey, models.AutoField)
_PLAIN_PREPARATION = (models.CharField.get_prep_value, models.Field.get_prep_value)


class Table:
    """How the objects of one model become rows."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields = list(model._meta.concrete_fields)
        self.columns = [str(field.column) for field in self.fields]
        self.attributes = [field.attname for field in self.fields]
        self.values: Callable[[models.Model], Values] = attrgetter(*self.attributes)
        self.prepare = [_preparation(field) for field in self.fields]
        self.is_json = [isinstance(field, models.JSONField) for field in self.fields]
        self.parents = [field for field in self.fields if isinstance(field, models.ForeignKey)]
        self.position = {name: i for i, f in enumerate(self.fields) for name in (f.name, f.attname)}
        self.casts = [_cast(field) for field in self.fields]

    def row(self, obj: models.Model) -> list[Any]:
        """The values of the object as the driver takes them."""
        return [_prepared(p, v) for p, v in zip(self.prepare, self.values(obj), strict=True)]

    def cells(self, current: Values, positions: Iterable[int]) -> list[Any]:
        """Some of the values as the driver takes them."""
        return [_prepared(self.prepare[i], current[i]) for i in positions]

    def changed(self, current: Values, loaded: Values | None) -> tuple[int, ...]:
        """Positions to write; JSON always, because a dict is changed in place."""
        return tuple(
            i
            for i, value in enumerate(current)
            if not self.fields[i].primary_key and (loaded is None or self.is_json[i] or value != loaded[i])
        )


def _prepared(prepare: Prepare | None, value: Any) -> Any:
    return value if prepare is None or value is None else prepare(value)


def _preparation(field: models.Field[Any, Any]) -> Prepare | None:
    if isinstance(field, models.JSONField):
        return Jsonb
    if isinstance(field, _PLAIN_FIELDS) or type(field).get_prep_value in _PLAIN_PREPARATION:
        return None
    return field.get_prep_value


def _cast(field: models.Field[Any, Any]) -> str:
    return "bigint" if field.primary_key else str(field.db_type(connection))


@cache
def table(model: type[models.Model]) -> Table:
    """The table of this model."""
    return Table(model)
