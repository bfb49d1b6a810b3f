"""The amount that decides how many levels are asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.core.problems import Problems
from engine.core.rules import Rule, RuleRefused, Schema, compile_rule


def amount_rule(text: str, schema: Schema) -> Rule:
    """The rule that works the amount out."""
    return compile_rule(text, schema, None)


def check_amount(text: str, schema: Schema, problems: Problems) -> None:
    """Note what is wrong with the rule; it must give a number."""
    try:
        rule = amount_rule(text, schema)
    except RuleRefused as refused:
        problems.mend("rule", refused.sentence)
        return
    if rule.type not in ("integer", "decimal"):
        problems.mend("rule", "This must give a number, such as answers.amount.")


def amount_in(value: Any) -> Decimal | None:
    """A worked out amount; None where it is not known."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else None
