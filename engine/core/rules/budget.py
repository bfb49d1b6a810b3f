"""How long one rule may run. CEL bounds iterations, not time: loops, matches and our functions see the clock.

The clock is the processor time of the thread, so a rule that has to wait is not to blame.
"""

import re
import time
from contextvars import ContextVar

SECONDS = 0.025
# a match is not interrupted: so many characters times the size of the pattern take well below this time
MOST_WORK = 600_000
# a larger pattern takes too long to be made ready
MOST_STEPS = 2_000
TOO_LONG = "the rule takes too long"
NEVER = (float("inf"), float("inf"))
_ends: ContextVar[tuple[float, float]] = ContextVar("rule_ends", default=NEVER)
PART = re.compile(r"\\[pP]\{\^?\w+\}|\\.|\[(?:\\.|[^\]\\])*\]|\{(\d*),?(\d*)\}|.", re.DOTALL)
# classes of letters of all scripts, and characters of several bytes, are many steps each
WIDE, SEVERAL, SINGLE = 100, 4, 1


def begin() -> None:
    """A rule starts to run now."""
    _ends.set((time.perf_counter() + SECONDS, time.thread_time() + SECONDS))


def in_time() -> bool:
    """True while the rule may go on; raises when its time is over."""
    wall, processor = _ends.get()
    # the clock on the wall is much cheaper to read, and never behind
    if time.perf_counter() > wall and time.thread_time() > processor:
        raise ValueError(TOO_LONG)
    return True


def may_match(text: str, size: int) -> bool:
    """True when a text may be matched by a pattern of this size; raises when that is too much work."""
    if len(text) * size > MOST_WORK:
        raise ValueError("a text is too long for its pattern")
    return in_time()


def pattern_size(pattern: str) -> int:
    """About how many steps a pattern has when its repetitions are written out."""
    sizes, last = [0], 0
    for part in PART.finditer(pattern):
        match part[0]:
            case "(":
                sizes.append(0)
                continue
            case ")" if len(sizes) > 1:
                last = sizes.pop()
            case repeated if repeated.startswith("{") and part[1] is not None:
                count = max(int(part[2] or 0), int(part[1] or 0), 1)
                sizes[-1] += last * (count - 1)
                last *= count
                continue
            case "*" | "+" | "?" | "|" | "^" | "$":
                last = max(last, 1)
                continue
            case one:
                last = _steps(one)
        sizes[-1] += last
    return max(sum(sizes), 1)


def _steps(part: str) -> int:
    if "\\p" in part or "\\P" in part or part.startswith("[^"):
        return WIDE
    return SINGLE if part.isascii() and part != "." and not part.startswith("[") else SEVERAL
