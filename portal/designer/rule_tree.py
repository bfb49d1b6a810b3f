"""Rules as trees and as text, both ways from the one table of operators.

A tree is `{"all": [...]}`, `{"any": [...]}`, `{"path", "operator", "value"}`, with `other` in place of the
value for another answer, for the rows of a group `{"items", "which", "of", "as"}`, or `{"text"}` for what no
operator says. Text is canonical CEL. Whatever is read is written again and compared: what does not come back
letter by letter stays a text, so nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from portal.designer.operators import BY_KEY, OPERATORS, WHICH, Operator
from portal.designer.rule_text import balanced, bracketed, joined, split

Tree = dict[str, Any]
Kinds = Mapping[str, str]
PATH = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
STRING = r'"(?:[^"\\]|\\.)*"'
LITERAL = rf"(?:date\({STRING}\)|{STRING}|-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)"
VARIABLES = ("i", "j", "k")
DEEPEST = 12
MOST_PARTS = 400


class BadTree(ValueError):
    """A tree that cannot be written as a rule; the message says why."""


def text_of(tree: Any, kinds: Kinds) -> str:
    """The rule of a tree; empty for an empty one. Raises BadTree."""
    return _Writer(kinds).text(tree, 0)


def tree_of(text: str, kinds: Kinds) -> Tree:
    """The tree of a canonical rule."""
    tree = _read(text, kinds, 0)
    try:
        return tree if text_of(tree, kinds) == text else {"text": text}
    except BadTree:
        return {"text": text}


class _Writer:
    def __init__(self, kinds: Kinds) -> None:
        self.kinds, self.parts = kinds, 0

    def text(self, tree: Any, depth: int) -> str:
        self.parts += 1
        if not isinstance(tree, dict) or depth > DEEPEST or self.parts > MOST_PARTS:
            raise BadTree(_("This is no condition, or too large a one."))
        for name, symbol in (("all", "&&"), ("any", "||")):
            if name in tree:
                parts = tree[name] if isinstance(tree[name], list) else [None]
                return joined([self.text(part, depth + 1) for part in parts], symbol)
        if "text" in tree:
            return str(tree["text"])
        if "items" in tree:
            return self._rows(tree, depth)
        return self._leaf(tree)

    def _rows(self, tree: Tree, depth: int) -> str:
        operator = BY_KEY[WHICH[_word(tree.get("which"), WHICH)]]
        variable = str(tree.get("as") or VARIABLES[min(depth, 2)])
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", variable):
            raise BadTree(_("This is no name for a row."))
        inside = self.text(tree.get("of"), depth + 1) or "true"
        path = _path(tree.get("items"))
        return operator.template.format(p=path, i=variable, of=inside)

    def _leaf(self, tree: Tree) -> str:
        operator = BY_KEY[_word(tree.get("operator"), BY_KEY)]
        path, value = _path(tree.get("path")), tree.get("value")
        kind = _value_kind(operator, self.kinds.get(path, ""))
        if "other" in tree:
            return operator.template.format(p=path, v=self._other(tree["other"], operator, kind))
        if operator.takes == "rows":
            raise BadTree(_("Rows are asked with items."))
        if operator.takes == "nothing":
            return operator.template.format(p=path)
        if operator.takes == "several":
            values = value if isinstance(value, list) else [value]
            return operator.template.format(p=path, vs=", ".join(literal(one, kind) for one in values))
        if operator.takes == "two":
            if not isinstance(value, list) or len(value) != 2:
                raise BadTree(_("This needs two values."))
            return operator.template.format(p=path, v=literal(value[0], kind), w=literal(value[1], kind))
        return operator.template.format(p=path, v=literal(value, kind))

    def _other(self, value: Any, operator: Operator, kind: str) -> str:
        """Another answer of the kind that this one is compared with."""
        path = _path(value)
        if not operator.with_answers:
            raise BadTree(_("This cannot be compared with another answer."))
        if kind and self.kinds.get(path, kind) != kind:
            raise BadTree(_("This value is of another kind than the answer."))
        return path


def _word(value: Any, known: Mapping[str, Any]) -> str:
    if not isinstance(value, str) or value not in known:
        raise BadTree(_("This is not something that can be asked."))
    return value


def _path(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(PATH, value):
        raise BadTree(_("Choose the question that the condition is about."))
    return value


def _value_kind(operator: Operator, of_answer: str) -> str:
    if operator.value == "answer":
        return "text" if of_answer == "choices" else of_answer
    return "text" if operator.value == "text" else "integer"


def literal(value: Any, kind: str) -> str:
    """A value as it is written in a rule; raises BadTree."""
    try:
        if kind == "date":
            return f'date("{date.fromisoformat(str(value)).isoformat()}")'
        if kind == "integer" and not isinstance(value, bool):
            return repr(int(value))
        if kind == "decimal" and not isinstance(value, bool):
            return _decimal(float(value))
    except (TypeError, ValueError, OverflowError):
        raise BadTree(_("This value is of another kind than the answer.")) from None
    if kind == "" and isinstance(value, int | float) and not isinstance(value, bool):
        return _decimal(value) if isinstance(value, float) else repr(value)
    if not isinstance(value, str) or kind not in ("", "text"):
        raise BadTree(_("This value is of another kind than the answer."))
    return json.dumps(value, ensure_ascii=False)


def _decimal(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        raise BadTree(_("This is not a number."))
    return repr(value)


def _read(text: str, kinds: Kinds, depth: int) -> Tree:
    if depth > DEEPEST:
        return {"text": text}
    if leaf := _leaf(text, kinds, depth):
        return leaf
    for name, symbol in (("any", "||"), ("all", "&&")):
        parts = split(text, symbol)
        if len(parts) > 1:
            return {name: [_part(part, kinds, depth) for part in _paired(parts, symbol, kinds, depth)]}
    return {"text": text}


def _part(text: str, kinds: Kinds, depth: int) -> Tree:
    inside = bracketed(text)
    return _read(text if inside is None else inside, kinds, depth + 1)


def _paired(parts: list[str], symbol: str, kinds: Kinds, depth: int) -> list[str]:
    """The parts of a chain; two that one operator says together stay together."""
    found: list[str] = []
    for part in parts:
        both = f"{found[-1]} {symbol} {part}" if found else ""
        if both and len(split(found[-1], symbol)) == 1 and _leaf(both, kinds, depth):
            found[-1] = both
        else:
            found.append(part)
    return found


def _leaf(text: str, kinds: Kinds, depth: int) -> Tree | None:
    """The condition on one answer that a text is, if it is one."""
    for operator in OPERATORS:
        found = _pattern(operator).fullmatch(text)
        if found is None or not balanced(found.groupdict().get("of") or ""):
            continue
        tree = (
            _rows_read(operator, found, kinds, depth)
            if operator.takes == "rows"
            else _simple(operator, found)
        )
        kind = kinds.get(found["p"])
        if kind is not None and kind not in operator.kinds:
            continue
        if "other" in tree and kinds.get(tree["other"]) != _value_kind(operator, kind or ""):
            continue
        try:
            if text_of(tree, kinds) == text:
                return tree
        except BadTree:
            continue
    return None


def _simple(operator: Operator, found: re.Match[str]) -> Tree:
    tree: Tree = {"path": found["p"], "operator": operator.key}
    if operator.takes == "one" and re.fullmatch(PATH, found["v"]):
        tree["other"] = found["v"]
    elif operator.takes == "one":
        tree["value"] = _value(found["v"])
    elif operator.takes == "two":
        tree["value"] = [_value(found["v"]), _value(found["w"])]
    elif operator.takes == "several":
        tree["value"] = [_value(one) for one in re.findall(LITERAL, found["vs"])]
    return tree


def _rows_read(operator: Operator, found: re.Match[str], kinds: Kinds, depth: int) -> Tree:
    which = next(name for name, key in WHICH.items() if key == operator.key)
    inner = inner_kinds(kinds, found["p"], found["i"])
    return {
        "items": found["p"],
        "which": which,
        "of": _read(found["of"], inner, depth + 1),
        "as": found["i"],
    }


def inner_kinds(kinds: Kinds, path: str, variable: str) -> dict[str, str]:
    """The kinds with those of one row, under the name that the row has in the rule."""
    begins = f"{path}[]."
    rows = {
        f"{variable}.{name.removeprefix(begins)}": kind
        for name, kind in kinds.items()
        if name.startswith(begins)
    }
    return {**kinds, **rows}


@cache
def _pattern(operator: Operator) -> re.Pattern[str]:
    """What the rules of an operator look like; the second time a path stands there it is the same."""
    pieces, seen = [], False
    for piece in re.split(r"(\{[a-z]+\})", operator.template):
        if piece == "{p}":
            pieces.append("(?P=p)" if seen else f"(?P<p>{PATH})")
            seen = True
        elif piece in ("{v}", "{w}"):
            value = f"{LITERAL}|{PATH}" if operator.with_answers else LITERAL
            pieces.append(f"(?P<{piece[1]}>{value})")
        elif piece == "{vs}":
            pieces.append(f"(?P<vs>{LITERAL}(?:, {LITERAL})*)")
        elif piece == "{i}":
            pieces.append("(?P<i>[a-z][a-z0-9_]*)")
        elif piece == "{of}":
            pieces.append("(?P<of>.+)")
        else:
            pieces.append(re.escape(piece))
    return re.compile("".join(pieces), re.DOTALL)


def _value(literal: str) -> Any:
    if literal.startswith("date("):
        return json.loads(literal[5:-1])
    return json.loads(literal)
