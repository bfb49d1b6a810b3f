"""The names of inputs in rows: children-0-age is "age" in the first row of "children"."""

from collections.abc import Iterable
from typing import Any

from django.utils.datastructures import MultiValueDict

# a hidden input of each row, so that a row in which nothing is ticked is not lost; no key begins like this
ROW = "_"
ADD, REMOVE = "add", "remove"
# sent of a row about which a person is asked first whether it is to go: all rows stay as they are
STAY = "_stay"
# words that the names of our own inputs end with
TAKEN_IN_ROWS = frozenset({REMOVE})
LONGEST_NUMBER = 4


def in_group(data: MultiValueDict[str, Any], key: str) -> MultiValueDict[str, Any]:
    """What was sent for the questions of a group, by their own names."""
    prefix = f"{key}-"
    return MultiValueDict(
        {name.removeprefix(prefix): data.getlist(name) for name in data if name.startswith(prefix)}
    )


def in_rows(data: MultiValueDict[str, Any], key: str) -> dict[int, MultiValueDict[str, Any]]:
    """What was sent for each row, by its number; each name is looked at once."""
    prefix = f"{key}-"
    rows: dict[int, MultiValueDict[str, Any]] = {}
    for name in data:
        if not name.startswith(prefix):
            continue
        number, dash, own = name[len(prefix) :].partition("-")
        if dash and number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
            rows.setdefault(int(number), MultiValueDict()).setlist(own, data.getlist(name))
    return rows


def numbers(*sent: Iterable[int]) -> list[int]:
    """The numbers of all rows that were sent, in order."""
    return sorted({number for rows in sent for number in rows})
