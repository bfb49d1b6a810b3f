"""Which machines may be called: those on a list, and never one inside this network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult

import urllib3


class NotAllowed(Exception):
    """This machine is not to be called; the text names the machine only."""


class NoSuchName(Exception):
    """Nobody knows this machine now; the text names the machine only."""


@dataclass(frozen=True)
class Allowed:
    """The machines that an installation lets be called; private addresses only where it says so."""

    hosts: Collection[str]
    private: bool
    setting: str  # its name, for whoever has to change it


def pool_for(parts: SplitResult, allowed: Allowed, timeout_s: float) -> urllib3.HTTPConnectionPool:
    """A connection to the very address that was checked: a name may mean another one a moment later.

    Raises NotAllowed and NoSuchName.
    """
    host = parts.hostname or ""
    if host not in allowed.hosts or parts.scheme not in ("http", "https"):
        raise NotAllowed(f"{host}: not allowed by {allowed.setting}")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _checked_address(host, port, private=allowed.private)
    wait = urllib3.Timeout(connect=timeout_s / 2, read=timeout_s)
    if secure:
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=wait, retries=False, maxsize=1, assert_hostname=host, server_hostname=host
        )
    return urllib3.HTTPConnectionPool(address, port, timeout=wait, retries=False, maxsize=1)


def path_of(parts: SplitResult) -> str:
    """What is asked of the machine: the path with its query."""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _checked_address(host: str, port: int, *, private: bool) -> str:
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NoSuchName(f"{host}: no such name") from None
    if not private and not all(ipaddress.ip_address(ip).is_global for ip in found):
        raise NotAllowed(f"{host}: lies inside this network")
    return found[0]
