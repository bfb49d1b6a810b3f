"""The ways between the pages of a digital-form-builder form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.core.problems import Part
from forms_library.importing.making import LinkDraft, PageDraft
from forms_library.importing.ordering import linked
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
        ways = {path: self._links(path) for path in self.pages}
        self._after_the_answers()
        pages = linked(self.pages, ways, self._start(), self.report)
        for path, page in self.pages.items():
            if self._is_exit(path, page):
                page.data["exit"] = True
                page.links = None
        return pages

    def _after_the_answers(self) -> None:
        for node in (node for path, node in self.nodes.items() if path not in self.pages):
            for link in node.children("next"):
                if link.text("path") not in self.nodes and not link.value.get("redirect"):
                    self._leads_nowhere(link, link.text("path"))

    def _leads_nowhere(self, node: Node, goal: str) -> None:
        sentence = f'The link leads to "{goal[:80]}", a page that there is not.'
        self.report.defect(node.path, "unknown_page", sentence)

    def _start(self) -> str:
        wanted = self.root.text("startPage")
        if not self.pages:
            raise Refused("This form has no page on which anything is asked or said.")
        if wanted in self.pages:
            return wanted
        if wanted in self.nodes:
            sentence = "The page of the answers cannot come first: the first page does."
            self.report.lost(("startPage",), "start", sentence)
        else:
            sentence = f'There is no page "{wanted[:80]}" to start from.'
            self.report.defect(("startPage",), "unknown_page", sentence)
        return next(iter(self.pages))

    def _links(self, path: str) -> list[tuple[str, LinkDraft]]:
        nodes = [node for node in self.nodes[path].children("next") if self._arrives(node)]
        plain = [node for node in nodes if not node.text("condition")]
        for node in plain[:-1]:
            sentence = "Of two links without a condition only the last is followed."
            self.report.defect(node.path, "second_default", sentence)
        links = []
        for node in [node for node in nodes if node.text("condition")] + plain[-1:]:
            goal, condition = node.text("path"), node.text("condition")
            data: dict[str, Any] = {"to": self.pages[goal].data["key"] if goal in self.pages else "check"}
            if condition:
                rule = self.rule(condition, (*node.path, "condition"))
                if rule is None:
                    self.report.lost(node.path, "link", "The link is not carried, as its condition is not.")
                    continue
                data |= {"when": rule, "origin": condition[:500]}
            links.append((goal, LinkDraft(data, node.path)))
        return links

    def _arrives(self, node: Node) -> bool:
        """Whether a link leads to a page that there is."""
        goal = node.text("path")
        node.ignore("condition")
        if goal in self.nodes:
            return True
        if node.value.get("redirect"):
            node.lost("redirect", "link", "A link to another site is not carried.")
            self.report.lost(node.path, "link", "A link to another site is not carried.")
        else:
            self._leads_nowhere(node, goal)
        return False

    def _is_exit(self, path: str, page: PageDraft) -> bool:
        """A page that leads nowhere and asks nothing is an exit, when there is a page of the answers."""
        asks = any(field.has_answer for field in page.fields)
        return not self.nodes[path].value.get("next") and not asks and len(self.nodes) > len(self.pages)
