"""The code that opens the public page of a certificate: short enough to type, too many to guess."""

from __future__ import annotations

import re
import secrets

# no 0 O 1 I L U: what is read from paper is typed without mistakes; 30 signs, 8 places: 6.6e11 codes
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re.compile(rf"[{ALPHABET}]{{8}}")
_NUMBER = re.compile(r"[A-Z]{1,12}-\d{4}-\d{4,}")


def new_code() -> str:
    """A random code such as 7Q4K-M2XD."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def as_code(typed: str) -> str | None:
    """The code in what somebody typed, however they spaced it; None when it is none."""
    signs = re.sub(r"[\s\-\u2010-\u2015\u200e\u200f]", "", typed[:60]).upper()
    return f"{signs[:4]}-{signs[4:]}" if _CODE.fullmatch(signs) else None


def looks_like_number(typed: str) -> bool:
    """Whether somebody typed a certificate's number: numbers follow each other, so they open nothing."""
    return bool(_NUMBER.fullmatch(typed.strip()[:60].upper()))
