"""A rule as its builder needs it: text, tree, sentence, problems, and what can be picked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from engine.core.rules import Rule, RuleRefused, compile_rule
from portal.designer.operators import BY_KEY
from portal.designer.rule_places import place_of
from portal.designer.rule_tree import BadTree, Tree, text_of, tree_of
from portal.designer.rule_world import RuleWorld
from portal.designer.sentences import say
from portal.designer.setting_texts import sayer
from portal.designer.value_tree import (
    NUMBERS,
    WANTS,
    fixed_as,
    offered,
    signs_for,
    value_sentence,
    value_text,
    value_tree,
)

Part = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What a setting wants of its rule: a condition, or with `gives` a value of this kind.

    With `any_kind` also answers of other kinds are offered: the setting takes their kind when one is picked.
    """

    gives: str = ""
    any_kind: bool = False

    @property
    def is_value(self) -> bool:
        """Whether the rule gives a value and is no condition."""
        return self.gives in WANTS and (self.gives != "yes_no" or self.any_kind)


CONDITION = Wanted()


def rule_answer(
    document: Part, *, path: list[Any], text: str, tree: Any, language: str, wanted: Wanted = CONDITION
) -> Part:
    """The answer to the rule of the setting at a path of the document."""
    world = RuleWorld(document, place_of(document, path), language)
    builder = (_Values if wanted.is_value else _Conditions)(world, wanted)
    around = {"paths": world.paths, **builder.picks()}
    try:
        written = builder.written(tree) if tree is not None else text
    except BadTree as bad:
        problem = {"line": 1, "column": 1, "sentence": str(bad)}
        return {"text": "", "tree": tree, "sentence": "", "problems": [problem], **around}
    if not written:
        return {"text": "", "tree": builder.empty(), "sentence": "", "problems": [], **around}
    try:
        rule = builder.compiled(written)
    except RuleRefused as refused:
        problem = {
            "line": refused.line,
            "column": refused.column,
            "sentence": say(refused.sentence, language),
        }
        found = tree if tree is not None else {"text": written}
        return {"text": written, "tree": found, "sentence": "", "problems": [problem], **around}
    read = builder.read(rule.canonical)
    return {
        "text": rule.canonical, "tree": read, "sentence": builder.said(read), "problems": [], **around,
    }  # fmt: skip


class _Conditions:
    """Rules that say yes or no."""

    def __init__(self, world: RuleWorld, wanted: Wanted) -> None:
        self.world, self.wanted = world, wanted
        flat = list(world.flat())
        self.kinds = {one["path"]: one["kind"] for one in flat}
        self.labels = {one["path"]: one["label"] for one in flat}

    def picks(self) -> Part:
        """What can be picked beside the questions."""
        return {}

    def empty(self) -> Tree:
        """The tree without anything in it."""
        return {"all": []}

    def written(self, tree: Any) -> str:
        """The text of a tree; raises BadTree."""
        return text_of(tree, self.kinds)

    def compiled(self, text: str) -> Rule:
        """The rule of a text; raises RuleRefused."""
        return compile_rule(text, self.world.schema)

    def read(self, canonical: str) -> Tree:
        """The tree of a canonical text."""
        return tree_of(canonical, self.kinds)

    def said(self, tree: Tree) -> str:
        """The tree in words."""
        return _Sentence(self.labels, sayer(self.world.language)).of(tree)


class _Values(_Conditions):
    """Rules that give a value: no condition is ever offered for them."""

    def __init__(self, world: RuleWorld, wanted: Wanted) -> None:
        super().__init__(world, wanted)
        self.offered = offered(world.paths, wanted.gives, any_kind=wanted.any_kind)
        self.terms = {one["text"]: one["label"] for one in self.offered}

    def picks(self) -> Part:
        """The answers that can be the value, and how they can be put together."""
        gives = self.wanted.gives
        return {"values": self.offered, "signs": signs_for(gives), "fixed": fixed_as(gives)}

    def empty(self) -> Tree:
        """The tree without anything in it."""
        return {"terms": [], "signs": []}

    def written(self, tree: Any) -> str:
        """The text of a tree; raises BadTree."""
        return value_text(tree, self.wanted.gives)

    def compiled(self, text: str) -> Rule:
        """The rule of a text; raises RuleRefused."""
        rule = compile_rule(text, self.world.schema, WANTS[self.wanted.gives])
        if self.wanted.gives == "number" and rule.type not in NUMBERS:
            raise RuleRefused("This must give a number, such as answers.amount.", 1, 1)
        return rule

    def read(self, canonical: str) -> Tree:
        """The tree of a canonical text."""
        return value_tree(canonical, self.terms, self.wanted.gives)

    def said(self, tree: Tree) -> str:
        """The value in the labels of questions."""
        return "" if "text" in tree else value_sentence(tree, self.terms)


class _Sentence:
    """A tree in words."""

    def __init__(self, labels: Mapping[str, str], word: Callable[[str], str]) -> None:
        self.labels, self.word = labels, word

    def of(self, tree: Tree) -> str:
        """The words of one part."""
        for name, between in (("all", _("and")), ("any", _("or"))):
            if name in tree:
                return f" {between} ".join(self.of(part) for part in tree[name])
        if "text" in tree:
            return str(tree["text"])
        if "items" in tree:
            label = self.labels.get(tree["items"], tree["items"])
            which = self.word(
                {"any": "any of them", "all": "all of them", "none": "none of them"}[tree["which"]]
            )
            return f"{label}, {which}: {self.of(tree['of'])}"
        label = self.labels.get(tree["path"], tree["path"])
        return f"{label} {self.word(BY_KEY[tree['operator']].label)} {self._compared(tree)}".strip()

    def _compared(self, tree: Tree) -> str:
        if "other" in tree:
            return self.labels.get(tree["other"], str(tree["other"]))
        value = tree.get("value")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return "" if value is None else str(value)
