"""Patterns of a department, matched by RE2: linear in time, whatever is written in them."""

from engine.core.rules.world import WORLD, pattern_problem

LONGEST_PATTERN = 500


def problem_of(pattern: str) -> str | None:
    """Why a pattern cannot be used, in words; None when it can."""
    if len(pattern) > LONGEST_PATTERN:
        return f"a pattern has at most {LONGEST_PATTERN} characters"
    return pattern_problem(whole(pattern)) or pattern_problem(pattern)


def whole(pattern: str) -> str:
    """The pattern of the text from its first character to its last."""
    return f"^(?:{pattern})$"


_MATCHES = WORLD.compile("text.matches(pattern)", disable_check=True)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text has the form of the pattern."""
    return _MATCHES.eval(data={"text": text, "pattern": whole(pattern)}).plain_value() is True
