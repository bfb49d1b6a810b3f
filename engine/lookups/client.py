"""Asking a register over HTTP: only machines that the installation allows, briefly, and never the cluster."""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import urllib3
from django.conf import settings

from engine.calls.addresses import Allowed, NoSuchName, NotAllowed, path_of, pool_for

MOST_BYTES = 256 * 1024
PIECE = 16 * 1024
PLACE = "{key}"


class LookupAway(Exception):
    """The register does not answer now; the reason is for the log and holds nothing about a person."""


@dataclass(frozen=True)
class Found:
    """What a register said: JSON, or None when it knows nothing of this key."""

    data: Any


def ask(address: str, key: str) -> Found:
    """The answer of a register about a key; `{key}` in the address is where the key goes."""
    parts = urlsplit(address.replace(PLACE, quote(key, safe="")))
    allowed = Allowed(settings.LOOKUP_HOSTS, settings.LOOKUP_PRIVATE_ADDRESSES, "LOOKUP_HOSTS")
    try:
        with pool_for(parts, allowed, settings.LOOKUP_TIMEOUT_S) as pool:
            return _read(
                pool.request(
                    "GET",
                    path_of(parts),
                    headers={"Host": parts.netloc, "Accept": "application/json", "User-Agent": "Caseway"},
                    redirect=False,
                    preload_content=False,
                )
            )
    except (NotAllowed, NoSuchName) as refused:
        raise LookupAway(str(refused)) from None
    except urllib3.exceptions.HTTPError as error:
        raise LookupAway(f"{parts.hostname}: {type(error).__name__}") from None


def _read(response: urllib3.BaseHTTPResponse) -> Found:
    if response.status in (404, 410):
        return Found(None)
    if response.status != 200:
        raise LookupAway(f"status {response.status}")
    try:
        return Found(json.loads(_body(response)))
    except (ValueError, RecursionError):
        raise LookupAway("the answer is no JSON") from None


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """The whole answer, in time: a machine that sends a byte now and then is down as well."""
    end, body = time.monotonic() + settings.LOOKUP_TIMEOUT_S, bytearray()
    while piece := response.read1(PIECE, decode_content=True):
        body += piece
        if len(body) > MOST_BYTES:
            raise LookupAway("the answer is too long")
        if time.monotonic() > end:
            raise LookupAway("the answer is too slow")
    return bytes(body)
