"""What Open Forms shows and hides: the simple condition of a component, and rules with actions."""

from __future__ import annotations

from typing import Any

from engine.core.problems import Part
from forms_library.importing.conditions import Cannot, Subject, among, compare
from forms_library.importing.formio_fields import MadeField
from forms_library.importing.json_logic import JsonLogic
from forms_library.importing.making import PageDraft
from forms_library.importing.report import Report
from forms_library.importing.source import EMPTY, Node

STOPPED = {
    "en": "You cannot continue with these answers",
    "fr": "Vous ne pouvez pas continuer avec ces réponses",
    "ar": "لا يمكنك المتابعة بهذه الإجابات",
    "nl": "U kunt met deze antwoorden niet verder",
}


class Logic:
    """Applies conditions and rules to the fields and pages of one form."""

    def __init__(
        self, made: list[MadeField], pages: list[PageDraft], steps: dict[str, PageDraft],
        step_names: dict[str, str], report: Report,
    ) -> None:  # fmt: skip
        self.made, self.pages, self.steps, self.step_names, self.report = (
            made,
            pages,
            steps,
            step_names,
            report,
        )
        self.by_name: dict[str, list[MadeField]] = {}
        self.subjects: dict[str, Subject] = {}
        self.shown: dict[int, list[str]] = {}
        self.hidden: dict[int, list[str]] = {}
        for one in made:
            self._know(one)

    def _know(self, one: MadeField) -> None:
        name = str(one.draft.data.get("origin") or "")
        self.by_name.setdefault(name, []).append(one)
        for holder in one.draft.children:
            self.by_name.setdefault(str(holder.data["holder"]), []).append(one)
        if one.draft.has_answer:
            subject = Subject(f"answers.{one.draft.data['key']}", one.draft.kind, one.choices, name)
            self.subjects.setdefault(name, subject)

    def apply(self, rules: list[Node]) -> None:
        """Conditions of components first, then the rules in their order."""
        self.translate = JsonLogic(self.subjects)
        holders = {id(one.node): one.node for one in self.made}
        for one in self.made:
            self._simple(one.node, [one])
        for name, found in self.by_name.items():
            nodes = {id(one.node) for one in found}
            if len(found) > 1 and len(nodes) > 1:
                self._of_holder(name, found, holders)
        for rule in rules:
            self._rule(rule)
        for one in self.made:
            self._show(one)

    def _of_holder(self, name: str, found: list[MadeField], known: dict[int, Node]) -> None:
        """What holds a group of components hides them all; its own line comes first."""
        own = next((one.node for one in found if one.draft.data.get("origin") == name), None)
        if own is not None:
            self._simple(own, [one for one in found if one.node is not own])

    def _simple(self, node: Node, fields: list[MadeField]) -> None:
        condition = node.value.get("conditional")
        if not isinstance(condition, dict) or not condition.get("when"):
            node.ignore("conditional" if not _says(condition) else "key")
            return
        node.ignore("conditional")
        path = (*node.path, "conditional")
        try:
            subject = self.subjects.get(str(condition["when"]))
            if subject is None:
                sentence = (
                    f'The condition reads "{str(condition["when"])[:80]}", an answer that there is not.'
                )
                raise Cannot(sentence, "unknown_field", defect=True)
            rule = _held(subject, condition.get("eq"))
        except Cannot as cannot:
            self._name(cannot, path)
            return
        kept = self.shown if str(condition.get("show")).lower() == "true" else self.hidden
        for one in fields:
            kept.setdefault(id(one), []).append(rule)

    def _rule(self, node: Node) -> None:
        node.ignore("uuid", "url", "form", "order", "is_advanced", "description", "trigger_from_step")
        if node.value.get("trigger_from_step"):
            self.report.lost(
                (*node.path, "trigger_from_step"), "rule", "A rule holds from the start, not from a step on."
            )
        try:
            rule = self.translate.condition(node.get("json_logic_trigger"))
        except Cannot as cannot:
            self._name(cannot, (*node.path, "json_logic_trigger"))
            self.report.lost(node.path, "rule", "The rule is not carried, as its condition is not.")
            node.forget()
            return
        for action in node.children("actions"):
            if not self._action(action, rule, node):
                self.report.lost(action.path, "action", "What this rule does is not known here.")
            action.forget()

    def _action(self, node: Node, rule: str, owner: Node) -> bool:
        action = node.value.get("action")
        what = action if isinstance(action, dict) else {}
        kind = what.get("type")
        if kind == "disable-next":
            return self._stop(node, rule)
        if kind in ("step-not-applicable", "step-applicable"):
            return self._step(node, rule, kind == "step-applicable")
        if kind == "property":
            return self._property(node, what, rule)
        return False

    def _property(self, node: Node, what: dict[str, Any], rule: str) -> bool:
        found = self.by_name.get(str(node.value.get("component") or ""))
        named = what.get("property")
        word = named.get("value") if isinstance(named, dict) else None
        if not found:
            self.report.defect(node.path, "unknown_field", "The rule changes a component that there is not.")
            return True
        if word == "hidden":
            kept = self.hidden if what.get("state") else self.shown
            for one in found:
                kept.setdefault(id(one), []).append(rule)
            return True
        if word in ("validate.required", "required") and what.get("state"):
            for one in found:
                one.draft.data["required_when"] = rule
            return True
        return False

    def _stop(self, node: Node, rule: str) -> bool:
        """The step cannot be left: a check that does not hold, at its last question."""
        pages = [self._page_of(node)] if self._page_of(node) else self.pages
        done = False
        for page in pages:
            asked = [field for field in page.fields if field.has_answer] if page is not None else []
            reads = [field for field in asked if f"answers.{field.data['key']}" in rule]
            if page is not None and (reads or (asked and len(pages) == 1)):
                check = {"rule": f"!({rule})", "sentence": STOPPED, "field": (reads or asked)[-1].data["key"]}
                page.data.setdefault("checks", []).append(check)
                done = True
        return done

    def _step(self, node: Node, rule: str, wanted: bool) -> bool:
        page = self._page_of(node)
        if page is None:
            self.report.defect(node.path, "unknown_page", "The rule changes a step that there is not.")
            return True
        own = rule if wanted else f"!({rule})"
        page.data["show_when"] = (
            f"({page.data['show_when']}) && ({own})" if page.data.get("show_when") else own
        )
        return True

    def _page_of(self, node: Node) -> PageDraft | None:
        for word in ("form_step_uuid", "form_step"):
            name = str(node.value.get(word) or "")
            page = self.steps.get(self.step_names.get(name, name))
            if page is not None:
                return page
        return None

    def _show(self, one: MadeField) -> None:
        """Hidden from the start and shown by rules, or shown and hidden by rules."""
        shown, hidden = self.shown.get(id(one), []), self.hidden.get(id(one), [])
        starts_hidden = bool(one.node.value.get("hidden"))
        parts = []
        if shown:
            parts.append(" || ".join(f"({rule})" for rule in shown) if len(shown) > 1 else shown[0])
        elif starts_hidden:
            parts.append("false")
        parts += [f"!({rule})" for rule in hidden]
        one.node.ignore("hidden" if shown else "key")
        if parts:
            one.draft.data["show_when"] = (
                " && ".join(f"({part})" for part in parts) if len(parts) > 1 else parts[0]
            )

    def _name(self, cannot: Cannot, at: tuple[Part, ...]) -> None:
        note = self.report.defect if cannot.defect else self.report.lost
        note(at, cannot.code, cannot.sentence)


def _says(condition: Any) -> bool:
    return isinstance(condition, dict) and condition.get("json") not in EMPTY


def _held(subject: Subject, value: Any) -> str:
    return among(subject, value) if subject.kind == "choices" else compare(subject, "==", value)
