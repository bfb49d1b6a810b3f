"""Primary keys taken in blocks, so that a row has its key before it is sent."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.db import connection, models

BLOCK = 64  # the migration lets the sequences step by this number

_free: dict[type[models.Model], Iterator[int]] = {}


def next_key(model: type[models.Model]) -> int:
    """The next free key of this model; asks the sequence once in a block."""
    key = next(_free.get(model, iter(())), None)
    if key is not None:
        return key
    with connection.cursor() as cursor:  # a sequence is not transactional: a gap after a rollback is harmless
        cursor.execute(f"SELECT nextval('{model._meta.db_table}_id_seq')")
        row = cursor.fetchone()
    first = int(row[0]) if row else 0
    block = iter(range(first, first + BLOCK))
    key = next(block)
    _free[model] = block
    return key


# a forked worker must not hand out the keys that its parent also holds
os.register_at_fork(after_in_child=_free.clear)
