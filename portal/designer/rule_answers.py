"""A rule as the builder of conditions needs it: text, tree, sentence, problems, and what can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from engine.core.problems import Problems
from engine.core.rules import Group, Rows, RuleRefused, Schema, compile_rule
from engine.core.rules.schema import Kind
from forms_library.bound import CompiledField, CompiledForm
from portal.designer.operators import BY_KEY, operators_for
from portal.designer.rule_tree import BadTree, Tree, text_of, tree_of
from portal.designer.sentences import say
from portal.designer.setting_texts import sayer
from portal.designer.usable_form import usable_form
from workflows.compiler import schema_of
from workflows.definition import parse_package

Part = dict[str, Any]


def rule_answer(document: Part, *, form_key: str, at: str, text: str, tree: Any, language: str) -> Part:
    """The answer to a rule at a question or page of a form, or at a step (with no form)."""
    world = _World(document, form_key, at, language)
    kinds = {one["path"]: one["kind"] for one in world.flat()}
    try:
        written = text_of(tree, kinds) if tree is not None else text
    except BadTree as bad:
        problem = {"line": 1, "column": 1, "sentence": str(bad)}
        return {"text": "", "tree": tree, "sentence": "", "problems": [problem], "paths": world.paths}
    if not written:
        return {"text": "", "tree": {"all": []}, "sentence": "", "problems": [], "paths": world.paths}
    try:
        rule = compile_rule(written, world.schema)
    except RuleRefused as refused:
        sentence = say(refused.sentence, language)
        problem = {"line": refused.line, "column": refused.column, "sentence": sentence}
        found = tree if tree is not None else {"text": written}
        return {"text": written, "tree": found, "sentence": "", "problems": [problem], "paths": world.paths}
    read = tree_of(rule.canonical, kinds)
    labels = {one["path"]: one["label"] for one in world.flat()}
    sentence = _Sentence(labels, sayer(language)).of(read)
    return {"text": rule.canonical, "tree": read, "sentence": sentence, "problems": [], "paths": world.paths}


class _World:
    """What a rule at one place can read."""

    def __init__(self, document: Part, form_key: str, at: str, language: str) -> None:
        self.language = language
        package = None if form_key else parse_package(document, Problems())
        start = form_key or (package.start_form_key if package else _first_form(document))
        form = usable_form(document, start)
        roots: dict[str, Group] = {"answers": _group_of(form)}
        self.paths: list[Part] = self._of_form(form, at) if form else []
        if package is not None:
            self.schema = schema_of(package, lambda key: _group_of(usable_form(document, key)))
            self.paths += self._recorded(self.schema)
        else:
            roots |= _item_scope(form, at)
            self.paths += self._of_row(form, at)
            self.schema = Schema(roots)

    def flat(self) -> Iterator[Part]:
        """Every path, with those in rows."""
        waiting = list(self.paths)
        while waiting:
            one = waiting.pop()
            yield one
            waiting += one.get("fields", [])

    def _of_form(self, form: CompiledForm, at: str) -> list[Part]:
        found, later = [], False
        for page in form.pages.values():
            for asked in page.fields:
                later = later or at in (page.key, asked.key) or at.startswith(f"{asked.key}.")
                if asked.question.has_answer and not (later and at.partition(".")[0] == asked.key):
                    found.append({**self._question(asked, "answers."), "page": page.key, "later": later})
        return found

    def _of_row(self, form: CompiledForm | None, at: str) -> list[Part]:
        """The other questions of the group or rows that a question stands in."""
        around, _dot, own = at.partition(".")
        asked = form.fields.get(around) if form and own else None
        children = asked.children if asked else ()
        return [
            self._question(child, "item.")
            for child in children
            if child.question.has_answer and child.key.rpartition(".")[2] != own
        ]

    def _question(self, asked: CompiledField, before: str) -> Part:
        line = self._line(
            f"{before}{asked.key}", asked.field.label.in_(self.language) or asked.key, asked.question.kind
        )
        choices = getattr(asked.question.options, "choices", None)
        if isinstance(choices, list) and line["kind"] in ("text", "choices"):
            line["choices"] = [{"key": one.key, "label": one.label.in_(self.language)} for one in choices]
        if asked.children:
            mark = "[]." if line["kind"] == "rows" else "."
            line["fields"] = [
                self._question(child, f"{before}{asked.key}{mark}")
                for child in asked.children
                if child.question.has_answer
            ]
        return line

    def _line(self, path: str, label: str, kind: Kind) -> Part:
        name = "rows" if isinstance(kind, Rows) else "group" if isinstance(kind, Group) else kind
        return {"path": path, "label": label, "kind": name, "operators": operators_for(name), "choices": []}

    def _recorded(self, schema: Schema) -> list[Part]:
        """What earlier steps record."""
        steps = schema.roots.get("work", Group({})).fields
        return [
            self._line(f"work.{step}.{name}", f"{step}: {name}", kind)
            for step, inner in steps.items()
            if isinstance(inner, Group)
            for name, kind in inner.fields.items()
        ]


def _group_of(form: CompiledForm | None) -> Group:
    return form.schema_group if form else Group({})


def _first_form(document: Part) -> str:
    forms = document.get("forms")
    return str(next(iter(forms), "")) if isinstance(forms, dict) else ""


def _item_scope(form: CompiledForm | None, at: str) -> Mapping[str, Group]:
    """What `item` means inside the group or rows that a question of this path stands in."""
    if form is None or "." not in at:
        return {}
    around = form.fields.get(at.partition(".")[0])
    kind = around.question.kind if around else None
    return {"item": Group(kind.fields)} if isinstance(kind, Group | Rows) else {}


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
        value = tree.get("value")
        values = (
            ", ".join(map(str, value)) if isinstance(value, list) else ("" if value is None else str(value))
        )
        return f"{label} {self.word(BY_KEY[tree['operator']].label)} {values}".strip()
