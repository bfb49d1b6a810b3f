"""JSON that another system sends: bounded, and refused with a sentence where it cannot be read."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

MOST_BYTES = 256 * 1024
DEEPEST = 40


class BodyRefused(Exception):
    """What was sent cannot be taken; the status and a sentence for the other side."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def raw_body(request: HttpRequest) -> bytes:
    """The bytes that were sent; raises BodyRefused."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise BodyRefused(413, f"A message has at most {MOST_BYTES} bytes.")
    return request.read(MOST_BYTES)


def read_json(body: bytes) -> Any:
    """What the bytes say; raises BodyRefused for anything that a database could not keep."""
    try:
        data = json.loads(body)
        json.dumps(data, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise BodyRefused(400, "Send JSON, encoded as UTF-8.") from None
    if _depth(data) > DEEPEST or "\\u0000" in json.dumps(data):
        raise BodyRefused(400, "This JSON is nested too deep, or holds a character that cannot be kept.")
    return data


def _depth(data: Any) -> int:
    depth, level = 0, [data]
    while level and depth <= DEEPEST:
        depth += 1
        inner = [list(part.values()) if isinstance(part, dict) else part for part in level]
        level = [each for part in inner if isinstance(part, list) for each in part]
    return depth
