"""Migrations that a cluster runs by itself, while the release before still serves."""

from __future__ import annotations

from django.db.migrations.loader import MigrationLoader

from tests.house import FLOORS


def test_a_migration_that_breaks_off_leaves_nothing_behind() -> None:
    """PostgreSQL takes back all of it: a pod finds a schema of before or of after, never half of one."""
    loader = MigrationLoader(None)
    ours = [each for each in loader.disk_migrations.values() if each.__module__.startswith(FLOORS)]
    assert len(ours) > 20
    assert [str(each) for each in ours if not each.atomic] == []
