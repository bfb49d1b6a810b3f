"""What the bar of a case offers."""

from typing import Any

import pytest

from portal.clerk.bar import Bar, bar_of
from workflows.selectors.actions import Actions, Choice
from workflows.selectors.steps import Step

STEP = Step("check", "Check", "", "file-search", "person")


def choice(key: str, style: str, reason: str = "optional", *, asks: bool = False) -> Choice:
    return Choice(key, key.capitalize(), style, reason, asks)


def bar(**own: Any) -> Bar:
    return bar_of(Actions(item_id=1, step=STEP, **own))


def test_one_primary_stands_last_and_keys_go_to_one_button_each() -> None:
    choices = [
        choice("accept", "primary"),
        choice("shorten", "primary"),
        choice("hold", "plain"),
        choice("refuse", "refuse", "required"),
        choice("return", "return", asks=True),
    ]
    found = bar(is_mine=True, choices=choices)
    assert found.kind == "decide"
    assert [button.outcome for button in found.buttons] == ["refuse", "return", "hold", "shorten", "accept"]
    assert [button.shortcut for button in found.buttons] == ["d", "r", "", "", "a"]
    assert [button.outcome for button in found.buttons if button.css == "btn--primary"] == ["accept"]
    assert [button.outcome for button in found.buttons if button.opens] == ["refuse", "return"]
    assert found.needs_reason == ["Refuse"]


@pytest.mark.parametrize(
    ("own", "kind"),
    [
        ({"may_claim": True}, "take"),
        ({"done_by_you": "Check"}, "same_person"),
        ({"owner": "Karim", "may_release": True}, "with_other"),
        ({"owner": "Karim"}, "none"),
        ({}, "none"),
    ],
)
def test_without_a_decision_the_bar_says_what_else(own: dict[str, Any], kind: str) -> None:
    assert bar(**own).kind == kind


def test_a_case_without_open_work_has_no_bar() -> None:
    assert bar_of(Actions()).kind == "none"
