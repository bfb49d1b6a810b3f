"""What a step reaches beyond its own ways: the items of a list, another service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Through:
    """The list that a step goes through, and the step that is done for each of its items."""

    over: str
    body: str


@dataclass(frozen=True)
class Calls:
    """The service whose case a step opens, what it is told, and what is taken from it."""

    service: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
