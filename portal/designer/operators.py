"""What a condition can ask of an answer: one table, by which rules are written and read.

`{p}` is the path, `{v}` and `{w}` are values, `{vs}` is a list of values. Labels are English here; their
translations stand in locale/*/LC_MESSAGES/settings.po.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Takes = Literal["nothing", "one", "two", "several", "rows"]
Value = Literal["", "answer", "text", "days", "years", "count"]
"""What the values are: of the kind of the answer itself, a text, or a number of something."""

TEXT, WHOLE, DECIMAL, YES_NO, DATE, CHOICES = "text", "integer", "decimal", "yes_no", "date", "choices"
GROUP, ROWS = "group", "rows"
NUMBERS = (WHOLE, DECIMAL)
SIMPLE = (TEXT, WHOLE, DECIMAL, DATE)


@dataclass(frozen=True)
class Operator:
    """One way to ask: its name, the kinds of answers it fits, and the rule that it becomes."""

    key: str
    label: str
    kinds: tuple[str, ...]
    template: str
    takes: Takes = "one"
    value: Value = "answer"

    @property
    def with_answers(self) -> bool:
        """Whether another answer can stand in the place of the value."""
        return self.takes == "one" and self.key != "shape"  # a pattern is never what somebody answers


OPERATORS: tuple[Operator, ...] = (
    Operator("is_yes", "is yes", (YES_NO,), "{p}", "nothing", ""),
    Operator("is_no", "is no", (YES_NO,), "!{p}", "nothing", ""),
    Operator("is", "is", SIMPLE, "{p} == {v}"),
    Operator("is_not", "is answered and is not", SIMPLE, "{p} != {v}"),
    Operator("is_not_or_empty", "is not, or is not answered", SIMPLE, "!has({p}) || {p} != {v}"),
    Operator("one_of", "is one of", (TEXT, WHOLE), "{p} in [{vs}]", "several"),
    Operator("none_of", "is none of", (TEXT, WHOLE), "!({p} in [{vs}])", "several"),
    Operator("less", "is less than", NUMBERS, "{p} < {v}"),
    Operator("at_most", "is at most", NUMBERS, "{p} <= {v}"),
    Operator("more", "is more than", NUMBERS, "{p} > {v}"),
    Operator("at_least", "is at least", NUMBERS, "{p} >= {v}"),
    Operator("between", "is between", (WHOLE, DECIMAL, DATE), "{p} >= {v} && {p} <= {w}", "two"),
    Operator("not_between", "is not between", (WHOLE, DECIMAL, DATE), "{p} < {v} || {p} > {w}", "two"),
    Operator("before", "is before", (DATE,), "{p} < {v}"),
    Operator("on_or_before", "is on or before", (DATE,), "{p} <= {v}"),
    Operator("after", "is after", (DATE,), "{p} > {v}"),
    Operator("on_or_after", "is on or after", (DATE,), "{p} >= {v}"),
    Operator("today", "is today", (DATE,), "{p} == today", "nothing", ""),
    Operator("in_past", "is in the past", (DATE,), "{p} < today", "nothing", ""),
    Operator("in_future", "is in the future", (DATE,), "{p} > today", "nothing", ""),
    Operator("years_ago", "is so many years ago or more", (DATE,),
             "{p} <= yearsBefore(today, {v})", "one", "years"),
    Operator("under_years_ago", "is less than so many years ago", (DATE,),
             "{p} > yearsBefore(today, {v})", "one", "years"),
    Operator("days_ago", "is so many days ago or more", (DATE,),
             "{p} <= daysBefore(today, {v})", "one", "days"),
    Operator("under_days_ago", "is less than so many days ago", (DATE,),
             "{p} > daysBefore(today, {v})", "one", "days"),
    Operator("contains", "contains", (TEXT,), "{p}.contains({v})", "one", "text"),
    Operator("contains_not", "does not contain", (TEXT,), "!{p}.contains({v})", "one", "text"),
    Operator("begins", "begins with", (TEXT,), "{p}.startsWith({v})", "one", "text"),
    Operator("begins_not", "does not begin with", (TEXT,), "!{p}.startsWith({v})", "one", "text"),
    Operator("ends", "ends with", (TEXT,), "{p}.endsWith({v})", "one", "text"),
    Operator("shape", "has the shape", (TEXT,), "{p}.matches({v})", "one", "text"),
    Operator("shorter", "is shorter than", (TEXT,), "size({p}) < {v}", "one", "count"),
    Operator("longer", "is longer than", (TEXT,), "size({p}) > {v}", "one", "count"),
    Operator("includes", "includes", (CHOICES,), "{v} in {p}", "one"),
    Operator("includes_not", "does not include", (CHOICES,), "!({v} in {p})", "one"),
    Operator("includes_any", "includes any of", (CHOICES,), "{p}.exists(x, x in [{vs}])", "several"),
    Operator("includes_none", "includes none of", (CHOICES,), "!{p}.exists(x, x in [{vs}])", "several"),
    Operator("includes_all", "includes all of", (CHOICES,), "[{vs}].all(x, x in {p})", "several"),
    Operator("some", "has any", (ROWS,), "size({p}) > 0", "nothing", ""),
    Operator("no_rows", "has none", (ROWS,), "size({p}) == 0", "nothing", ""),
    Operator("chosen_at_least", "has at least so many", (CHOICES, ROWS), "size({p}) >= {v}", "one", "count"),
    Operator("chosen_at_most", "has at most so many", (CHOICES, ROWS), "size({p}) <= {v}", "one", "count"),
    Operator("chosen_exactly", "has exactly so many", (CHOICES, ROWS), "size({p}) == {v}", "one", "count"),
    Operator("answered", "is answered", (*SIMPLE, YES_NO, CHOICES), "has({p})", "nothing", ""),
    Operator("not_answered", "is not answered", (*SIMPLE, YES_NO, CHOICES), "!has({p})", "nothing", ""),
    Operator("any_item", "any of them", (ROWS,), "{p}.exists({i}, {of})", "rows", ""),
    Operator("all_items", "all of them", (ROWS,), "size({p}) > 0 && {p}.all({i}, {of})", "rows", ""),
    Operator("no_item", "none of them", (ROWS,), "!{p}.exists({i}, {of})", "rows", ""),
)  # fmt: skip
WHICH = {"any": "any_item", "all": "all_items", "none": "no_item"}
BY_KEY = {operator.key: operator for operator in OPERATORS}


def operators_for(kind: str) -> list[str]:
    """The keys of what can be asked of a kind of answer."""
    return [operator.key for operator in OPERATORS if kind in operator.kinds]
