"""The only door to CEL: compile, type-check, run, list what is read, explain."""

from engine.core.rules.comparisons import comparisons
from engine.core.rules.compiling import compile_rule
from engine.core.rules.constants import Constant, compares_with_constants, constants
from engine.core.rules.explain import Step
from engine.core.rules.facts import Facts, prepare
from engine.core.rules.keys import check_key
from engine.core.rules.outcome import Outcome, Value, WrongThread
from engine.core.rules.refusals import RuleRefused
from engine.core.rules.rule import Rule, Want
from engine.core.rules.schema import Group, Kind, Rows, Scalar, Schema

__all__ = [
    "Constant",
    "Facts",
    "Group",
    "Kind",
    "Outcome",
    "Rows",
    "Rule",
    "RuleRefused",
    "Scalar",
    "Schema",
    "Step",
    "Value",
    "Want",
    "WrongThread",
    "check_key",
    "compares_with_constants",
    "comparisons",
    "compile_rule",
    "constants",
    "prepare",
]
