"""Collects the writes of one transaction and sends them before any other SQL, or at its end.

A savepoint is held back until something is really sent inside it; releasing or rolling back a held one
costs nothing. What was collected before a savepoint is sent before it, so that rolling back forgets neither
too much nor too little.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, models, transaction

from workflows.unit.errors import Conflict
from workflows.unit.keys import next_key
from workflows.unit.statements import Buffer, Link, Statement, remember, statements
from workflows.unit.tables import table

_SAVEPOINT = re.compile(r'(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "?([^"]+)"?$')
_state = threading.local()
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class Unit:
    """The buffer of one transaction; also the connection's wrapper around every statement."""

    def __init__(self) -> None:
        self.connection = connections["default"]
        self.buffer = Buffer()
        self.held: list[str] = []  # savepoints that Django asked for and PostgreSQL has not seen
        self.opened: list[tuple[str, int]] = []  # those it has seen, with the length of `written` then
        self.written: list[tuple[models.Model, bool]] = []  # objects sent so far; True if inserted
        self.sending = False
        self.last: dict[Hashable, Callable[[], object]] = {}

    # --- collecting
    def save(self, obj: models.Model, update_fields: Iterator[str] | None = None) -> None:
        """Take an object; a new one gets its key at once."""
        if obj._state.adding:
            self._add(obj)
            return
        key = (type(obj), obj.pk)
        if key in self.buffer.new:
            return
        known, names = self.buffer.dirty.get(key, (obj, set()))
        if known is not obj:  # two copies of one row: keep the order of the writes
            self.flush()
            names = set()
        whole = update_fields is None or names is None
        self.buffer.dirty[key] = (obj, None if whole else {*(names or ()), *(update_fields or ())})

    def _add(self, obj: models.Model) -> None:
        model = type(obj)
        if obj.pk is None:
            with self._direct():
                obj.pk = next_key(model)
        for parent in table(model).parents:  # a parent that got its key after it was assigned
            if getattr(obj, parent.attname) is None and parent.is_cached(obj):
                setattr(obj, parent.name, parent.get_cached_value(obj))
        obj._state.adding = False
        obj._state.db = "default"
        self.buffer.new[(model, obj.pk)] = obj

    def link(self, link: Link) -> None:
        """Take one row of a many-to-many table."""
        self.buffer.links.append(link)

    def insert(self, into: str, **row: Any) -> None:
        """Take one row of any table, such as audit or outbox."""
        self.buffer.rows.setdefault((into, tuple(row)), []).append(list(row.values()))

    def also(self, about: str, sql: str, values: list[Any]) -> None:
        """Take a statement about a table; what is sent together sees the rows as they were before."""
        if any(name == about for name, _ in self.buffer.rows):
            self.flush()
        self.buffer.others.append(Statement(sql, values))

    def at_end(self, key: Hashable, act: Callable[[], object]) -> None:
        """Do this when all else of the transaction is done, still inside it; once for each key."""
        self.last.setdefault(key, act)

    def settle(self) -> None:
        """Do what was put off to the end, and what that puts off again."""
        while self.last:
            self.last.pop(next(iter(self.last)))()

    # --- sending
    def flush(self) -> None:
        """Send what was collected."""
        if not self.buffer:
            return
        self._open_held()
        buffer, self.buffer = self.buffer, Buffer()
        todo = list(statements(buffer))
        self.written += [(obj, True) for obj in buffer.new.values()]
        self.written += [(obj, False) for obj, _ in buffer.dirty.values()]
        with self._direct():
            if len(todo) > 1 and not getattr(_state, "one_by_one", False):
                self._send_together(todo)
            else:
                self._send_apart(todo)

    def _send_together(self, todo: list[Statement]) -> None:
        arms, values, wanted = [], [], []
        for number, statement in enumerate(todo):
            returning = " RETURNING 1" if statement.wanted else ""
            arms.append(f"q{number} AS ({statement.sql}{returning})")
            values += statement.values
            if statement.wanted:
                wanted.append((number, statement.wanted))
        counts = ", ".join(f"(SELECT count(*) FROM q{number})" for number, _ in wanted) or "1"  # noqa: S608
        with self.connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(arms)} SELECT {counts}", values)
            hit = cursor.fetchone() or ()
        if wanted and list(hit) != [count for _, count in wanted]:
            raise Conflict("a row that was to be changed is gone")

    def _send_apart(self, todo: list[Statement]) -> None:
        with self.connection.cursor() as cursor:
            for statement in todo:
                cursor.execute(statement.sql, statement.values)
                if statement.wanted and cursor.rowcount != statement.wanted:
                    raise Conflict("a row that was to be changed is gone")

    @contextmanager
    def _direct(self) -> Iterator[None]:
        """Statements in here are our own: they pass without a flush before them."""
        before, self.sending = self.sending, True
        try:
            yield
        finally:
            self.sending = before

    # --- the wrapper
    def __call__(self, execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self.sending:
            return execute(sql, params, many, context)
        savepoint = _SAVEPOINT.match(sql) if isinstance(sql, str) else None
        if savepoint:
            return self._savepoint(savepoint[1], savepoint[2], lambda: execute(sql, params, many, context))
        self.flush()
        self._open_held()
        return execute(sql, params, many, context)

    def _savepoint(self, verb: str, name: str, send: Callable[[], Any]) -> Any:
        if verb == "SAVEPOINT":
            self.flush()
            self.held.append(name)
            return None
        if name in self.held:
            del self.held[self.held.index(name) + 1 :]
            if verb == "RELEASE SAVEPOINT":
                self.held.pop()
            else:  # Django releases it after rolling back, so it stays held
                self._forget_buffer()
            return None
        if verb == "RELEASE SAVEPOINT":
            self.flush()
            self.opened = [(known, mark) for known, mark in self.opened if known != name]
        else:
            self._forget_since(name)
        return send()

    def _open_held(self) -> None:
        if self.held and not self.sending:
            held, self.held = self.held, []
            with self._direct(), self.connection.cursor() as cursor:
                for name in held:
                    cursor.execute(f'SAVEPOINT "{name}"')
                    self.opened.append((name, len(self.written)))

    def _forget_buffer(self) -> None:
        for obj in self.buffer.new.values():
            obj._state.adding = True
        self.buffer = Buffer()

    def _forget_since(self, name: str) -> None:
        """After a rollback it is unknown what the database holds of the objects sent since."""
        self._forget_buffer()
        self.held.clear()
        mark = next((mark for known, mark in self.opened if known == name), 0)
        for obj, inserted in self.written[mark:]:
            obj._state.adding = obj._state.adding or inserted
            remember(obj, None)
        del self.written[mark:]

    def abandon(self) -> None:
        """The transaction failed: nothing that was collected or sent is there."""
        self.opened = []
        self._forget_since("")


def current() -> Unit | None:
    """The unit of this thread, if one is open."""
    return getattr(_state, "unit", None)


@contextmanager
def unit() -> Iterator[Unit]:
    """One transaction with one unit of work; a nested one joins the outer."""
    outer = current()
    if outer is not None:
        yield outer
        return
    mine = Unit()
    wrappers = mine.connection.execute_wrappers
    try:
        with transaction.atomic():
            _state.unit = mine
            wrappers.append(mine)
            try:
                yield mine
                mine.settle()
                mine.held.clear()
                mine.flush()
            finally:
                wrappers.remove(mine)
                _state.unit = None
    except BaseException:
        mine.abandon()
        raise


@contextmanager
def debug_statements() -> Iterator[None]:
    """Send one statement per table, so that an error names the table that refused."""
    before = getattr(_state, "one_by_one", False)
    _state.one_by_one = True
    try:
        yield
    finally:
        _state.one_by_one = before
