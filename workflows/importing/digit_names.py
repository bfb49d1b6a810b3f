"""Names of DIGIT become keys and words: PENDING_FOR_PAYMENT is read as "Pending for payment"."""

from __future__ import annotations

import re
from typing import Any

from forms_library.importing.names import plain
from forms_library.importing.source import clean

LONGEST = 60
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
ODD = re.compile(r"[^a-z0-9]+")


def name_of(value: Any) -> str:
    """A name as it is compared: without signs that cannot be stored, and without space around it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value)).strip()


def key_of(name: str, instead: str) -> str:
    """A key out of a name; names without a letter of ours get another."""
    key = ODD.sub("_", plain(_apart(name)).lower()).strip("_")
    if not key or not key[0].isalpha():
        key = f"{instead}_{key}".rstrip("_")
    return key[:LONGEST].rstrip("_")


def words_of(name: str) -> str:
    """A name as people read it."""
    lower = re.sub(r"[_\s]+", " ", _apart(name)).strip().lower()
    return lower[:1].upper() + lower[1:]


def _apart(name: str) -> str:
    """NewTL as New_TL; what is all in capitals stays together."""
    return name if name == name.upper() else CAMEL.sub("_", name)


class Keys:
    """Gives keys that are free, in the order in which they are asked for."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def free(self, name: str, instead: str) -> str:
        """A key of this name that nobody has yet."""
        key = key_of(name, instead)
        found, number = key, 1
        while found in self._taken:
            number += 1
            tail = f"_{number}"
            found = key[: LONGEST - len(tail)] + tail
        self._taken.add(found)
        return found
