"""Whether all letters have left, and how often each."""

from __future__ import annotations

from typing import Any

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only
from deploy.drills.ground import Ground
from deploy.drills.outcome import require
from deploy.embedded import product
from deploy.embedded.program import Program

ALL_DELIVERED_S = 400.0  # a task that died with Redis is due again after its lease of two minutes
WAITING = "SELECT count(*) FROM outbox_message WHERE state = 'pending' AND due_at < now() + interval '1 hour'"


def background(ground: Ground, title: str, settings: dict[str, str]) -> dict[str, Program]:
    """The product's own worker and relay."""
    folder = ground.own_folder(f"{title}/background")
    found = product.background(ground.account, {**ground.env, **settings, "LOG_LEVEL": "INFO"}, folder)
    wanted = {program.name: program for program in found if program.name in ("worker", "relay")}
    ground.supervisor.start(*wanted.values())
    return wanted


def delivered(ground: Ground, node: Node, book: Book, since: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Wait for every message; gives what was lost and doubled, letters included, and the letters."""
    ground.until(lambda: node.sql(WAITING) == "0", "every message is delivered", ALL_DELIVERED_S)
    steps = (("counting", str(book.path)), ("letters", str(since)))
    counts, letters = ground.inside(*steps, DATABASE_URL=only(node))
    require(letters["not_done"] == 0, f"{letters['not_done']} messages of the outbox were given up")
    counts["lost"] += letters["letters_not_sent"]
    counts["doubled"] += letters["letters_twice"]
    return counts, letters
