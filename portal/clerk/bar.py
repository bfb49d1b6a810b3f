"""The bar at the bottom of a case: what the reader may do about it now, or why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from workflows.selectors.actions import Actions, Choice

Kind = Literal[
    "none", "take", "decide", "with_other", "same_person", "applied", "changed", "voted", "on_hold"
]
ORDER = {"refuse": 0, "return": 1, "plain": 2, "primary": 3}
KEYS = {"refuse": "d", "return": "r", "primary": "a"}


@dataclass(frozen=True)
class Button:
    """One way to end the step; one that opens a page of its own ends with dots."""

    outcome: str
    label: str
    css: str
    shortcut: str
    opens: bool


@dataclass(frozen=True)
class Bar:
    """What the bar offers; nothing at all where the reader has nothing to do here."""

    kind: Kind
    buttons: list[Button] = field(default_factory=list)
    needs_reason: list[str] = field(default_factory=list)
    may_take: bool = False  # what is offered can be done at once, or taken first


def bar_of(actions: Actions) -> Bar:
    """The bar for these rights."""
    if actions.item_id is None or actions.step is None:
        return Bar("none")
    if actions.step.family != "person" and not actions.acts:
        return Bar("none")
    if actions.on_hold:
        return Bar("on_hold")
    if actions.duty:
        return Bar(actions.duty)
    if actions.done_by_you:
        return Bar("same_person")
    if actions.voted:
        return Bar("voted")
    if actions.may_claim and not actions.acts:
        return Bar("take")
    if actions.choices and (actions.is_mine or actions.acts):
        reasons = [choice.label for choice in actions.choices if choice.reason == "required"]
        return Bar("decide", buttons(actions.choices), reasons, actions.may_claim)
    return Bar("with_other") if actions.owner and actions.may_release else Bar("none")


def opens_page(choice: Choice) -> bool:
    """What goes back or ends the case is asked again on a page of its own."""
    return choice.asks_applicant or choice.style in {"refuse", "return"}


def buttons(choices: list[Choice]) -> list[Button]:
    """Refusing first, then the ways back, last the one primary."""
    ordered = sorted(choices, key=lambda choice: ORDER.get(choice.style, 2))
    primary = next((choice for choice in choices if choice.style == "primary"), None)
    used: set[str] = set()
    found = []
    for choice in ordered:
        shortcut = KEYS.get(choice.style, "") if choice.style != "primary" or choice is primary else ""
        shortcut = "" if shortcut in used else shortcut
        used.add(shortcut)
        css = "btn--bad" if choice.style == "refuse" else "btn--primary" if choice is primary else ""
        found.append(Button(choice.key, choice.label, css, shortcut, opens_page(choice)))
    return sorted(found, key=lambda button: button.css == "btn--primary")
