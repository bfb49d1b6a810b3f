"""Signed messages between machines, out and in, by the Standard Webhooks specification (HMAC-SHA256)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
VERSION = "v1"
TOLERANCE = timedelta(minutes=5)
PREFIX = "whsec_"


class NotSigned(Exception):
    """A message that is not signed with the secret, or too old to be believed."""


def signed_headers(secret: str, message_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """The headers that sign a body; `at_s` is the moment in seconds since 1970."""
    signature = base64.b64encode(_digest(secret, message_id, str(at_s), body)).decode()
    return {ID: message_id, TIMESTAMP: str(at_s), SIGNATURE: f"{VERSION},{signature}"}


def check_signature(secret: str, headers: Mapping[str, str], now_s: float, body: bytes) -> str:
    """The id of a message signed with this secret in the last five minutes; raises NotSigned."""
    message_id, stamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not message_id or not stamp.isdigit() or len(stamp) > 15:
        raise NotSigned("headers")
    if abs(now_s - int(stamp)) > TOLERANCE.total_seconds():
        raise NotSigned("time")
    expected = _digest(secret, message_id, stamp, body)
    if not any(hmac.compare_digest(expected, given) for given in _given(headers.get(SIGNATURE, ""))):
        raise NotSigned("signature")
    return message_id


def _given(header: str) -> list[bytes]:
    """The signatures of our version; while a secret is changed there may be several."""
    found = []
    for part in header.split()[:10]:
        version, _, text = part.partition(",")
        if version == VERSION:
            try:
                found.append(base64.b64decode(text, validate=True))
            except (binascii.Error, ValueError):
                continue
    return found


def _digest(secret: str, message_id: str, stamp: str, body: bytes) -> bytes:
    signed = b".".join([message_id.encode(), stamp.encode(), body])
    return hmac.new(_key(secret), signed, hashlib.sha256).digest()


def _key(secret: str) -> bytes:
    """The bytes of a secret: base64 behind `whsec_`, otherwise its text."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            pass
    return secret.encode()
