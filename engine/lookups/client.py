"""Asking a register over HTTP: only machines that the installation allows, briefly, and never the cluster."""

import ipaddress
import json
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import urllib3
from django.conf import settings

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
    pool, path = _pool(parts), parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        with pool:
            return _read(
                pool.request(
                    "GET",
                    path or "/",
                    headers={"Host": parts.netloc, "Accept": "application/json", "User-Agent": "Caseway"},
                    redirect=False,
                    preload_content=False,
                )
            )
    except urllib3.exceptions.HTTPError as error:
        raise LookupAway(f"{parts.hostname}: {type(error).__name__}") from None


def _pool(parts: SplitResult) -> urllib3.HTTPConnectionPool:
    """A connection to the very address that was checked: a name may mean another one a moment later."""
    host = parts.hostname or ""
    if host not in settings.LOOKUP_HOSTS or parts.scheme not in ("http", "https"):
        raise LookupAway(f"{host}: not allowed by LOOKUP_HOSTS")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _public_address(host, port)
    wait = urllib3.Timeout(connect=settings.LOOKUP_TIMEOUT_S / 2, read=settings.LOOKUP_TIMEOUT_S)
    if secure:
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=wait, retries=False, maxsize=1, assert_hostname=host, server_hostname=host
        )
    return urllib3.HTTPConnectionPool(address, port, timeout=wait, retries=False, maxsize=1)


def _public_address(host: str, port: int) -> str:
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        raise LookupAway(f"{host}: no such name") from None
    if not settings.LOOKUP_PRIVATE_ADDRESSES and not all(ipaddress.ip_address(ip).is_global for ip in found):
        raise LookupAway(f"{host}: lies inside this network")
    return found[0]


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
