"""From text to rule: check against the form, refuse what the door refuses, rewrite, and make a program."""

from typing import Any

from engine.core.rules import dates, world
from engine.core.rules.budget import MOST_STEPS, pattern_size
from engine.core.rules.canonical import canonical
from engine.core.rules.inputs import inputs
from engine.core.rules.limits import TooMuch, check_text, check_tree
from engine.core.rules.macros import everything, is_quick
from engine.core.rules.notes import notes
from engine.core.rules.refusals import RuleRefused, from_library
from engine.core.rules.rule import Rule, Want
from engine.core.rules.schema import Schema
from engine.core.rules.tree import Node, Tree, function_of, kind, load, operands

TYPES: dict[str, Want] = {
    "BOOL": "bool",
    "STRING": "text",
    "INT": "integer",
    "DOUBLE": "decimal",
    "TIMESTAMP": "date",
    "google.protobuf.Timestamp": "date",
    "LIST<STRING>": "choices",
}
WORDS: dict[Want, str] = {
    "bool": "yes or no",
    "text": "a text",
    "integer": "a whole number",
    "decimal": "a decimal number",
    "date": "a date",
    "choices": "a list of choices",
}


def compile_rule(text: str, schema: Schema, want: Want | None = "bool") -> Rule:
    """A rule from its text; RuleRefused says in plain words what is wrong, and where."""
    tree, given = _checked(text, schema, want)
    return Rule(
        source=text,
        canonical=canonical(tree.expr),
        type=given,
        inputs=inputs(tree.expr),
        notes=notes(tree),
        timed=not is_quick(tree.expr),
        program=world.program(tree),
        tree=tree,
    )


def _checked(text: str, schema: Schema, want: Want | None) -> tuple[Tree, Want]:
    tree = None
    try:
        check_text(text)
        checked = schema.environment.compile(text)
        tree = load(checked.serialize())
        given = _given(checked, want)
        check_tree(tree)
        _try_constants(tree.expr)
    except RuntimeError as said:
        raise from_library(str(said), text, schema) from None
    except TooMuch as refused:
        raise RuleRefused(refused.sentence, *_place(refused.node, tree, text)) from None
    return tree, given


def _given(checked: Any, want: Want | None) -> Want:
    given = TYPES.get(str(checked.return_type()))
    if given is None:
        raise TooMuch("The rule gives a group or a list, which is no single value.")
    if want and given != want:
        sentence = f"The rule must give {WORDS[want]}, and gives {WORDS[given]}."
        if (given, want) == ("integer", "decimal"):
            sentence += " Write 20.0 instead of 20, or put double(...) around it."
        raise TooMuch(sentence)
    return given


def _try_constants(root: Node) -> None:
    """Try the constants of date() and matches() now: later there would only be a fault in a log."""
    for node in everything(root):
        function = function_of(node)
        if function not in ("date", "matches") or kind(operands(node)[-1]) != "const":
            continue
        written = operands(node)[-1].const_expr.string_value
        if function == "date":
            _try_date(written, node)
        elif problem := world.pattern_problem(written):
            raise TooMuch(f"The pattern cannot be used: {problem}.", node)
        elif pattern_size(written) > MOST_STEPS:
            raise TooMuch(
                "The pattern is too large: its repetitions are too many. Write + and ask for size().", node
            )


def _try_date(written: str, node: Node) -> None:
    try:
        dates.parse(written)
    except ValueError:
        raise TooMuch(f'"{written}" is no date. Write it as date("2026-03-01").', node) from None


def _place(node: Node, tree: Tree, text: str) -> tuple[int, int]:
    """Line and column of a node, counted from 1."""
    if tree is None or node is None:
        return 1, 1
    offset = next((entry.value for entry in tree.source_info.positions if entry.key == node.id), 0)
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
