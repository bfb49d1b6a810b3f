"""Patterns of other systems: there a part of the text may match, here the whole text must."""

import re

from forms_library.importing.source import Node

ANCHORED = re.compile(r"\^\(\?:(.*)\)\$", re.DOTALL)
PARTIAL = re.compile(r"\.\*\(\?:(.*)\)\.\*", re.DOTALL)


def whole_pattern(node: Node, key: str) -> str:
    """The pattern for the whole text; named where it had to be changed."""
    pattern = node.text(key)
    if _is_whole(pattern):
        return pattern
    found = ANCHORED.fullmatch(pattern)
    made = found[1] if found and _is_group(found[1]) else f".*(?:{pattern}).*"
    sentence = "This pattern is written for the whole text here; there it may match a part of it."
    node.report.changed((*node.path, key), "pattern", sentence)
    return made


def partial_pattern(pattern: str) -> str:
    """One of our patterns as those systems read it."""
    if _is_whole(pattern):
        return pattern
    found = PARTIAL.fullmatch(pattern)
    inner = found[1] if found and _is_group(found[1]) else ""
    return inner if inner and not _is_whole(inner) else f"^(?:{pattern})$"


def _is_whole(pattern: str) -> bool:
    ends = pattern.endswith("$") and not pattern.endswith("\\$")
    return pattern.startswith("^") and ends and not ANCHORED.fullmatch(pattern) and "|" not in pattern


def _is_group(inner: str) -> bool:
    """Whether brackets open and close in order, so that the outer pair belongs together."""
    depth = 0
    for sign in re.sub(r"\\.|\[[^\]]*\]", "", inner):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
