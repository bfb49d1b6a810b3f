"""What Open Forms shows and hides: the simple condition of a component, and rules with actions."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from engine.core.problems import Part
from forms_library.importing.conditions import Cannot, Subject, among, compare, firm
from forms_library.importing.formio_fields import MadeField, Met
from forms_library.importing.json_logic import JsonLogic
from forms_library.importing.making import PageDraft
from forms_library.importing.report import Report
from forms_library.importing.source import Node, is_empty

STOPPED = {
    "en": "You cannot continue with these answers",
    "fr": "Vous ne pouvez pas continuer avec ces réponses",
    "ar": "لا يمكنك المتابعة بهذه الإجابات",
    "nl": "U kunt met deze antwoorden niet verder",
}
NO_ANSWER = 'The condition reads "{name}", an answer that there is not.'
STEP_WORDS = ("form_step_uuid", "form_step", "formStepUuid", "formStep")


class Logic:
    """Applies conditions and rules to the fields and pages of one form."""

    def __init__(
        self, made: list[MadeField], pages: list[PageDraft], steps: dict[str, PageDraft],
        step_names: dict[str, str], others: Collection[str], met: list[Met], report: Report,
    ) -> None:  # fmt: skip
        self.made, self.pages, self.steps, self.step_names = made, pages, steps, step_names
        self.others, self.met, self.report = others, met, report
        self.said: dict[str, list[tuple[Part, ...]]] = {}
        """The rules, each with the places in the source that say it."""
        self.fields: dict[str, list[MadeField]] = {}
        self.nodes: dict[str, Node] = {}
        self.subjects: dict[str, Subject] = {}
        self.shown: dict[int, list[str]] = {}
        self.hidden: dict[int, list[str]] = {}
        for component in met:
            if not component.in_rows:
                self.nodes.setdefault(component.node.text("key"), component.node)
        for one in made:
            self._know(one)

    def _know(self, one: MadeField) -> None:
        name = one.node.text("key")
        self.fields.setdefault(name, []).append(one)
        if one.draft.has_answer:
            subject = Subject(f"answers.{one.draft.data['key']}", one.draft.kind, one.choices, name)
            self.subjects.setdefault(name, subject)

    def apply(self, rules: list[Node]) -> None:
        """Conditions of components and of what holds them first, then the rules in their order."""
        self.translate = JsonLogic(self.subjects, self.others)
        for component in self.met:
            self._simple(component.node, component.in_rows)
        for rule in rules:
            self._rule(rule)
        for one in self.made:
            self._show(one)

    def _simple(self, node: Node, in_rows: bool) -> None:
        condition: Any = node.value.get("conditional")
        name = condition.get("when") if isinstance(condition, dict) else None
        if not isinstance(name, str) or not name:
            node.ignore("conditional" if not _says(condition) else "key")
            return
        node.ignore("conditional")
        try:
            rule = self._held(name, condition, node, in_rows)
        except Cannot as cannot:
            self._name(cannot, (*node.path, "conditional"))
            return
        if str(condition.get("show")).lower() == "true":
            self.shown.setdefault(id(node), []).append(rule)
        else:
            self.hidden.setdefault(id(node), []).append(firm(rule))

    def _held(self, name: str, condition: Any, node: Node, in_rows: bool) -> str:
        subject = self.subjects.get(name)
        if subject is None and (name in self.others or name.partition(".")[0] in self.others):
            raise Cannot(f'The condition reads "{name[:80]}", which no question here asks for.', "not_asked")
        if subject is None:
            raise Cannot(NO_ANSWER.format(name=name[:80]), "unknown_field", defect=True)
        if in_rows:
            raise Cannot("A condition inside of a row is not carried.")
        if not self._shows(node):
            raise Cannot("There is nothing that this condition could show.")
        value = condition.get("eq")
        return among(subject, value) if subject.kind == "choices" else compare(subject, "==", value)

    def _shows(self, node: Node) -> bool:
        """Whether anything is left of a component, or of what it holds."""
        return any(node is one.node or node in one.holders for one in self.made)

    def _rule(self, node: Node) -> None:
        node.ignore("uuid", "url", "form", "order", "is_advanced")
        if node.text("trigger_from_step"):
            sentence = "A rule holds from the start, not from a step on."
            self.report.changed((*node.path, "trigger_from_step"), "rule", sentence)
        for action in node.children("actions"):
            self._judge(action)
        trigger = node.get("json_logic_trigger")
        unknown = sorted(self.translate.unknown(trigger))
        for name in unknown:
            sentence = f'The rule reads "{name[:80]}", an answer that there is not.'
            self.report.defect((*node.path, "json_logic_trigger"), "unknown_field", sentence)
        try:
            rule = self.translate.condition(trigger)
            never = self.translate.condition(trigger, negated=True)
        except Cannot as cannot:
            if not unknown:
                self._name(cannot, (*node.path, "json_logic_trigger"))
            self.report.lost(node.path, "rule", "The rule is not carried, as its condition is not.")
            node.forget()
            return
        self._act(node, rule, never)

    def _act(self, node: Node, rule: str, never: str) -> None:
        places = [node.path, *(action.path for action in node.children("actions"))]
        for written in (rule, never):
            self.said.setdefault(written, []).extend(places)
        done = False
        for action in node.children("actions"):
            if self._action(action, rule, f"!({never})"):
                done = True
            else:
                self.report.lost(action.path, "action", "What this rule does is not known here.")
                action.forget()
            action.ignore("component", "uuid", *STEP_WORDS)
            action.child("action").ignore("type", "property", "state", "name")
        if not done:
            self.report.lost(node.path, "rule", "Nothing of what this rule does is carried.")

    def _judge(self, node: Node) -> None:
        """Name what an action changes and that there is not."""
        what = node.value.get("action")
        kind = what.get("type") if isinstance(what, dict) else None
        name = node.text("component")
        if kind == "property" and name not in self.nodes and name not in self.others:
            self.report.defect(node.path, "unknown_field", "The rule changes a component that there is not.")
        named = {str(node.value.get(word) or "") for word in STEP_WORDS}
        if kind in ("step-not-applicable", "step-applicable") and not named & self.step_names.keys():
            self.report.defect(node.path, "unknown_page", "The rule changes a step that there is not.")

    def _action(self, node: Node, rule: str, opposite: str) -> bool:
        action = node.value.get("action")
        what = action if isinstance(action, dict) else {}
        kind = what.get("type")
        if kind == "disable-next":
            return self._stop(node, rule)
        if kind in ("step-not-applicable", "step-applicable"):
            return self._step(node, rule if kind == "step-applicable" else opposite)
        if kind == "property":
            return self._property(node, what, rule, opposite)
        return False

    def _property(self, node: Node, what: dict[str, Any], rule: str, opposite: str) -> bool:
        name = node.text("component")
        found, named = self.nodes.get(name), what.get("property")
        word = named.get("value") if isinstance(named, dict) else None
        if found is None:
            return False
        if word == "hidden" and self._shows(found):
            kept = self.hidden if what.get("state") else self.shown
            kept.setdefault(id(found), []).append(opposite.removeprefix("!") if what.get("state") else rule)
            return True
        if word in ("validate.required", "required") and what.get("state"):
            fields = [one for one in self.fields.get(name, []) if one.draft.has_answer]
            for one in fields:
                before = one.draft.data.get("required_when")
                one.draft.data["required_when"] = f"({before}) || ({rule})" if before else rule
            return bool(fields)
        return False

    def _stop(self, node: Node, rule: str) -> bool:
        """The step cannot be left: a check that does not hold, at its last question."""
        here = self._page_of(node)
        pages = [here] if here is not None else self.pages
        done = False
        for page in pages:
            asked = [field for field in page.fields if field.has_answer]
            reads = [field for field in asked if _is_read(f"answers.{field.data['key']}", rule)]
            if reads or (asked and len(pages) == 1):
                check = {"rule": f"!({rule})", "sentence": STOPPED, "field": (reads or asked)[-1].data["key"]}
                page.data.setdefault("checks", []).append(check)
                done = True
        return done

    def _step(self, node: Node, rule: str) -> bool:
        page = self._page_of(node)
        if page is None:
            return False
        before = page.data.get("show_when")
        page.data["show_when"] = f"({before}) && ({rule})" if before else rule
        return True

    def _page_of(self, node: Node) -> PageDraft | None:
        for word in STEP_WORDS:
            name = str(node.value.get(word) or "")
            page = self.steps.get(self.step_names.get(name, name))
            if name and page is not None:
                return page
        return None

    def _show(self, one: MadeField) -> None:
        """A component is shown when it is, and when all that hold it are."""
        parts = [part for node in (one.node, *one.holders) if (part := self._layer(node))]
        if parts:
            both = " && ".join(f"({part})" for part in parts) if len(parts) > 1 else parts[0]
            one.draft.data["show_when"] = both

    def _layer(self, node: Node) -> str:
        """Hidden from the start and shown by rules, or shown and hidden by rules."""
        shown, hidden = self.shown.get(id(node), []), self.hidden.get(id(node), [])
        parts = [f"!({rule})" for rule in hidden]
        if shown:
            node.ignore("hidden")
            parts.insert(0, " || ".join(f"({rule})" for rule in shown) if len(shown) > 1 else shown[0])
        elif node.value.get("hidden"):
            parts.insert(0, "false")
        return " && ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)

    def _name(self, cannot: Cannot, at: tuple[Part, ...]) -> None:
        note = self.report.defect if cannot.defect else self.report.lost
        note(at, cannot.code, cannot.sentence)


def _is_read(path: str, rule: str) -> bool:
    return re.search(rf"{re.escape(path)}(?![A-Za-z0-9_])", rule) is not None


def _says(condition: Any) -> bool:
    if not isinstance(condition, dict):
        return not is_empty(condition)
    return not is_empty(condition.get("json")) or not is_empty(condition.get("when"))
