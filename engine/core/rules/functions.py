"""Our own functions: their types for the check, their code for the run, and what may be called at all."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NamedTuple

from cel_expr_python import cel

from engine.core.rules import budget, dates, numbers

# our functions are not counted by CEL's budget, so they take short arguments only
TEXT_LIMIT = 5_000
LIST_LIMIT = 1_000
NO_ANSWERS = "no answers"
# CEL cannot take a lone surrogate, and ends a text at NUL
UNREADABLE = re.compile("[\x00\ud800-\udfff]")

_TYPE = cel.Type
DATE, TEXT, WHOLE, DECIMAL = _TYPE.TIMESTAMP, _TYPE.STRING, _TYPE.INT, _TYPE.DOUBLE


class Overload(NamedTuple):
    """One way to call a function."""

    id: str
    returns: Any
    takes: list[Any]
    run: Callable[..., Any]


def fold(text: str) -> str:
    """Text without capitals and accents, for comparing."""
    if len(text) > TEXT_LIMIT:
        raise ValueError("fold takes at most 5,000 characters")
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _some(values: Sequence[Any]) -> Sequence[Any]:
    if not values:
        raise ValueError(NO_ANSWERS)
    return _few(values)


def _few(values: Sequence[Any]) -> Sequence[Any]:
    if len(values) > LIST_LIMIT:
        raise ValueError("a list is too long")
    return values


def _of_lists(name: str, run: Callable[[Sequence[Any]], Any]) -> list[Overload]:
    return [
        Overload(f"{name}_whole", WHOLE, [_TYPE.List(WHOLE)], run),
        Overload(f"{name}_decimal", DECIMAL, [_TYPE.List(DECIMAL)], run),
    ]


def _sum(values: Sequence[Any]) -> Any:
    return numbers.total(values) if any(isinstance(v, float) for v in _few(values)) else sum(values)


def no_answers() -> None:
    """The end of a loop that met no answer."""
    raise ValueError(NO_ANSWERS)


OWN: dict[str, list[Overload]] = {
    "date": [Overload("date_written", DATE, [TEXT], dates.written)],
    "yearsBefore": [Overload("years_before", DATE, [DATE, WHOLE], dates.years_before)],
    "monthsBefore": [Overload("months_before", DATE, [DATE, WHOLE], dates.months_before)],
    "daysBefore": [Overload("days_before", DATE, [DATE, WHOLE], dates.days_before)],
    "workingDaysBefore": [Overload("working_days_before", DATE, [DATE, WHOLE], dates.working_days_before)],
    "age": [Overload("age_on", WHOLE, [DATE, DATE], dates.age)],
    "fold": [Overload("fold_text", TEXT, [TEXT], fold)],
    "roundTo": [Overload("round_to", DECIMAL, [DECIMAL, WHOLE], numbers.round_to)],
    "sum": _of_lists("sum", _sum),
    "lowest": _of_lists("lowest", lambda values: min(_some(values))),
    "highest": _of_lists("highest", lambda values: max(_some(values))),
}
# only the rewritten tree calls these; a rule that names one is refused by the check
RUN_ONLY = {
    "decimal_add": Overload("decimal_add", DECIMAL, [DECIMAL, DECIMAL], numbers.add),
    "decimal_subtract": Overload("decimal_subtract", DECIMAL, [DECIMAL, DECIMAL], numbers.subtract),
    "decimal_multiply": Overload("decimal_multiply", DECIMAL, [DECIMAL, DECIMAL], numbers.multiply),
    "decimal_divide": Overload("decimal_divide", DECIMAL, [DECIMAL, DECIMAL], numbers.divide),
    "in_time": Overload("in_time", _TYPE.BOOL, [], budget.in_time),
    "may_match": Overload("may_match", _TYPE.BOOL, [TEXT, WHOLE], budget.may_match),
    "no_answers": Overload("no_answers", _TYPE.DYN, [], no_answers),
}
SIGNATURES = {
    "date": 'date("2026-03-01")',
    "yearsBefore": "yearsBefore(today, 18)",
    "monthsBefore": "monthsBefore(today, 6)",
    "daysBefore": "daysBefore(today, 30)",
    "workingDaysBefore": "workingDaysBefore(today, 5)",
    "age": "age(answers.born, today)",
    "fold": "fold(answers.town)",
    "roundTo": "roundTo(answers.fee, 2)",
    "sum": "sum(answers.items.map(i, i.price))",
    "lowest": "lowest(answers.items.map(i, i.price))",
    "highest": "highest(answers.items.map(i, i.price))",
    "size": "size(answers.items)",
    "contains": 'answers.town.contains("x")',
    "startsWith": 'answers.town.startsWith("x")',
    "endsWith": 'answers.town.endsWith("x")',
    "matches": 'answers.code.matches("^[0-9]+$")',
}
ALLOWED = frozenset(
    ["size", "contains", "startsWith", "endsWith", "matches", "trim", "lowerAscii", "string", "int", "double"]
    + ["getFullYear", "getMonth", "getDayOfMonth", "getDate", "getDayOfWeek", "getDayOfYear"]
    + [f"math.{name}" for name in ("@max", "@min", "ceil", "floor", "round", "trunc", "abs", "sign")]
    + list(OWN)
)


def for_checking() -> list[Any]:
    """Declarations with full types."""
    return [_declared(name, overloads) for name, overloads in OWN.items()]


def for_running() -> list[Any]:
    """Declarations for the untyped world, which sees only "list": one overload each, and the rewrites."""
    merged = {name: _merged(overloads) for name, overloads in OWN.items()}
    return [_declared(name, [overload]) for name, overload in (merged | RUN_ONLY).items()]


def run_overload(name: str) -> str:
    """The id of the one overload that a function of ours has in the untyped world."""
    return _merged(OWN[name]).id


def _merged(overloads: list[Overload]) -> Overload:
    first = overloads[0]
    return first if len(overloads) == 1 else first._replace(returns=_TYPE.DYN, takes=[_TYPE.LIST])


def _declared(name: str, overloads: list[Overload]) -> Any:
    made = [cel.Overload(one.id, one.returns, one.takes, impl=_careful(one.run)) for one in overloads]
    return cel.FunctionDecl(name, made)


def _careful(run: Callable[..., Any]) -> Callable[..., Any]:
    """Let no message of Python through: it could hold what a citizen answered."""

    @wraps(run)
    def careful(*args: Any) -> Any:
        budget.in_time()
        try:
            return run(*args)
        except ArithmeticError:
            raise ValueError("a number or date is out of range") from None

    return careful
