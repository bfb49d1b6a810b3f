"""What a step does with the tokens that come to it: how every kind describes its own part of the net.

The check at publishing puts the moves of all steps together and knows no kind by name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One thing that can happen to a token at a step; of several moves one happens.

    Without any of the marks the token goes on to the one step of `to`, or its path ends if there is none.
    """

    to: tuple[str, ...] = ()
    opens: bool = False  # each step of `to` gets a token; they run side by side until a join
    some: bool = False  # with `opens`: any part of `to`, but at least one
    closes: bool = False  # brings the tokens of a split together and goes on with one
    needs: int | None = None  # with `closes`: so many are enough, and the others are cancelled
    fewer: bool = False  # with `closes`: when too few can come any more
    inside: bool = False  # a path of its own begins at `to` while the token rests here; it ends by itself
    ends_case: bool = False  # the case is over, with all that is still open in it


@dataclass(frozen=True)
class Trigger:
    """What sets off a step that no link leads to."""

    host: str | None  # something at this step while a case is there; None: at any time of the case
    interrupting: bool  # what it is set on is left; otherwise a path beside it begins
