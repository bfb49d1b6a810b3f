"""The ways between the pages of a MOJ Forms service: a flow of pages and branches beside the pages."""

from __future__ import annotations

from typing import Any

from engine.core.problems import Part
from forms_library.importing.conditions import Cannot, every
from forms_library.importing.making import LinkDraft, PageDraft
from forms_library.importing.moj_rules import MojRules
from forms_library.importing.ordering import linked
from forms_library.importing.source import Node

Path = tuple[Part, ...]
Found = list[tuple[str, LinkDraft]]
MOST_WAYS = 500


class MojFlow:
    """Follows branches until pages are met."""

    def __init__(self, flow: Node, pages: dict[str, PageDraft], checking: set[str], rules: MojRules) -> None:
        self.flow, self.pages, self.checking, self.rules = flow, pages, checking, rules
        self.report = flow.report

    def linked(self) -> list[PageDraft]:
        """The pages in an order in which links lead forward."""
        for identifier in self.flow.value:
            self._judge(identifier, {*self.pages, *self.checking})
        ways: dict[str, Found] = {
            name: [] if page.data.get("exit") else self._ways(name) for name, page in self.pages.items()
        }
        pages = linked(self.pages, ways, next(iter(self.pages)), self.report)
        for page in pages:
            page.links = None if page.data.get("exit") else page.links
        return pages

    def _judge(self, identifier: str, known: set[str]) -> None:
        """Name what is wrong with a step, whether a way leads there or not."""
        step = self.flow.child(identifier)
        step.ignore("_type")
        if step.value.get("_type") == "flow.page" and identifier not in known:
            self.report.defect(step.path, "unknown_page", "The flow names a page that there is not.")
        after = step.child("next")
        ways: list[tuple[str, Path]] = [(after.text("default"), (*after.path, "default"))]
        for node in after.children("conditionals"):
            ways.append((node.text("next"), node.path))
            for name in sorted(self.rules.unknown(node)):
                sentence = f'The condition reads "{name[:60]}", a question that there is not.'
                self.report.defect(node.path, "unknown_field", sentence)
        for goal, at in ways:
            if goal and goal not in known and goal not in self.flow.value:
                sentence = f'The flow leads to "{goal[:60]}", which there is not.'
                self.report.defect(at, "unknown_page", sentence)
        self._unheeded(identifier, after)

    def _unheeded(self, identifier: str, after: Node) -> None:
        """After a page only the usual way is followed, and after the answers none."""
        if identifier in self.pages and after.children("conditionals"):
            sentence = "Ways with a condition stand at branches: after a page they are not followed."
            after.lost("conditionals", "ways", sentence)
        if identifier in self.checking and (after.text("default") or after.children("conditionals")):
            sentence = "After the answers comes what the portal shows."
            after.report.changed((*after.path, "default"), "after", sentence)

    def _ways(self, identifier: str) -> Found:
        """The links of a page: branches are followed until pages are met."""
        if identifier not in self.flow.value:
            sentence = "The flow does not say what follows this page."
            self.report.defect((*self.pages[identifier].at, "_uuid"), "no_flow", sentence)
            return []
        after = self.flow.child(identifier).child("next")
        self._met = 0
        return self._to(after.text("default"), [], (*after.path, "default"), (identifier,), "")

    def _to(self, goal: str, when: list[str], at: Path, before: tuple[str, ...], origin: str) -> Found:
        if goal in self.pages or goal in self.checking or not goal:
            data: dict[str, Any] = {"to": self.pages[goal].data["key"] if goal in self.pages else "check"}
            if when:
                data |= {"when": every(when)} | ({"origin": origin[:500]} if origin else {})
            return [(goal, LinkDraft(data, at))]
        self._met += 1
        if goal in before:
            self.report.defect(at, "circle", "The branches lead back to each other in a circle.")
        elif goal not in self.flow.value:
            self.report.lost(at, "way", "This way leads nowhere, so it is not carried.")
        elif self._met > MOST_WAYS:
            self.report.lost(at, "ways", f"A page leads on in at most {MOST_WAYS} ways here.")
        else:
            return self._branch(goal, when, (*before, goal), origin)
        return []

    def _branch(self, name: str, when: list[str], before: tuple[str, ...], origin: str) -> Found:
        found: Found = []
        after = self.flow.child(name).child("next")
        for node in after.children("conditionals"):
            goal, own = node.text("next"), node.text("_uuid")
            try:
                rule = self.rules.conditional(node)
            except Cannot as cannot:
                if cannot.code != "unknown_field":  # that was told
                    note = self.report.defect if cannot.defect else self.report.lost
                    note(node.path, cannot.code, cannot.sentence)
                node.forget()
                self.report.lost(node.path, "link", "The way is not carried, as its condition is not.")
                continue
            found += self._to(goal, [*when, rule], node.path, before, own)
        goal = after.text("default")
        return found + self._to(goal, when, (*after.path, "default"), before, origin)
