"""Roles of DIGIT: the citizen is the applicant, systems are systems, the others are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from engine.departments.roles import Role
from workflows.importing.digit_names import Keys, words_of
from workflows.parts import APPLICANT, Who

EVERYBODY = "*"
CITIZENS = frozenset({"CITIZEN", "ANONYMOUS"})
SYSTEMS = re.compile(r"^(SYSTEM|SYSTEM_.*|.*_SYSTEM|AUTO_.*|INTERNAL_MICROSERVICE_ROLE|MICROSERVICE_.*)$")
RESERVED = (*(role.value for role in Role), APPLICANT)


def who_is(name: str) -> Who:
    """Whether a role is of the applicant, of another system or of staff."""
    if name.upper() in CITIZENS:
        return "applicant"
    return "system" if SYSTEMS.match(name.upper()) else "staff"


class Roles:
    """The roles of one workflow, with their keys."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = Keys(*RESERVED)
        self.known: dict[str, str] = {}
        for name in names:
            if name != EVERYBODY:
                self._make(name)
        if not self.known:
            self._make("CITIZEN")

    def _make(self, name: str) -> None:
        if name not in self.known:
            wanted = "applying_citizen" if name.upper() == "CITIZEN" else name
            self.known[name] = self._keys.free(wanted, "role")

    def keys(self, names: Iterable[str]) -> list[str]:
        """The keys of these roles; everybody is all of them."""
        named = list(dict.fromkeys(names))
        return list(self.known.values()) if EVERYBODY in named else [self.known[name] for name in named]

    def are(self, names: Iterable[str]) -> set[Who]:
        """Of whom these roles are."""
        named = list(names)
        return {who_is(name) for name in (self.known if EVERYBODY in named else named)}

    def written(self) -> dict[str, dict[str, Any]]:
        """The roles as a package makes them."""
        return {
            key: {
                "title": {"en": words_of(name)},
                "origin": name[:500],
                **({"who": who_is(name)} if who_is(name) != "staff" else {}),
            }
            for name, key in self.known.items()
        }
