"""The primary of PostgreSQL is killed under load; the standby takes over and the old primary rejoins."""

from __future__ import annotations

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only, pair, writable
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.shipped import setting

ENOUGH, PEOPLE = 8, 3
SYNCHRONOUS = "synchronous_standby_names"
LOOKS, BETWEEN_LOOKS_S = 2, 0.5  # a server that misses both is taken for lost, as repmgrd does


def run(ground: Ground) -> list[Outcome]:
    """Once with a synchronous standby, where nothing may be lost, and once without, which shows what is."""
    return [_fail_over(ground, synchronous=True), _fail_over(ground, synchronous=False)]


def _fail_over(ground: Ground, *, synchronous: bool) -> Outcome:
    title = f"postgres-failover, {'synchronous' if synchronous else 'asynchronous'}"
    ground.tell(title)
    primary, standby = pair(ground, title.replace(", ", "-"))
    if synchronous:
        primary.set(SYNCHRONOUS, setting(SYNCHRONOUS))
    book = Book(primary.folder.parent / "book")
    load = ground.begin(
        "applying", str(book.path), str(PEOPLE), "plain", DATABASE_URL=writable(primary, standby)
    )
    more_in(ground, book)
    if not synchronous:
        _cut_the_line(ground, standby, book)
    killed_at = primary.kill()
    _notice(ground, primary)
    standby.promote()
    more_in(ground, book)
    _rejoin(ground, primary, standby)
    if synchronous:
        standby.set(SYNCHRONOUS, setting(SYNCHRONOUS))
    more_in(ground, book)
    ground.end(load)
    outcome = _counted(ground, title, standby, book, killed_at, may_lose=not synchronous)
    ground.until(lambda: primary.is_caught_up(standby), "the old primary has followed")
    both = [ground.inside(("hashing",), DATABASE_URL=only(node))[0] for node in (primary, standby)]
    require(both[0] == both[1], "the old primary holds other rows than the new one")
    primary.remove()
    standby.remove()
    return outcome


def more_in(ground: Ground, book: Book, number: int = ENOUGH) -> None:
    """Wait until so many more applications were acknowledged."""
    wanted = book.count() + number
    ground.until(lambda: book.count() >= wanted, f"{number} more applications are acknowledged")


def _cut_the_line(ground: Ground, standby: Node, book: Book) -> None:
    """What is acknowledged from here on cannot reach the other site: that is what asynchronous means."""
    standby.set("primary_conninfo", "")
    ground.until(lambda: standby.sql("SELECT count(*) FROM pg_stat_wal_receiver") == "0", "the line is cut")
    more_in(ground, book, 3)


def _notice(ground: Ground, primary: Node) -> None:
    for _look in range(LOOKS):
        require(not primary.answers(), "the killed primary answers")
        ground.supervisor.turn(BETWEEN_LOOKS_S)


def _rejoin(ground: Ground, old: Node, new: Node) -> None:
    old.rewind_to(new)
    old.start()
    ground.until(new.is_followed, "the old primary follows the new one")


def _counted(
    ground: Ground, title: str, node: Node, book: Book, killed_at: float, *, may_lose: bool
) -> Outcome:
    (counts,) = ground.inside(("counting", str(book.path)), DATABASE_URL=only(node))
    notes = ("what was acknowledged while the line was cut is gone, as it must be",) if may_lose else ()
    return Outcome(title, book.longest_silence_s(killed_at), **counts, may_lose=may_lose, notes=notes)
