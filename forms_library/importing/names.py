"""Foreign names become keys, each only once; the foreign name is kept beside as the origin."""

import re
import unicodedata

from engine.core.rules import check_key

ODD = re.compile(r"[^A-Za-z0-9_]+")
ODD_CHOICE = re.compile(r"[^A-Za-z0-9_.-]+")
LONGEST = 60
# names that the portal uses for inputs and addresses of its own
TAKEN = frozenset(
    {"main", "csrfmiddlewaretoken", "done", "check", "sent", "none", "other", "answers", "today"}
)


def plain(text: str) -> str:
    """The text in the letters a to z, as far as they can be told."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


class Keys:
    """Gives keys that are free; two foreign names never become the same key."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def field(self, name: str, instead: str = "field") -> str:
        """A key for a page or field."""
        key = ODD.sub("_", plain(name)).strip("_")[:LONGEST]
        if not key or not key[0].isalpha():
            key = f"{instead}_{key}".rstrip("_")[:LONGEST]
        if key in TAKEN or check_key(key):
            key = f"{key[: LONGEST - 1]}_"
        return self._free(key)

    def choice(self, value: str) -> str:
        """A key for a possible answer."""
        key = ODD_CHOICE.sub("-", plain(value)).strip("-_.")[:LONGEST]
        if not key:
            key = "choice"
        if key in ("none", "other"):
            key = f"{key}_"
        return self._free(key)

    def _free(self, key: str) -> str:
        found, number = key, 1
        while found.lower() in self._taken:
            number += 1
            tail = f"_{number}"
            found = key[: LONGEST - len(tail)] + tail
        self._taken.add(found.lower())
        return found
