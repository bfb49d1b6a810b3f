"""A site is left for another: read only, copied to the end, promoted, and documents come from the replica."""

from __future__ import annotations

import time
from typing import Any

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only, pair
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.postgres_failover import more_in
from deploy.embedded.s3 import ObjectStore

PEOPLE = 2
KNOWN_EVERYWHERE_S = 3.0  # every process looks at the switch at least every two seconds
TARGET_S = 900.0  # every page is read meanwhile; four hours is what was promised
READ_ONLY, FINE = 503, 200


def run(ground: Ground) -> list[Outcome]:
    """From a site with a NAS to one that has only the S3 in which the copies lie."""
    title = "site-switch"
    ground.tell(title)
    left, taken = pair(ground, title)
    bucket = ObjectStore(ground.own_folder(f"{title}/s3"), ground.account)
    store = bucket.program()
    ground.supervisor.start(store)
    old, new = _settings(ground, left, taken, bucket)
    book = Book(left.folder.parent / "book")
    load = ground.begin("applying", str(book.path), str(PEOPLE), "documents", **old)
    (signed_in,) = ground.inside(("visiting", "sign-in"), **old)
    look = ("visiting", "look", *signed_in["cookies"])
    more_in(ground, book)
    _become_read_only(ground, book, old)
    silent_since = time.time()
    _copy_everything(ground, look, old)
    ground.inside(("switching", "standbys"), **old)
    ground.end(load)
    _only_reads(*ground.inside(look, **new))  # its database still stands by
    left.stop()
    taken.promote()
    seen, _ = ground.inside(look, ("switching", "normal"), **new)  # the switch came along
    _only_reads(seen)
    load = ground.begin("applying", str(book.path), str(PEOPLE), "documents", **new)
    more_in(ground, book)
    ground.end(load)
    outcome = _counted(ground, title, book, silent_since, new)
    ground.end(store)
    left.remove()
    taken.remove()
    return [outcome]


def _settings(
    ground: Ground, left: Node, taken: Node, bucket: ObjectStore
) -> tuple[dict[str, str], dict[str, str]]:
    """What the pods of each site are given."""
    s3 = bucket.environment()
    replica = {f"REPLICA_{name}": value for name, value in s3.items()}
    nas = str(ground.own_folder("site-switch/nas"))
    gone = {"NAS_FOLDER": str(ground.folder / "no-nas-here"), "NAS_MUST_BE_MOUNTED": "true"}
    old = {"DATABASE_URL": only(left), "NAS_FOLDER": nas, **replica}
    return old, {"DATABASE_URL": only(taken), **gone, **replica, **s3, "DOCUMENTS_ONLY_TO": "s3"}


def _become_read_only(ground: Ground, book: Book, site: dict[str, str]) -> None:
    """Nothing is acknowledged any more once every process knows."""
    ground.inside(("switching", "read-only"), **site)
    known_at = time.monotonic() + KNOWN_EVERYWHERE_S
    ground.until(lambda: time.monotonic() > known_at, "every process knows")
    before, looked_at = book.count(), time.monotonic() + 1.0
    ground.until(lambda: time.monotonic() > looked_at, "a moment passes")
    require(book.count() == before, "applications are acknowledged by a site that can only be read")


def _only_reads(seen: dict[str, Any]) -> None:
    """Staff and citizens read, nobody writes, and the site is ready."""
    require(set(seen["read"]) == {FINE}, f"pages answer {seen['read']}")
    require(set(seen["written"]) == {READ_ONLY}, f"forms answer {seen['written']}")
    require(seen["ready"] == FINE, f"the site is not ready: {seen['ready']}")


def _copy_everything(ground: Ground, look: tuple[str, ...], site: dict[str, str]) -> None:
    """All documents reach the replica; a bit that is flipped there is found and mended."""
    copy, compare, flip = (("documents", what) for what in ("copy", "compare", "flip"))
    steps = (look, copy, compare, flip, compare, ("switching", "repair"), copy, compare)
    seen, copied, same, _, flipped, _, _, mended = ground.inside(*steps, **site)
    _only_reads(seen)
    require(copied["left"] == 0, "documents are not copied")
    require(same["same"] == 1, "the replica differs")
    require(flipped["same"] == 0, "a flipped bit is not found")
    require(mended["same"] == 1, "the replica is not mended")


def _counted(ground: Ground, title: str, book: Book, since: float, site: dict[str, str]) -> Outcome:
    counts, documents = ground.inside(("counting", str(book.path)), ("documents", "read"), **site)
    counts["lost"] += documents["bad"]
    notes = (
        f"{documents['good']} documents are served without the NAS; read only before and after the promotion",
    )
    silence_s = book.longest_silence_s(since)
    return Outcome(title, silence_s, **counts, within_s=TARGET_S, notes=notes)
