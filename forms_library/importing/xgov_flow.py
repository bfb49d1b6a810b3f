"""The ways between the pages of a digital-form-builder form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.core.problems import Part
from forms_library.importing.making import LinkDraft, PageDraft
from forms_library.importing.ordering import forward
from forms_library.importing.port import Refused
from forms_library.importing.source import Node


class Flow:
    """Links every page, in an order in which all links lead forward."""

    def __init__(
        self,
        root: Node,
        nodes: dict[str, Node],
        pages: dict[str, PageDraft],
        rule: Callable[[str, tuple[Part, ...]], str | None],
    ) -> None:
        self.root, self.nodes, self.pages, self.rule = root, nodes, pages, rule
        self.report = root.report

    def linked(self) -> list[PageDraft]:
        """Pages in an order in which links lead forward; what cannot be reached stands at the end."""
        links = {path: self._links(path) for path in self.pages}
        self._after_the_answers()
        start = self._start()
        goals = {path: [goal for goal, _ in found] for path, found in links.items()}
        order, back = forward(start, list(self.pages), goals)
        for path, page in self.pages.items():
            page.links = self._forward_only(path, links[path], back)
            self._end(path, page, links[path])
        rest = [path for path in self.pages if path not in order]
        rest_order: list[str] = []
        for path in rest:
            self.report.defect(self.pages[path].at, "unreachable", "No way leads to this page.")
            if path not in rest_order:
                below, more = forward(path, rest, {name: goals[name] for name in rest})
                rest_order = [name for name in below if name not in rest_order] + rest_order
                for name, goal in more:
                    self._drop_back(name, goal)
        return [self.pages[path] for path in [*order, *rest_order]]

    def _after_the_answers(self) -> None:
        for node in (node for path, node in self.nodes.items() if path not in self.pages):
            for link in node.children("next"):
                if link.text("path") not in self.nodes:
                    self._leads_nowhere(link, link.text("path"))

    def _leads_nowhere(self, node: Node, goal: str) -> None:
        sentence = f'The link leads to "{goal[:80]}", a page that there is not.'
        self.report.defect(node.path, "unknown_page", sentence)

    def _drop_back(self, path: str, goal: str) -> None:
        page = self.pages[path]
        key = self.pages[goal].data["key"]
        for link in [link for link in page.links or [] if link.data["to"] == key]:
            page.links = [other for other in page.links or [] if other is not link]
            self.report.lost(link.at, "back", "A link that leads back is not carried.")

    def _start(self) -> str:
        wanted = self.root.text("startPage")
        if wanted in self.pages:
            return wanted
        if wanted or self.pages:
            self.report.defect(
                ("startPage",), "unknown_page", f'There is no page "{wanted[:80]}" to start from.'
            )
        if not self.pages:
            raise Refused("This form has no page on which anything is asked or said.")
        return next(iter(self.pages))

    def _links(self, path: str) -> list[tuple[str, LinkDraft]]:
        found = []
        nodes = self.nodes[path].children("next")
        plain = [node for node in nodes if not node.value.get("condition")]
        for node in [node for node in nodes if node.value.get("condition")] + plain:
            goal, condition = node.text("path"), node.text("condition")
            node.ignore("title", "if")
            if goal not in self.nodes:
                if node.value.get("redirect"):
                    node.lost("redirect", "link", "A link to another site is not carried.")
                    self.report.lost(node.path, "link", "A link to another site is not carried.")
                else:
                    self._leads_nowhere(node, goal)
                continue
            if not condition and node is not plain[-1]:
                self.report.defect(
                    node.path, "second_default", "Of two links without a condition only the last is followed."
                )
                continue
            data: dict[str, Any] = {"to": self.pages[goal].data["key"] if goal in self.pages else "check"}
            if condition:
                rule = self.rule(condition, (*node.path, "condition"))
                if rule is None:
                    self.report.lost(node.path, "link", "The link is not carried, as its condition is not.")
                    continue
                data |= {"when": rule, "origin": condition[:500]}
            found.append((goal, LinkDraft(data, node.path)))
        return found

    def _forward_only(
        self, path: str, links: list[tuple[str, LinkDraft]], back: set[tuple[str, str]]
    ) -> list[LinkDraft]:
        kept = []
        for goal, link in links:
            if (path, goal) in back:
                self.report.lost(link.at, "back", "A link that leads back is not carried.")
            else:
                kept.append(link)
        return kept

    def _end(self, path: str, page: PageDraft, links: list[tuple[str, LinkDraft]]) -> None:
        """A page that leads nowhere and asks nothing is an exit; else the answers are checked next."""
        asks = any(field.has_answer for field in page.fields)
        sent_elsewhere = len(self.nodes) > len(self.pages)  # there is a page of the answers
        if not self.nodes[path].value.get("next") and not asks and sent_elsewhere:
            page.data["exit"] = True
            page.links = None
        elif page.links and "when" in page.links[-1].data:
            page.links.append(LinkDraft({"to": "check"}, page.at))
