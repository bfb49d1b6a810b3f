"""After a test with real transactions: only tables that hold something are emptied, in a few milliseconds.

Django empties all of them and makes its permissions anew, which takes longer than most of these tests.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from time import sleep
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

ATTEMPTS = 10
APPEND_ONLY_TOO = "SET LOCAL session_replication_role = replica"  # triggers and foreign keys are not asked


class _Emptying:
    """What is known of the tables of this process's database."""

    def __init__(self, as_django_does: Callable[[Any], None]) -> None:
        """Nothing is known before the first time."""
        self.as_django_does = as_django_does
        self.tables: list[str] = []
        self.made_by_django: dict[str, str] = {}  # content types and permissions: by table, what is in it

    def __call__(self, case: Any) -> None:
        """Empties the tables."""
        if not self.tables or not self._quickly():
            self._wholly(case)

    def _wholly(self, case: Any) -> None:
        self.as_django_does(case)
        with connection.cursor() as cursor:
            names = connection.introspection.django_table_names(only_existing=True, include_views=False)
            self.tables = sorted(names)
            self.made_by_django = {name: _content(cursor, name) for name in self._filled(cursor)}

    def _quickly(self) -> bool:
        """Whether it was enough to empty what was filled."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(APPEND_ONLY_TOO)
            # waits for threads of the test that still write
            cursor.execute(f"LOCK TABLE {', '.join(map(_quoted, self.tables))}")
            for name in self._filled(cursor) - self.made_by_django.keys():
                cursor.execute(f"DELETE FROM {_quoted(name)}")
            return all(_content(cursor, name) == was for name, was in self.made_by_django.items())

    def _filled(self, cursor: CursorWrapper) -> set[str]:
        questions = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {_quoted(name)})" for name in self.tables)
        cursor.execute(" UNION ALL ".join(questions))
        return {name for (name,) in cursor.fetchall()}


def _content(cursor: CursorWrapper, name: str) -> str:
    row = "t::text"
    cursor.execute(f"SELECT md5(string_agg({row}, '/' ORDER BY {row})) FROM {_quoted(name)} t")
    return str(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def tables_emptied_quickly() -> Iterator[None]:
    """For the tests of this process; append-only tables are emptied as well, which the product refuses."""
    empty, flush = _Emptying(TransactionTestCase._fixture_teardown), DatabaseOperations.execute_sql_flush

    def as_replica(operations: DatabaseOperations, statements: Sequence[str]) -> None:
        flush(operations, [APPEND_ONLY_TOO, *statements])

    def teardown(case: Any) -> None:
        for _ in range(ATTEMPTS):
            with suppress(OperationalError):  # a thread of the test still holds a row
                empty(case)
                return
            sleep(1)
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", as_replica)
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
