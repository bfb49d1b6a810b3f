"""P10: how much longer a decision takes because of its audit row and its outbox row.

The same decision is made with both rows and with neither, in turns, each in one transaction of its own. What
counts is the time that the clerk waits: the median of all decisions, with the commit.
"""

from __future__ import annotations

import time
from statistics import median

from django.test.utils import override_settings

from engine.departments.models import Department, User
from tests.benchmarks.bench_transitions import Decide, claimed, ours, published
from tests.benchmarks.table import Row
from workflows.unit import open_item

ROUNDS, BATCH, MOST = 30, 20, 1.3


def alone(item_id: int, user: User) -> None:
    """The change of state, and nothing that tells of it."""
    with open_item(item_id) as activation:
        activation.decide(user, "done", reason="Everything is there", answers={"shelves": 3})


def waited(decide: Decide, items: list[int], user: User) -> list[float]:
    """Milliseconds that each decision took."""
    found = []
    for item in items:
        began = time.perf_counter()
        decide(item, user)
        found.append((time.perf_counter() - began) * 1000)
    return found


@override_settings(DEBUG=False)  # with it Django keeps a log of all statements
def run(quick: bool) -> list[Row]:
    """The row of P10."""
    user = User.objects.create_user("records@example.org", name="Records")
    department = Department.objects.create(key="records", title={"en": "Records"})
    version = published(department, user, 2)
    took: dict[Decide, list[float]] = {ours: [], alone: []}
    for decide in took:
        waited(decide, claimed(version, user, BATCH), user)  # flows are compiled, statements are planned
    for _ in range(3 if quick else ROUNDS):
        for decide, times in took.items():
            times += waited(decide, claimed(version, user, BATCH), user)
    whole, least = median(took[ours]), median(took[alone])
    ratio = whole / least
    return [
        Row(
            id="P10",
            what="a decision with its audit and outbox rows, median latency",
            measured=f"{whole:.2f} ms",
            floor=f"the change of state alone {least:.2f} ms",
            ratio=f"{ratio:.2f}x",
            target=f"<= {MOST}x",
            met=ratio <= MOST,
        )
    ]
