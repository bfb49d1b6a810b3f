"""The store is lost under load: S3 does not answer, the NAS cannot be written, the NAS is full."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.postgres_failover import more_in
from deploy.embedded.s3 import ObjectStore

PEOPLE, LOSS_S, SMALL = 2, 4.0, "size=4m"


def run(ground: Ground) -> list[Outcome]:
    """Each loss in its turn; applications wait, and what was acknowledged is there with its document."""
    node = Node(ground, "store-loss", "a")
    node.fill()
    node.start()
    outcomes = [_s3_away(ground, node), _nas_read_only(ground, node), *_nas_full(ground, node)]
    node.remove()
    return outcomes


def _s3_away(ground: Ground, node: Node) -> Outcome:
    bucket = ObjectStore(ground.own_folder("store-loss/s3"), ground.account)
    store = bucket.program()
    ground.supervisor.start(store)

    def lose() -> None:
        ground.kill(store)

    def bring_back() -> None:
        ground.supervisor.start(store)

    where = {"DATABASE_URL": only(node), **bucket.environment(), "DOCUMENTS_ONLY_TO": "s3"}
    outcome = _lose(ground, "store-loss, S3 away", where, lose, bring_back)
    ground.end(store)
    return outcome


def _nas_read_only(ground: Ground, node: Node) -> Outcome:
    folder = ground.own_folder("store-loss/nas")
    where = {"DATABASE_URL": only(node), "NAS_FOLDER": str(folder)}
    return _lose(
        ground,
        "store-loss, NAS read-only",
        where,
        lambda: _allow(folder, "u-w"),
        lambda: _allow(folder, "u+w"),
    )


def _allow(folder: Path, change: str) -> None:
    """Folders are made unwritable under the feet of the product."""
    subprocess.run(["find", str(folder), "-type", "d", "-exec", "chmod", change, "{}", "+"], check=True)


def _nas_full(ground: Ground, node: Node) -> list[Outcome]:
    folder = ground.own_folder("store-loss/small")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", SMALL, "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        ground.tell("store-loss, NAS full: not rehearsed, this account may not mount a small file system")
        return []
    try:
        ground.own_folder("store-loss/small")
        filler = folder / "filler"
        where = {"DATABASE_URL": only(node), "NAS_FOLDER": str(folder)}
        return [_lose(ground, "store-loss, NAS full", where, lambda: _fill(filler), filler.unlink)]
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return


def _lose(
    ground: Ground,
    title: str,
    where: dict[str, str],
    lose: Callable[[], None],
    bring_back: Callable[[], None],
) -> Outcome:
    """Apply, lose the store for a moment, go on applying, then read every document."""
    ground.tell(title)
    book = Book(ground.own_folder("store-loss") / title.split()[-1])
    began_at = str(time.time())
    load = ground.begin("applying", str(book.path), str(PEOPLE), "documents", **where)
    more_in(ground, book)
    lose()
    lost_at = time.time()
    ground.until(lambda: time.time() > lost_at + LOSS_S, "the store is away")
    require(book.longest_silence_s(lost_at) < LOSS_S, "the load stood still before the loss")
    bring_back()
    more_in(ground, book)
    ground.end(load)
    steps = (("counting", str(book.path)), ("documents", "read", began_at))
    counts, documents = ground.inside(*steps, **where)
    counts["lost"] += documents["bad"]
    return Outcome(title, book.longest_silence_s(lost_at), **counts)
