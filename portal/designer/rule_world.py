"""What a rule at one place can read: the type world that it is checked against, and what can be picked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.core.rules import Group, Kind, Rows, Schema
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm
from forms_library.nested_type import NestedType
from portal.designer.operators import operators_for
from portal.designer.rule_places import RulePlace
from portal.designer.usable_form import usable_form
from portal.designer.usable_package import usable_package
from workflows.compiler import schema_of

Part = dict[str, Any]


class RuleWorld:
    """The questions and records that a rule can read, each with its label, and the schema of their kinds."""

    def __init__(self, document: Part, place: RulePlace, language: str) -> None:
        self.language, self.place = language, place
        package = None if place.form_key else usable_package(document).package
        form = usable_form(document, place.form_key or (package.start_form_key if package else ""))
        self.paths: list[Part] = list(self._of_form(form)) if form else []
        if package is not None:
            self.schema = schema_of(package, lambda key: _group_of(usable_form(document, key)))
            self.paths += self._recorded(self.schema)
        else:
            self.schema = Schema({ANSWERS: _group_of(form), **self._around(form)})

    def flat(self) -> Iterator[Part]:
        """Every path, with those in rows."""
        waiting = list(self.paths)
        while waiting:
            one = waiting.pop()
            yield one
            waiting += one.get("fields", [])

    def _of_form(self, form: CompiledForm) -> Iterator[Part]:
        """The questions of the form; those from the place of the rule on are marked as later."""
        place, later = self.place, False
        top = place.keys[0] if place.keys else ""
        for page in form.pages.values():
            here = page.key == place.page_key
            later = later or (here and not top and not place.inside)
            for asked in page.fields:
                own = here and asked.key == top
                later = later or own
                if asked.question.has_answer and not own:
                    yield {**self._question(asked, f"{ANSWERS}."), "page": page.key, "later": later}
            later = later or here

    def _around(self, form: CompiledForm | None) -> dict[str, Group]:
        """What `item` and `parent` mean, and what can be picked of them.

        Inside a group or a row its own answers are `item`, and those of what it stands in are `parent`.
        """
        roots: dict[str, Group] = {}
        chain = _chain(form, self.place) if form else []
        owners = chain[: len(self.place.keys) - (not self.place.inside)]
        for root, depth in ((ITEM, 1), (PARENT, 2)):
            owner = owners[-depth] if len(owners) >= depth else None
            if owner is None or not isinstance(owner.question, NestedType):
                continue
            roots[root] = Group({part.field.key: part.kind for part in owner.question.asked})
            inside = chain[len(owners) - depth + 1 :]
            self.paths += self._of_owner(owner, f"{root}.", inside[0] if inside else None)
        return roots

    def _of_owner(self, owner: CompiledField, before: str, stops: CompiledField | None) -> Iterator[Part]:
        later, label = False, owner.field.label.in_(self.language) or owner.key
        for child in owner.children:
            later = later or child is stops
            if child.question.has_answer and child is not stops:
                said = self._question(child, before)
                named = {**said, "label": f"{label}: {said['label']}"} if before == f"{PARENT}." else said
                yield {**named, "later": later}

    def _question(self, asked: CompiledField, before: str) -> Part:
        label = asked.field.label.in_(self.language) or asked.key
        line = self._line(f"{before}{asked.key}", label, asked.question.kind)
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

    def _recorded(self, schema: Schema) -> Iterable[Part]:
        """What earlier steps record."""
        steps = schema.roots.get("work", Group({})).fields
        return [
            self._line(f"work.{step}.{name}", f"{step}: {name}", kind)
            for step, inner in steps.items()
            if isinstance(inner, Group)
            for name, kind in inner.fields.items()
        ]


def _chain(form: CompiledForm, place: RulePlace) -> list[CompiledField]:
    """The questions on the way to the place, the outermost first; fewer where one cannot be used."""
    found: list[CompiledField] = []
    page = form.pages.get(place.page_key)
    around: Iterable[CompiledField] = page.fields if page else ()
    for key in place.keys:
        asked = next((one for one in around if one.key == key), None)
        if asked is None:
            break
        found.append(asked)
        around = asked.children
    return found


def _group_of(form: CompiledForm | None) -> Group:
    return form.schema_group if form else Group({})
