"""One call to another machine: allowed machines only, bounded in time and size, its failure classified."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings

from engine.calls.addresses import Allowed, NoSuchName, NotAllowed, path_of, pool_for
from engine.calls.breaker import Breaker
from engine.calls.failures import CallFailed, failure_of
from engine.core.rehearsal import keep_inside

MOST_BYTES = 1024 * 1024
PIECE = 16 * 1024


@dataclass(frozen=True)
class Call:
    """What is sent, and how long an answer may take; the body is bytes that are ready to send."""

    method: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    timeout_s: float = 10.0


@dataclass(frozen=True)
class Answer:
    """What came back; its body is at most a mebibyte."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON, None where it is empty; raises CallFailed where it is something else."""
        if not self.body.strip():
            return None
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise CallFailed("not_json", again=True) from None


def send(call: Call) -> Answer:
    """The answer of the other machine; raises CallFailed, which says whether another try may help."""
    keep_inside("other machines")
    parts = urlsplit(call.address)
    breaker = Breaker(f"{parts.scheme}://{parts.netloc}")
    if breaker.is_open:
        raise CallFailed("resting", again=True, after_s=breaker.rest_s)
    try:
        answer = _sent(call)
    except CallFailed as failed:
        if failed.again and failed.code != "http_429":
            breaker.failed()
        raise
    breaker.succeeded()
    return answer


def _sent(call: Call) -> Answer:
    parts = urlsplit(call.address)
    allowed = Allowed(settings.CALL_HOSTS, settings.CALL_PRIVATE_ADDRESSES, "CALL_HOSTS")
    try:
        with pool_for(parts, allowed, call.timeout_s) as pool:
            response = pool.request(
                call.method,
                path_of(parts),
                body=call.body,
                headers={"Host": parts.netloc, "User-Agent": "Caseway", **call.headers},
                redirect=False,
                preload_content=False,
            )
            return _answer(response, call.timeout_s)
    except NotAllowed:
        raise CallFailed("not_allowed", again=False) from None
    except NoSuchName:
        raise CallFailed("no_such_name", again=True) from None
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        raise CallFailed(f"away_{type(error).__name__}", again=True) from None


def _answer(response: urllib3.BaseHTTPResponse, timeout_s: float) -> Answer:
    failed = failure_of(response.status, response.headers.get("Retry-After"))
    if failed is not None:
        raise failed
    return Answer(response.status, dict(response.headers), _body(response, timeout_s))


def _body(response: urllib3.BaseHTTPResponse, timeout_s: float) -> bytes:
    """The whole answer, in time: a machine that sends a byte now and then is down as well."""
    end, body = time.monotonic() + timeout_s, bytearray()
    while piece := response.read1(PIECE, decode_content=False):
        body += piece
        if len(body) > MOST_BYTES:
            raise CallFailed("too_long", again=False)
        if time.monotonic() > end:
            raise CallFailed("too_slow", again=True)
    return bytes(body)
