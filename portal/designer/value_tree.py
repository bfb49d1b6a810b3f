"""Rules that give a value, as they are picked: one answer, a fixed value, or a short sum of both.

A tree is `{"terms": [...], "signs": [...]}`: a term is `{"text"}`, one of those offered, or `{"value"}`, and
signs stand between them. Text is canonical CEL. What is none of this stays `{"text"}`, as with conditions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from engine.core.rules import Want
from portal.designer.rule_text import outermost
from portal.designer.rule_tree import LITERAL, BadTree, Tree, literal

WANTS: Mapping[str, Want | None] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "currency": "decimal",
    "date": "date",
    "yes_no": "bool",
    "choices": "choices",
    "number": None,
}
"""What a setting says that its rule gives, and what that is to rules; a number is whole or decimal."""
NUMBERS = ("integer", "decimal")
SIGNS = ("+", "-", "*", "/")
MOST_TERMS = 12
Part = dict[str, Any]


def signs_for(gives: str) -> list[str]:
    """How values of this kind can be put together."""
    return list(SIGNS) if gives in (*NUMBERS, "currency") else []


def fixed_as(gives: str) -> str:
    """How a fixed value of this kind is typed; empty where there can be none."""
    return "number" if signs_for(gives) else gives if gives in ("text", "date") else ""


def offered(paths: Iterable[Part], gives: str, *, any_kind: bool = False) -> list[Part]:
    """The answers that can be picked as the value, or as part of it: text, label and kind of each."""
    kind = "decimal" if gives == "currency" else gives
    found = [one for path in paths if not path.get("later") for one in _terms(path, kind)]
    kinds = NUMBERS if kind == "number" else (kind,)
    return [one for one in found if any_kind or one["kind"] in kinds]


def _terms(path: Part, wanted: str) -> Iterable[Part]:
    if path["kind"] == "group":
        for inner in path.get("fields", ()):
            yield from _terms({**inner, "label": f"{path['label']}: {inner['label']}"}, wanted)
    elif path["kind"] == "rows":
        label = _("Number of: {label}").format(label=path["label"])
        yield _term(f"size({path['path']})", label, "integer", wanted)
        for inner in path.get("fields", ()):
            if inner["kind"] in NUMBERS:
                name = inner["path"].rpartition(".")[2]
                label = _("Sum of: {label}").format(label=f"{path['label']}: {inner['label']}")
                yield _term(f"sum({path['path']}.map(i, i.{name}))", label, inner["kind"], wanted)
    else:
        yield _term(path["path"], path["label"], path["kind"], wanted)


def _term(text: str, label: str, kind: str, wanted: str) -> Part:
    """A whole number goes where a decimal number is wanted, as one."""
    if kind == "integer" and wanted == "decimal":
        return {"text": f"double({text})", "label": label, "kind": "decimal"}
    return {"text": text, "label": label, "kind": kind}


def value_text(tree: Any, gives: str) -> str:
    """The rule of a tree; empty for an empty one. Raises BadTree."""
    if not isinstance(tree, dict):
        raise BadTree(_("This is no value."))
    if isinstance(tree.get("text"), str):
        return str(tree["text"])
    terms, signs = tree.get("terms"), tree.get("signs", [])
    if not isinstance(terms, list) or not isinstance(signs, list) or len(terms) > MOST_TERMS:
        raise BadTree(_("This is no value, or too long a one."))
    if len(signs) != max(0, len(terms) - 1) or not all(sign in SIGNS for sign in signs):
        raise BadTree(_("Between two values there must be a sign."))
    parts = [_part(term, gives) for term in terms]
    return " ".join(parts[:1] + [f"{sign} {part}" for sign, part in zip(signs, parts[1:], strict=True)])


def _part(term: Any, gives: str) -> str:
    if not isinstance(term, dict):
        raise BadTree(_("Choose the question that gives the value."))
    if isinstance(term.get("text"), str) and term["text"]:
        return str(term["text"])
    if "value" not in term:
        raise BadTree(_("Choose the question that gives the value."))
    return literal(term["value"], "decimal" if gives == "currency" else gives)


def value_tree(text: str, texts: Iterable[str], gives: str) -> Tree:
    """The tree of a canonical rule; what was not picked from these texts stays a text."""
    known = set(texts)
    parts, signs = outermost(text, SIGNS) if signs_for(gives) else ([text], [])
    terms = [{"text": part} if part in known else _fixed(part) for part in parts]
    tree: Tree = {"terms": terms, "signs": signs}
    try:
        return tree if value_text(tree, gives) == text else {"text": text}
    except BadTree:
        return {"text": text}


def _fixed(part: str) -> Part:
    if not re.fullmatch(LITERAL, part):
        return {}
    return {"value": json.loads(part[5:-1] if part.startswith("date(") else part)}


def value_sentence(tree: Tree, labels: Mapping[str, str]) -> str:
    """The value in the labels of questions: "Stalls × 12.5"."""
    if "text" in tree:
        return str(tree["text"])
    said = [labels.get(term.get("text", ""), str(term.get("value", ""))) for term in tree["terms"]]
    signs = [{"*": "×", "/": "÷", "-": "−"}.get(sign, sign) for sign in tree["signs"]]
    return " ".join(said[:1] + [f"{sign} {one}" for sign, one in zip(signs, said[1:], strict=True)])
