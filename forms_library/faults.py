"""Rules that fail when they run: noted, logged and told, without any answer."""

import logging
from collections.abc import Callable

from engine.core.rules import Facts, Outcome, Rule

log = logging.getLogger(__name__)
# called with the place and the text of each rule that fails; never with an answer
on_fault: list[Callable[[str, str], None]] = []


def run_noted(rule: Rule, facts: Facts, where: str, faults: dict[str, str] | None) -> Outcome:
    """Run a rule; a fault is logged, noted and told to who wants to know, without any answer."""
    found = rule.run(facts)
    if found.fault:
        log.warning("the rule at %s failed: %s", where, rule.source)
        if faults is not None:
            faults[where] = rule.source
        for tell in on_fault:
            tell(where, rule.source)
    return found
