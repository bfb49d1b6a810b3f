"""How Viewflow reaches the unit of work: Model.save(), `previous`, the flow's lock, opening an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.base import ModelState
from viewflow.workflow.lock import lock_scope

from workflows.unit.errors import Unresolvable
from workflows.unit.reading import Part, part
from workflows.unit.statements import remember
from workflows.unit.tables import table
from workflows.unit.work import current, unit


class Buffered:
    """What makes the rows of a model ride in the unit of work; stands before the model in its bases.

    It is no abstract model itself: the type checker cannot finish one that has no manager.
    """

    _state: ModelState

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Hand the object to the unit of work, or save it as Django does when there is none."""
        this: Any = self
        open_unit = current()
        if open_unit is None or args or kwargs:
            stock: Any = super()
            stock.save(*args, update_fields=update_fields, **kwargs)
            remember(this, None)
            return
        open_unit.save(this, update_fields)

    @classmethod
    def from_db(cls, db: str | None, field_names: Iterable[str], values: Iterable[Any]) -> Any:
        """Build the object without __init__: no defaults to work out, no signals."""
        model: Any = cls
        cells = tuple(values)
        if len(cells) != len(model._meta.concrete_fields):
            stock: Any = super()
            return stock.from_db(db, list(field_names), cells)
        obj: Any = cls.__new__(cls)
        obj.__dict__.update(zip(field_names, cells, strict=True))
        obj._state = ModelState()
        obj._state.adding = False
        obj._state.db = db
        remember(obj, cells)
        return obj

    def refresh_from_db(self, using: str | None = None, fields: Any = None, **kwargs: Any) -> None:
        """Read again, and know which values the database holds."""
        stock: Any = super()
        stock.refresh_from_db(using, fields, **kwargs)
        this: Any = self
        model: type[models.Model] = this.__class__
        remember(this, table(model).values(this) if fields is None else None)


class LazyPrevious:
    """``item.previous``: add() goes to the unit of work, the rest is Django's own manager."""

    def __init__(self, stock: Any) -> None:
        self.stock = stock

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stock, name)

    def __get__(self, item: Any, owner: Any = None) -> Any:
        return self if item is None else _Links(self.stock, item)


class _Links:
    __slots__ = ("item", "stock")

    def __init__(self, stock: Any, item: Any) -> None:
        self.stock = stock
        self.item = item

    def add(self, *others: Any) -> None:
        open_unit = current()
        if open_unit is None:
            self.stock.__get__(self.item).add(*others)
            return
        through = self.stock.through._meta
        field = self.stock.field
        name, left, right = through.db_table, field.m2m_column_name(), field.m2m_reverse_name()
        for other in others:
            open_unit.link((name, left, right, self.item.pk, other.pk))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stock.__get__(self.item), name)


class UnitLock:
    """Flow.lock_impl: one transaction, one unit of work, the case row locked."""

    @contextmanager
    def __call__(self, flow_class: Any, pk: int | None) -> Iterator[None]:
        with unit():
            if pk is not None:
                case = apps.get_model("workflows.Case")._meta.db_table
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT 1 FROM {case} WHERE id=%s FOR UPDATE", [pk])  # noqa: S608
            yield


@contextmanager
def _unit_only(flow_class: Any, pk: int | None) -> Iterator[None]:
    with unit():
        yield


@cache
def _reading() -> tuple[Part, Part, str]:
    item, case = part("workflows.WorkItem"), part("workflows.Case")
    # the case FIRST: PostgreSQL locks in this order, and with the item first two clerks on one case deadlock
    sql = (
        f"SELECT {item.listed('i')},{case.listed('c')} FROM {item.table} i "  # noqa: S608
        f"JOIN {case.table} c ON c.id=i.process_id WHERE i.id=%s FOR UPDATE OF c, i"
    )
    return item, case, sql


@contextmanager
def open_item(pk: int, into: Any = None) -> Iterator[Any]:
    """Lock a work item and its case in one SELECT, and give Viewflow's activation of it."""
    with lock_scope(_unit_only, None, None):
        item_part, case_part, sql = _reading()
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk])
            row = cursor.fetchone()
        if row is None:
            raise apps.get_model("workflows.WorkItem").DoesNotExist(pk)
        split = len(item_part.names)
        item, case = item_part.build(row[:split]), case_part.build(row[split:])
        if into is not None:
            into.__dict__.update(item.__dict__)
            into._state.fields_cache.clear()
            item = into
        item.process = case
        if item.flow_task is None or item.flow_task.task_type == "OBSOLETE":  # Viewflow's stand-in
            raise Unresolvable(f"work item {pk} refers to a step that cannot be found")
        yield item.flow_task.activation_class(item)


def lock_case(pk: int) -> Any:
    """Lock a case inside an open unit and read it; the items are read after it."""
    _, case, _ = _reading()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {case.listed('c')} FROM {case.table} c WHERE c.id=%s FOR UPDATE",  # noqa: S608
            [pk],
        )
        row = cursor.fetchone()
    if row is None:
        raise case.model.DoesNotExist(pk)  # type: ignore[attr-defined]
    return case.build(row)
