"""What the folder of fixtures says: departments, people, packages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "fixtures"


@dataclass(frozen=True)
class Person:
    """One account of the demonstration."""

    name: str
    email: str
    language: str
    department: str = ""
    roles: tuple[str, ...] = ()
    born: str = ""
    national_id: str = ""


@cache
def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def departments() -> dict[str, dict[str, Any]]:
    """The columns of each department, by key."""
    return _read("departments.yaml")


def password() -> str:
    """The one password of everybody in the demonstration."""
    return str(_read("people.yaml")["password"])


def staff() -> list[Person]:
    """Everybody with a role, department by department."""
    found = []
    for department, people in _read("people.yaml")["staff"].items():
        found += [
            Person(entry["name"], entry["email"], entry["language"], department, tuple(entry["roles"]))
            for entry in people
        ]
    return found


def citizens() -> list[Person]:
    """Everybody who only applies."""
    return [Person(**entry) for entry in _read("people.yaml")["citizens"]]


def packages() -> list[tuple[str, str]]:
    """Department key and YAML text of each service."""
    files = sorted((FOLDER / "packages").glob("*/*.yaml"))
    return [(path.parent.name, path.read_text(encoding="utf-8")) for path in files]
