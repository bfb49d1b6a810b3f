"""Why a call failed, and whether it is worth another try."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BUSY = frozenset({408, 425, 429})
LONGEST_REST_S = 3600.0


class CallFailed(Exception):
    """A call that brought nothing.

    `code` is a word for workflows and operators, and holds nothing about a person; `again` says whether a
    later try may help; `after_s` is how long the other side wants to be left alone, if it said so.
    """

    def __init__(self, code: str, *, again: bool, after_s: float | None = None) -> None:
        super().__init__(code)
        self.code, self.again, self.after_s = code, again, after_s


def failure_of(status: int, retry_after: str | None) -> CallFailed | None:
    """What an HTTP status means for the caller; None for success (RFC 9110, RFC 6585)."""
    if 200 <= status < 300:
        return None
    if status in BUSY or status >= 500:
        return CallFailed(f"http_{status}", again=True, after_s=rest_s(retry_after))
    return CallFailed(f"http_{status}", again=False)


def rest_s(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After header, at most an hour; None where it says nothing readable."""
    if not retry_after:
        return None
    try:
        seconds = float(retry_after) if retry_after.strip().isdigit() else _until(retry_after)
    except (TypeError, ValueError, OverflowError):
        return None
    return min(LONGEST_REST_S, max(0.0, seconds))


def _until(moment: str) -> float:
    then = parsedate_to_datetime(moment)
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return (aware - datetime.now(UTC)).total_seconds()
