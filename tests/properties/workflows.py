"""Random workflows: built of blocks, so that they are right; and damaged, so that most of them are not."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from tests.workflows.steps import end, join, parallel, pause, start, task

Nodes = list[dict[str, Any]]
ENDS = ("done", "refused", "over")


class Builder:
    """Makes pieces of a workflow, each entered at one step and left to one other."""

    def __init__(self, random: Random, most: int) -> None:
        self.random, self.left, self.made = random, most, 0
        self.nodes: Nodes = []

    def key(self, kind: str) -> str:
        """A new key."""
        self.left -= 1
        self.made += 1
        return f"{kind}_{self.made}"

    def add(self, node: dict[str, Any]) -> str:
        """Put a step in, and give its key."""
        self.nodes.append(node)
        return str(node["key"])

    def piece(self, after: str, depth: int, *, inside: bool) -> str:
        """Something that leads to `after`; inside of a split its path may also end alone. Gives its entry."""
        kinds = ["task", "task", "wait", "choose", "back", "loop", "sequence", "refuse", "late", "silence"]
        if depth > 0 and self.left > 8:
            kinds += ["parallel", "parallel", "inclusive", "race", "enough", "events"]
        if inside:
            kinds.append("may_end")
        if self.left <= 0:
            kinds = ["task"]
        entry: str = getattr(self, self.random.choice(kinds))(after, depth, inside)
        return entry

    def sequence(self, after: str, depth: int, inside: bool) -> str:
        """Two pieces behind each other."""
        return self.piece(self.piece(after, depth, inside=inside), depth, inside=inside)

    def task(self, after: str, depth: int, inside: bool) -> str:
        """A step of a clerk."""
        return self.add(task(self.key("task"), after))

    def wait(self, after: str, depth: int, inside: bool) -> str:
        """A rest."""
        return self.add(pause(self.key("wait"), after))

    def choose(self, after: str, depth: int, inside: bool) -> str:
        """The answers decide between two pieces."""
        ways = [self.piece(after, depth, inside=inside), self.piece(after, depth, inside=inside)]
        branches = [{"when": self.rule(), "to": ways[0]}]
        return self.add(
            {"key": self.key("choose"), "type": "decision", "branches": branches, "otherwise": ways[1]}
        )

    def rule(self) -> str:
        """A condition on the answers."""
        return f"answers.amount > {self.random.randrange(100)}.0"

    def back(self, after: str, depth: int, inside: bool) -> str:
        """A clerk can have a piece done again."""
        key = self.key("back")
        first = self.piece(key, depth, inside=inside)
        self.add(task(key, on=after, again=first))
        return first

    def loop(self, after: str, depth: int, inside: bool) -> str:
        """A piece is done again, at most so often."""
        key = self.key("loop")
        first = self.piece(key, depth, inside=inside)
        most = self.random.randint(1, 2)
        self.add({"key": key, "type": "loop_back", "again": first, "at_most": most, "next": after})
        return first

    def refuse(self, after: str, depth: int, inside: bool) -> str:
        """A clerk can end the case."""
        return self.add(task(self.key("refuse"), on=after, no="refused"))

    def may_end(self, after: str, depth: int, inside: bool) -> str:
        """A clerk can end this path."""
        return self.add(task(self.key("may_end"), on=after, enough="over"))

    def silence(self, after: str, depth: int, inside: bool) -> str:
        """Nobody may decide in time."""
        key = self.add(task(self.key("heard"), on=after, no="refused"))
        tacit = {"key": self.key("silence"), "type": "silence", "on": key, "outcome": "on"}
        self.add({**tacit, "after": {"days": 3}})
        return key

    def late(self, after: str, depth: int, inside: bool) -> str:
        """A step with a deadline that leaves it, or begins a path beside it."""
        key = self.add(task(self.key("late"), after))
        leaves = self.random.random() < 0.5
        after_it = self.piece(after, 0, inside=inside) if leaves else "over"
        deadline = {"key": self.key("deadline"), "type": "deadline", "on": key, "after": {"days": 2}}
        self.add({**deadline, "interrupting": leaves, "next": after_it})
        return key

    def events(self, after: str, depth: int, inside: bool) -> str:
        """What happens first decides."""
        waits = [self.wait(self.piece(after, depth - 1, inside=inside), depth, inside) for _ in range(2)]
        events = [{"to": wait} for wait in waits]
        return self.add({"key": self.key("events"), "type": "event_based", "events": events})

    def parallel(self, after: str, depth: int, inside: bool) -> str:
        """All of some pieces; one of them comes for sure, so that the others may end."""
        together = self.add(join(self.key("join"), after))
        return self.add(parallel(self.key("split"), *self._ways(together, depth)))

    def race(self, after: str, depth: int, inside: bool) -> str:
        """The first of some pieces."""
        race = self.add({"key": self.key("race"), "type": "first_wins", "next": after})
        return self.add(parallel(self.key("split"), *self._ways(race, depth)))

    def enough(self, after: str, depth: int, inside: bool) -> str:
        """So many of some pieces, else another piece."""
        other = self.piece(after, depth - 1, inside=inside)
        enough = self.key("enough")
        ways = [self.piece(enough, depth - 1, inside=True) for _ in range(3)]
        self.add(join(enough, after, needs=self.random.randint(1, 3), otherwise=other))
        return self.add(parallel(self.key("split"), *ways))

    def inclusive(self, after: str, depth: int, inside: bool) -> str:
        """Those pieces that apply."""
        together = self.add(join(self.key("join"), after))
        ways = [self.piece(together, depth - 1, inside=False) for _ in range(3)]
        branches = [{"when": self.rule(), "to": way} for way in ways[:2]]
        return self.add(
            {"key": self.key("which"), "type": "inclusive", "branches": branches, "otherwise": ways[2]}
        )

    def _ways(self, together: str, depth: int) -> list[str]:
        many = self.random.randint(1, 2)
        sure = self.piece(together, depth - 1, inside=False)
        return [sure, *(self.piece(together, depth - 1, inside=True) for _ in range(many))]


def built(random: Random, most: int = 20) -> Nodes:
    """The steps of a right workflow."""
    builder = Builder(random, most)
    entry = builder.piece("done", 2, inside=False)
    return finished([start(entry), *reversed(builder.nodes)])


def finished(nodes: Nodes) -> Nodes:
    """The steps with the ends that they lead to."""
    ends = [end("done", "approved"), end("refused", "refused"), end("over")]
    led_to = {to for node in nodes for to in leads(node)}
    return [*nodes, *(each for each in ends if each["key"] in led_to)]


def damaged(random: Random, nodes: Nodes, most: int = 3) -> Nodes:
    """The steps with a few links that lead elsewhere, and joins that need more or fewer."""
    found = copy.deepcopy([node for node in nodes if node["type"] != "end"])
    keys = [str(node["key"]) for node in found if node["type"] not in ("start", "deadline", "silence")]
    for _ in range(random.randint(1, most)):
        node = random.choice(found)
        if node["type"] == "join" and random.random() < 0.5:
            node["needs"] = random.randint(1, 4)
            node.pop("otherwise", None)
        else:
            places = list(slots(node))
            if places:
                holder, word = random.choice(places)
                holder[word] = random.choice([*keys, *ENDS])
    return finished(found)


def slots(node: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Where the links of a step are written."""
    plain = [(node, word) for word in ("next", "otherwise", "again") if isinstance(node.get(word), str)]
    outcomes = [(outcome, "next") for outcome in node.get("outcomes", ())]
    ways = [(way, "to") for word in ("branches", "events") for way in node.get(word, ())]
    return [*plain, *outcomes, *ways]


def leads(node: dict[str, Any]) -> list[str]:
    """Where a step leads."""
    return [holder[word] for holder, word in slots(node)]
