"""Registers that a form asks: which addresses may stand in it, and where in an answer a value is found."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from engine.lookups.client import PLACE


def usable(address: str) -> str:
    """The address, if a register can be asked by it; raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or PLACE in parts.netloc:
        raise ValueError("This must be a web address, like https://register.example.org/companies/{key}")
    if PLACE not in address:
        raise ValueError(f"The address must say with {PLACE} where the number goes")
    return address


RegisterAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(usable)]
ValuePath = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,9}$", max_length=200)
]


def host_of(address: str) -> str:
    """The machine that is asked."""
    return urlsplit(address).hostname or ""


def value_at(data: Any, path: str) -> Any:
    """What stands in the JSON of a register at "data.names.0"; None where nothing does."""
    for name in path.split("."):
        if isinstance(data, list) and re.fullmatch(r"[0-9]{1,4}", name) and int(name) < len(data):
            data = data[int(name)]
        elif isinstance(data, dict):
            data = data.get(name)
        else:
            return None
    return data
