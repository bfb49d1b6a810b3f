"""A base backup and the archive of WAL bring back the database as it was at one moment."""

from __future__ import annotations

import time
from pathlib import Path

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only, writable
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.postgres_failover import more_in

POINT = "before_the_mistake"
PEOPLE = 2
TARGET_S = 900.0  # a restore takes as long as the archive is; four hours is what was promised


def run(ground: Ground) -> list[Outcome]:
    """Somebody deletes what must not be deleted; the moment before is restored, row by row the same."""
    title = "point-in-time"
    ground.tell(title)
    node, archive = Node(ground, title, "a"), ground.own_folder(f"{title}/archive")
    node.fill()
    node.start(archive_mode="on", archive_command=f'test ! -f "{archive}/%f" && cp "%p" "{archive}/%f"')
    book, backup = Book(node.folder.parent / "book"), Node(ground, title, "restored")
    load = ground.begin("applying", str(book.path), str(PEOPLE), "plain", DATABASE_URL=writable(node))
    more_in(ground, book)
    backup.follow(node)  # while people apply
    more_in(ground, book)
    ground.end(load)
    (wanted,) = ground.inside(("hashing",), DATABASE_URL=only(node))
    node.sql(f"SELECT pg_create_restore_point('{POINT}')")
    _make_the_mistake(node)
    lost_at = time.time()
    _archived(ground, node, archive)
    node.stop()
    _restore(ground, backup, archive)
    outage_s = time.time() - lost_at
    restored, counts = ground.inside(("hashing",), ("counting", str(book.path)), DATABASE_URL=only(backup))
    different = [table for table in wanted if restored.get(table) != wanted[table]]
    require(not different, f"restored otherwise: {', '.join(different)}")
    backup.remove()
    node.remove()
    notes = (f"{len(wanted)} tables are the same, row by row; the chains of the record are whole",)
    return [Outcome(title, outage_s, **counts, within_s=TARGET_S, notes=notes)]


def _make_the_mistake(node: Node) -> None:
    node.sql("SET session_replication_role = replica; DELETE FROM workflows_submission")
    require(node.sql("SELECT count(*) FROM workflows_submission") == "0", "the mistake was not made")


def _archived(ground: Ground, node: Node, archive: Path) -> None:
    """The segment that holds the moment has left the server."""
    segment = node.sql("SELECT pg_walfile_name(pg_switch_wal())")
    ground.until(lambda: (archive / segment).exists(), "the last segment is archived")


def _restore(ground: Ground, backup: Node, archive: Path) -> None:
    """The backup, with the archive instead of a primary, up to the moment and not further."""
    (backup.server.data / "standby.signal").unlink()
    signal = backup.server.data / "recovery.signal"
    signal.touch()
    ground.account.own(signal)
    backup.start(
        primary_conninfo="",
        restore_command=f'cp "{archive}/%f" "%p"',
        recovery_target_name=POINT,
        recovery_target_action="promote",
    )
    ground.until(lambda: backup.sql("SELECT pg_is_in_recovery()") == "f", "the backup is restored")
