"""JsonLogic becomes CEL, with the kinds of the answers that it reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from engine.core.rules import Kind
from forms_library.importing.conditions import (
    Cannot,
    Subject,
    among,
    answered,
    compare,
    either,
    every,
    firm,
    quoted,
)

SIGNS = {"==": "==", "===": "==", "!=": "!=", "!==": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
STEPS = ("yearsBefore", "monthsBefore", "daysBefore")
DEEPEST = 30
OVER_ITEMS = {"map", "filter", "reduce", "all", "some", "none"}
# what the old system knows without asking
STATIC = frozenset(
    ("today", "now", "current_year", "environment", "form_name", "form_id", "language_code", "submission_id",
     "auth", "auth_bsn", "auth_kvk", "auth_pseudo", "auth_type", "auth_context")
)  # fmt: skip
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOTHING: tuple[Any, ...] = (None, "", [])


class JsonLogic:
    """Translates rules that read the answers of one form."""

    def __init__(self, subjects: Mapping[str, Subject], others: Collection[str] = ()) -> None:
        # nothing can read a question without a name
        self._subjects = {name: subject for name, subject in subjects.items() if name}
        self._others = frozenset(others) - {""}
        self._negated = 0

    def condition(self, rule: Any, negated: bool = False) -> str:
        """The rule as a condition; raises Cannot.

        To be negated it is written so that it does not hold while there is no answer.
        """
        self._negated = int(negated)
        return self._truth(rule, 0)

    def _truth(self, rule: Any, depth: int) -> str:
        found = self._said(rule, depth)
        single = isinstance(rule, dict) and not {"and", "or", "!", "!!", "if", "?:"} & rule.keys()
        return firm(found) if self._negated and single else found

    def _said(self, rule: Any, depth: int) -> str:
        if depth > DEEPEST:
            raise Cannot("The rule is nested too deep.")
        if isinstance(rule, bool):
            return "true" if rule else "false"
        name, given = _operation(rule)
        if name == "var":
            return self._truthy(self._subject(given), negated=False)
        if name in ("and", "or"):
            parts = [self._truth(part, depth + 1) for part in given]
            if not parts:
                raise Cannot("The rule is empty.", "empty_condition", defect=True)
            return every(parts) if name == "and" else either(parts)
        if name in ("!", "!!"):
            return self._not(given, depth) if name == "!" else self._truth(_only(given), depth + 1)
        if name in SIGNS:
            return self._compared(SIGNS[name], given)
        if name == "in":
            return self._in(given)
        if name in ("if", "?:"):
            return self._if(given, depth)
        raise Cannot(f'The operation "{name[:40]}" is not known here.')

    def _if(self, given: list[Any], depth: int) -> str:
        if len(given) != 3:
            raise Cannot("A choice between more or fewer than two ways is not known here.")
        asked, then, other = (self._truth(part, depth + 1) for part in given)
        return f"(({asked}) ? ({then}) : ({other}))"

    def _not(self, given: list[Any], depth: int) -> str:
        inner = _only(given)
        if isinstance(inner, dict) and "var" in inner:
            return self._truthy(self._subject(_operation(inner)[1]), negated=True)
        self._negated += 1
        found = self._truth(inner, depth + 1)
        self._negated -= 1
        return f"!({found})"

    def _truthy(self, subject: Subject, negated: bool) -> str:
        """An answer alone: yes is true, a number when it is not 0, anything else when it was given."""
        if subject.kind == "yes_no":
            return f"(!has({subject.path}) || !{subject.path})" if negated else subject.path
        if subject.kind in ("integer", "decimal"):
            zero = "0" if subject.kind == "integer" else "0.0"
            return (
                f"(!has({subject.path}) || {subject.path} == {zero})"
                if negated
                else f"{subject.path} != {zero}"
            )
        return answered(subject, holds=not negated)

    def _compared(self, sign: str, given: list[Any]) -> str:
        if len(given) == 3 and sign in ("<", "<="):
            return f"({self._compared(sign, given[:2])}) && ({self._compared(sign, given[1:])})"
        if len(given) != 2:
            raise Cannot("A comparison has two sides.", "shape", defect=True)
        left, right = given
        if _subject_of(left) is None and _subject_of(right) is not None:
            left, right, sign = right, left, FLIPPED[sign]
        name = _subject_of(left)
        if name is None:
            return f"{self._value(left, None)} {sign} {self._value(right, None)}"
        subject, ticked = self._found(name)
        if ticked is not None:
            return among(subject, ticked, holds=(sign == "==") == _is_true(right))
        if right in NOTHING:
            if sign not in ("==", "!="):
                raise Cannot("An answer is compared with nothing.")
            return answered(subject, holds=sign == "!=")
        if isinstance(right, dict):
            written = self._value(right, subject.kind)
            if subject.kind != "date" and ("today" in written or "date(" in written):
                raise Cannot(
                    f'The answer "{subject.name[:80]}" is no date, and is compared with one.', "type"
                )
            return f"{subject.path} {sign} {written}"
        return compare(subject, sign, right)

    def _in(self, given: list[Any]) -> str:
        if len(given) != 2:
            raise Cannot("A search has two sides.", "shape", defect=True)
        what, where = given
        if (name := _subject_of(where)) is not None:
            return among(self._found(name)[0], what)
        if (name := _subject_of(what)) is not None and isinstance(where, list):
            subject = self._found(name)[0]
            return either([compare(subject, "==", one) for one in where]) or "false"
        raise Cannot("A text is searched in a way that is not known here.")

    def _value(self, value: Any, kind: Kind | None) -> str:
        """The other side of a comparison when it is worked out."""
        if isinstance(value, str):
            return f'date("{value[:10]}")' if kind == "date" and DAY.match(value) else quoted(value)
        if isinstance(value, bool | int | float):
            if isinstance(value, bool):
                return "true" if value else "false"
            return repr(float(value)) if kind == "decimal" else repr(value)
        name, given = _operation(value)
        if name == "var":
            return "today" if given[:1] in (["today"], ["now"]) else self._subject(given).path
        if name == "today":
            return "today"
        if name == "date":
            return self._value(_only(given), "date")
        if name in ("-", "+") and len(given) == 2:
            return self._moved(name, given, kind)
        raise Cannot(f'The operation "{name[:40]}" is not known here.')

    def _moved(self, sign: str, given: list[Any], kind: Kind | None) -> str:
        if not (isinstance(given[1], dict) and "rdelta" in given[1]):
            return f"({self._value(given[0], kind)} {sign} {self._value(given[1], kind)})"
        text, steps = self._value(given[0], "date"), given[1]["rdelta"]
        for step, function in zip(steps if isinstance(steps, list) else [steps], STEPS, strict=False):
            if not isinstance(step, int) or isinstance(step, bool):
                raise Cannot("A day is moved by something that is no whole number.")
            if step:
                text = f"{function}({text}, {step if sign == '-' else -step})"
        return text

    def unknown(self, rule: Any) -> set[str]:
        """The names that a rule reads and that there are not."""
        if isinstance(rule, list):
            return set().union(*(self.unknown(part) for part in rule))
        if not isinstance(rule, dict):
            return set()
        if OVER_ITEMS & rule.keys():  # inside, names are those of an item
            given = [part[0] for part in rule.values() if isinstance(part, list) and part]
            return self.unknown(given)
        named = rule.get("var")
        name = named[0] if isinstance(named, list) and named else named
        found = {name} if isinstance(name, str) and name and not self._is_known(name) else set()
        return found.union(*(self.unknown(part) for part in rule.values()))

    def _is_known(self, name: str) -> bool:
        known = (*self._subjects, *self._others)
        return name in known or name in STATIC or name.rpartition(".")[0] in known

    def _subject(self, given: list[Any]) -> Subject:
        name = given[0] if given else None
        if not isinstance(name, str) or not name:
            raise Cannot("The rule reads an answer without a name.", "shape", defect=True)
        return self._found(name)[0]

    def _found(self, name: str) -> tuple[Subject, str | None]:
        """The answer of this name; with the choice, when the name is that of one of several ticks."""
        if name in self._subjects:
            return self._subjects[name], None
        head, _, tail = name.rpartition(".")
        subject = self._subjects.get(head)
        if subject is not None and tail in subject.choices:
            return subject, tail
        if subject is not None and subject.choices:
            raise Cannot(f'The rule reads the choice "{tail[:80]}", which is none.', "unknown_choice", True)
        if subject is not None or name in self._others or name in STATIC or head in self._others:
            raise Cannot(f'The rule reads "{name[:80]}", which no question here asks for.', "not_asked")
        sentence = f'The rule reads "{name[:80]}", an answer that there is not.'
        raise Cannot(sentence, "unknown_field", defect=True)


def _operation(rule: Any) -> tuple[str, list[Any]]:
    if not isinstance(rule, dict) or len(rule) != 1:
        raise Cannot("A part of the rule is no operation.", "shape", defect=True)
    ((name, given),) = rule.items()
    return str(name), given if isinstance(given, list) else [given]


def _only(given: list[Any]) -> Any:
    if len(given) != 1:
        raise Cannot("An operation has one part too many.", "shape", defect=True)
    return given[0]


def _subject_of(part: Any) -> str | None:
    """The name of the answer that a side of a comparison reads; dates may be wrapped."""
    if not isinstance(part, dict) or len(part) != 1:
        return None
    ((name, given),) = part.items()
    inner = given[0] if isinstance(given, list) and given else given
    if name in ("date", "datetime"):
        return _subject_of(inner)
    return str(inner) if name == "var" and isinstance(inner, str) and inner not in ("today", "now") else None


def _is_true(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Cannot("A tick is compared with something that is neither true nor false.", "type", defect=True)


def is_day(value: Any) -> bool:
    """Whether a text is a day."""
    try:
        date.fromisoformat(str(value)[:10])
    except ValueError:
        return False
    return True
