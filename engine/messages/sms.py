"""Text messages to phones: through a gateway over HTTPS, or into a folder while developing."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings

from engine.calls.client import Call, send
from engine.calls.secrets import secret
from engine.core.rehearsal import keep_inside

FOLDER = "folder:"
TOKEN = "sms"  # noqa: S105 - the name of the secret of a department
_NUMBER = re.compile(r"\+?[0-9]{5,15}")
# what fits seven bits (GSM 03.38), and what takes two of them; anything else makes all signs 16 bits wide
_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")


class NoGateway(Exception):
    """This installation sends no text messages."""

    code, again = "no_gateway", False


class NoNumber(Exception):
    """What was given is no number of a phone."""

    code, again = "no_number", False


def parts_of(text: str) -> int:
    """How many messages the text takes: 160 signs or 70, and in several 153 or 67 each."""
    if set(text) <= _PLAIN | _DOUBLE:
        length, alone, each = len(text) + sum(sign in _DOUBLE for sign in text), 160, 153
    else:
        length, alone, each = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // each)


def number_of(text: str) -> str:
    """The number as gateways take it; raises NoNumber."""
    number = re.sub(r"[\s()./-]", "", text)
    if not _NUMBER.fullmatch(number):
        raise NoNumber
    return number


def send_sms(*, number: str, text: str, department: str, key: str) -> None:
    """Send one message; the same key is one message for the gateway. Raises CallFailed and NoGateway."""
    keep_inside("a phone")
    gateway = settings.SMS_GATEWAY
    if not gateway:
        raise NoGateway
    if gateway.startswith(FOLDER):
        _write(Path(gateway.removeprefix(FOLDER)), number, text, key)
        return
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Authorization": f"Bearer {secret(department, TOKEN)}",
    }
    send(Call("POST", gateway, headers, json.dumps({"to": number, "text": text}).encode()))


def _write(folder: Path, number: str, text: str, key: str) -> None:
    """One file for one key, so that a repetition leaves no second one."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(key.encode()).hexdigest()[:20]
    (folder / f"{name}.txt").write_text(f"To: {number}\n\n{text}\n", encoding="utf-8")
