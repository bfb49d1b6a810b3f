"""Keeping the keys by which applications find those that may be the same."""

from __future__ import annotations

from typing import Any

from workflows.likeness import keys_of
from workflows.models import Case, CaseLikeness
from workflows.selectors.likeness import texts_of
from workflows.unit import unit

TABLE = CaseLikeness._meta.db_table
AT_ONCE = 200


def note_likeness(case: Any) -> None:
    """Keep the keys of the answers as they are now, in the transaction that keeps the answers."""
    keys = keys_of(texts_of(case, case.answers))
    with unit() as open_unit:
        open_unit.also(
            TABLE,
            f"INSERT INTO {TABLE} (case_id, service_id, keys) VALUES (%s, %s, %s) "  # noqa: S608 - names of ours
            "ON CONFLICT (case_id) DO UPDATE SET keys = EXCLUDED.keys",
            [case.pk, case.service_id, keys],
        )


def note_missing() -> int:
    """Keep the keys of open cases from before there were any; gives how many."""
    cases = list(Case.objects.filter(finished=None, likeness=None).order_by("pk")[:AT_ONCE])
    for case in cases:
        note_likeness(case)
    return len(cases)
