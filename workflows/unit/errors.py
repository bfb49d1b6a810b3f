"""What can go wrong when the writes of a transition are sent."""

from __future__ import annotations


class Conflict(Exception):
    """A row that was to be changed is gone."""


class Unresolvable(Exception):
    """The service version or the step that a row refers to cannot be found."""
