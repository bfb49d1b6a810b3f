"""Registers as forms see them: answers are kept for a while, and one that is down is left in peace.

What is kept is about people. So it lies sealed in the cache, under a key that follows from the secret of the
installation and from the number that was typed: who reads the cache learns neither the number nor the answer.
"""

import hashlib
import hmac
import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache

from engine.core.rehearsal import rehearsal
from engine.core.sealing import KeyRing, SealingFailed, is_sealed, seal, unseal
from engine.lookups.client import Found, LookupAway, ask

logger = logging.getLogger(__name__)
# After so many failures in a row a register is not asked for a while.
FAILURES, REST_S = 3, 30
COUNTED_S = 60


def look_up(address: str, key: str) -> Found:
    """What the register says about the key; raises LookupAway when it cannot be asked."""
    if rehearsal() is not None:
        raise LookupAway("rehearsal")  # what is only tried out asks nobody, and keeps nothing
    name = _name(address, key)
    kept = _kept(name, address, key)
    if kept is not None:
        return Found(kept[0])
    if _value(_failures(address), 0) >= FAILURES:
        raise LookupAway("resting")
    try:
        found = ask(address, key)
    except LookupAway as away:
        _count(address)
        logger.warning("A register does not answer: %s", away)
        raise
    _keep(name, seal(_ring(address, key), [found.data], name), settings.LOOKUP_CACHE_S)
    return found


def _digest(purpose: str, address: str, key: str) -> bytes:
    """A hash that nobody makes without the secret: there are too few numbers for a plain one to hide them."""
    told = f"{purpose}\n{address}\n{key}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), told, hashlib.sha256)


def _name(address: str, key: str) -> str:
    return "lookup:" + _digest("name", address, key).hex()


def _ring(address: str, key: str) -> KeyRing:
    return KeyRing({"lookup": _digest("seal", address, key)}, "lookup")


def _failures(address: str) -> str:
    return "lookup-failures:" + hashlib.sha256(address.encode()).hexdigest()


def _kept(name: str, address: str, key: str) -> list[Any] | None:
    sealed = _value(name, None)
    if not is_sealed(sealed):
        return None
    try:
        kept = unseal(_ring(address, key), sealed, name)
    except SealingFailed:  # somebody wrote into the cache: the register is asked again
        return None
    return kept if isinstance(kept, list) and len(kept) == 1 else None


def _value(name: str, default: Any) -> Any:
    try:
        return cache.get(name, default)
    except Exception:  # a cache that is away costs speed, not answers
        logger.warning("The cache does not answer")
        return default


def _keep(name: str, value: Any, seconds: int) -> None:
    try:
        cache.set(name, value, seconds)
    except Exception:
        logger.warning("The cache does not answer")


def _count(address: str) -> None:
    name = _failures(address)
    failures = int(_value(name, 0)) + 1
    _keep(name, failures, REST_S if failures >= FAILURES else COUNTED_S)
