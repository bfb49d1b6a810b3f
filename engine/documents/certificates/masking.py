"""Showing that a name is the right one without giving it away."""

from __future__ import annotations

import re
import unicodedata

DOT = "•"


def masked(name: str) -> str:
    """The first letter of each word, dots for the rest: "Leila Haddad" becomes "L•••• H•••••"."""
    return " ".join(_masked_word(word) for word in unicodedata.normalize("NFC", name).split())[:200]


def _masked_word(word: str) -> str:
    letters = re.findall(r"\w[^\w]*", word) or [word]
    plain = [each[0] for each in letters if not unicodedata.combining(each[0])]
    return plain[0] + DOT * min(len(plain) - 1, 12) if plain else DOT
