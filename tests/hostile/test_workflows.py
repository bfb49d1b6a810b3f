"""Hostile workflows are refused with their reason, or checked, within 512 MB and 10 seconds."""

import pytest

from tests.hostile.workflows import CASES
from tests.limits import Measured, measured

# a part of what is said; "taken" for what is large and right
SAID = {
    "50,000 steps in YAML": "too many parts",
    "50,000 steps": "at most 2000, and has 50002",
    "1,900 splits of 50 ways": "at most 5,000 ways out, and have 95,001",
    "splits that cross": "",
    "a few splits that cross": "",
    "splits 900 deep": "At most 8 can",
    "a circle of 1,900 conditions": "run round for ever",
    "4,800 rules": "taken",
    "600 rules about 600 steps": "before it comes here",
    "1,900 deadlines on a step": "taken",
    "1,900 steps without an end": "can never come to an end",
}


@pytest.fixture(scope="module")
def became() -> dict[str, Measured]:
    """What each workflow became, and its cost."""
    found = measured("tests.hostile.workflows:take", CASES, megabytes=512, seconds=10)
    for name, one in found.items():
        print(f"{name}: {one.said[:160]}; {one.seconds:.2f} s, {one.megabytes:.0f} MB")  # noqa: T201
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_workflow_is_refused_or_checked_in_time(name: str, became: dict[str, Measured]) -> None:
    assert SAID[name] in became[name].said
    assert became[name].said.startswith(("refused: ", "taken"))
