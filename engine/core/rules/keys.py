"""Which names a field may have, so that rules can speak of it."""

import re

from engine.core.rules.inputs import ROW_NUMBER

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
LONGEST = 100
RESERVED = frozenset({"in", "true", "false", "null"})
# names that rules give a meaning of their own
OURS = frozenset({ROW_NUMBER})


def check_key(name: str) -> str | None:
    """The sentence that says why a name cannot be used; None when it can."""
    if not KEY.fullmatch(name):
        return f'"{name}" cannot be a key: use the letters a to z, digits and _, and begin with a letter.'
    if len(name) > LONGEST:
        return f"A key has at most {LONGEST} characters."
    if name in RESERVED or name in OURS:
        return f'"{name}" cannot be a key: rules use this word. Write "{name}_" or another word.'
    return None
