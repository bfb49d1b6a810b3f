"""Values that are unreadable where they are stored: AES-GCM under a ring of keys, bound to their place.

A sealed value is JSON itself: {"~sealed": {"key": ..., "text": ..., "proof": ...}}. `key` names the key of
the ring. `text` is what AES-GCM made, with the place as associated data, so a value that is moved to another
case or field no longer opens. `proof` is the sha256 of a random salt, the place and the value; the salt lies
inside the sealed text. So the proof says nothing to who has no key, stays the same when the value is sealed
anew under another key, and shows when something else was sealed in its stead.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "~sealed"
NONCE, SALT, KEY = 12, 16, 32  # bytes
BLOCK = 64  # the length of a sealed text must not tell a yes from a no
KEY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


class SealingFailed(Exception):
    """A value can not be sealed or opened; says nothing about the value."""


class NoKeys(SealingFailed):
    """This installation has no key for sensitive answers."""

    def __init__(self) -> None:
        super().__init__("No key for sensitive answers is set (FIELD_KEYS).")


class UnknownKey(SealingFailed):
    """The key that sealed a value is not in the ring."""

    def __init__(self, key: str) -> None:
        super().__init__(f'A value was sealed with the key "{key[:40]}", which is not among FIELD_KEYS.')


class Broken(SealingFailed):
    """A sealed value was changed, moved, or sealed with another key of the same name."""

    def __init__(self, place: str) -> None:
        super().__init__(f"The sealed value at {place} was changed or moved, or its key is another one.")


@dataclass(frozen=True)
class KeyRing:
    """The keys by name; what is sealed now takes the current one."""

    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    current: str = ""

    def __bool__(self) -> bool:
        return bool(self.keys)

    def cipher(self, key: str) -> AESGCM:
        """The cipher of a key."""
        if not self.keys:
            raise NoKeys
        if key not in self.keys:
            raise UnknownKey(key)
        return AESGCM(self.keys[key])


@lru_cache(maxsize=8)
def key_ring(text: str) -> KeyRing:
    """The ring that "id:base64,id:base64" describes; the first key is the current one."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (each.strip() for each in text.replace("\n", ",").split(","))):
        name, _, secret = part.partition(":")
        if not KEY_ID.fullmatch(name) or name in keys:
            raise ValueError("FIELD_KEYS must be id:key,id:key with a different id for each key.")
        keys[name] = _secret(secret)
    return KeyRing(keys, next(iter(keys), ""))


def _secret(text: str) -> bytes:
    try:
        secret = base64.b64decode(text, validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY:
        raise ValueError(f"Each key of FIELD_KEYS must be {KEY} random bytes in base64.")
    return secret


def new_key(name: str) -> str:
    """A fresh key as it is written into FIELD_KEYS."""
    return f"{name}:{base64.b64encode(os.urandom(KEY)).decode()}"


def key_made_of(secret: str, name: str) -> str:
    """A key that follows from another secret; for developing only."""
    return f"{name}:{_letters(hashlib.sha256(secret.encode()).digest())}"


def is_sealed(value: Any) -> bool:
    """Whether this JSON value is a sealed one."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get(MARK), dict)


def key_of(sealed: Mapping[str, Any]) -> str:
    """The name of the key that sealed it."""
    return str(sealed[MARK].get("key", ""))


def seal(ring: KeyRing, value: Any, place: str, **beside: Any) -> dict[str, Any]:
    """The value sealed for this place; `beside` lies next to it and can be read by everybody."""
    written = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    return _sealed(ring, os.urandom(SALT), written, place, beside)


def unseal(ring: KeyRing, sealed: Mapping[str, Any], place: str) -> Any:
    """The value; raises SealingFailed where it can not be trusted."""
    _, written = _opened(ring, sealed, place)
    return json.loads(written)


def reseal(ring: KeyRing, sealed: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The same value under the current key; its proof and what lies beside stay as they are."""
    salt, written = _opened(ring, sealed, place)
    beside = {name: part for name, part in sealed[MARK].items() if name not in ("key", "text", "proof")}
    return _sealed(ring, salt, written, place, beside)


def _sealed(
    ring: KeyRing, salt: bytes, written: bytes, place: str, beside: Mapping[str, Any]
) -> dict[str, Any]:
    nonce, cipher = os.urandom(NONCE), ring.cipher(ring.current)
    padded = written + b" " * (-len(written) % BLOCK)  # JSON does not mind spaces behind it
    text = nonce + cipher.encrypt(nonce, salt + padded, place.encode())
    body = {"key": ring.current, "text": _letters(text), "proof": _letters(_proof(salt, written, place))}
    return {MARK: {**body, **beside}}


def _opened(ring: KeyRing, sealed: Mapping[str, Any], place: str) -> tuple[bytes, bytes]:
    cipher = ring.cipher(key_of(sealed))
    try:
        text = base64.b64decode(str(sealed[MARK]["text"]), validate=True)
        proof = base64.b64decode(str(sealed[MARK]["proof"]), validate=True)
        plain = cipher.decrypt(text[:NONCE], text[NONCE:], place.encode())
    except (InvalidTag, binascii.Error, KeyError, ValueError):
        raise Broken(place) from None
    salt, written = plain[:SALT], plain[SALT:].rstrip(b" ")
    if not hmac.compare_digest(proof, _proof(salt, written, place)):
        raise Broken(place)
    return salt, written


def _proof(salt: bytes, written: bytes, place: str) -> bytes:
    return hashlib.sha256(salt + place.encode() + b"\x00" + written).digest()


def _letters(data: bytes) -> str:
    return base64.b64encode(data).decode()
