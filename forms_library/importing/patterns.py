"""Patterns of other systems: there a part of the text may match, here the whole text must."""

from forms_library.importing.source import Node


def whole_pattern(node: Node, key: str) -> str:
    """The pattern for the whole text; named where it had to be changed."""
    pattern = node.text(key)
    before = "" if pattern.startswith("^") else ".*"
    after = "" if pattern.endswith("$") and not pattern.endswith("\\$") else ".*"
    if not before and not after:
        return pattern
    sentence = "This pattern may match a part of the text there; here it is written for the whole text."
    node.report.changed((*node.path, key), "pattern", sentence)
    return f"{before}(?:{pattern}){after}"
