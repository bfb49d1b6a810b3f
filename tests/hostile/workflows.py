"""Hostile workflows, each made when it is asked for; run by tests/limits.py."""

from collections.abc import Callable, Iterable
from typing import Any

from engine.core.problems import DefinitionRefused
from tests.hostile.packages import PACKAGE
from tests.workflows.steps import end, join, parallel, start, task
from workflows.services.package_text import read_package
from workflows.services.packages import checked

Nodes = Iterable[dict[str, Any]]


def take(name: str) -> str:
    """What becomes of a workflow: the reason of the refusal, or that it was taken."""
    try:
        CASES[name]()
    except DefinitionRefused as refused:
        return "refused: " + " | ".join(problem.sentence for problem in refused.problems.must_mend[:3])
    return "taken"


def _with(nodes: Nodes) -> None:
    package = read_package(PACKAGE.read_bytes())
    package["workflow"]["nodes"] = [start("s0"), *nodes, end("done", "approved")]
    package["workflow"]["start"] = "applied"
    package["certificates"], package["messages"] = {}, {}
    checked(package)


def _in_yaml() -> None:
    lines = "\n".join(f"  - {{key: s{n}, type: end}}" for n in range(50_000))
    text = PACKAGE.read_text().partition("workflow:")[0]
    checked(f"{text}workflow:\n  decide_within: {{days: 5}}\n  start: s0\n  nodes:\n{lines}\n")


def _all_to_all() -> Nodes:
    for number in range(1_900):
        ways = [{"to": f"s{(number + 1 + way) % 1_900}"} for way in range(50)]
        yield {"key": f"s{number}", "type": "parallel", "branches": ways}


def _crossing(many: int, ways: int) -> Nodes:
    for number in range(many):
        to = {f"s{(number * 7 + way * way + 1) % many}" for way in range(ways)} - {f"s{number}"}
        yield parallel(f"s{number}", *sorted(to), "done")


def _nested(deep: int) -> Nodes:
    for level in range(deep):
        yield parallel(f"s{level}", f"s{level + 1}", f"j{level}")
    yield task(f"s{deep}", f"j{deep - 1}")
    for level in range(deep):
        yield join(f"j{level}", f"j{level - 1}" if level else "done")


def _circle(many: int) -> Nodes:
    for number in range(many):
        branches = [{"when": "true", "to": f"s{(number + 1) % many}"}]
        yield {
            "key": f"s{number}",
            "type": "decision",
            "branches": branches,
            "otherwise": f"s{(number + 1) % many}",
        }


def _rules(many: int, ways: int) -> Nodes:
    for number in range(many):
        after = f"s{number + 1}" if number + 1 < many else "done"
        branches = [{"when": f"{number * ways + way} > {way}", "to": after} for way in range(ways)]
        yield {"key": f"s{number}", "type": "decision", "branches": branches, "otherwise": after}


def _reading(many: int) -> Nodes:
    for number in range(many):
        yield task(f"s{number}", yes=f"d{number}", no=f"d{number}")
        after = f"s{number + 1}" if number + 1 < many else "done"
        seen = f'work.s{(number * 37) % many}.outcome == "yes" || work.s{number}.outcome == "no"'
        yield {
            "key": f"d{number}",
            "type": "decision",
            "branches": [{"when": seen, "to": after}],
            "otherwise": after,
        }


def _deadlines(many: int) -> Nodes:
    yield task("s0", "done")
    for number in range(many):
        yield {"key": f"d{number}", "type": "deadline", "on": "s0", "after": {"days": 1}, "next": "path"}
    yield end("path")


def _lost() -> Nodes:
    for number in range(1_900):
        yield task(f"s{number}", one=f"s{(number * 3) % 1_900}", two=f"s{(number + 1) % 1_900}")


CASES: dict[str, Callable[[], None]] = {
    "50,000 steps in YAML": _in_yaml,
    "50,000 steps": lambda: _with(task(f"s{n}", f"s{n + 1}") for n in range(50_000)),
    "1,900 splits of 50 ways": lambda: _with(_all_to_all()),
    "splits that cross": lambda: _with(_crossing(900, 10)),
    "a few splits that cross": lambda: _with(_crossing(40, 39)),
    "splits 900 deep": lambda: _with(_nested(900)),
    "a circle of 1,900 conditions": lambda: _with(_circle(1_900)),
    "4,800 rules": lambda: _with(_rules(98, 49)),
    "600 rules about 600 steps": lambda: _with(_reading(600)),
    "1,900 deadlines on a step": lambda: _with(_deadlines(1_900)),
    "1,900 steps without an end": lambda: _with(_lost()),
}
