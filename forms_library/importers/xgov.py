"""Forms of the XGov / DEFRA digital-form-builder, as its JSON files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.importing.conditions import Subject
from forms_library.importing.localised import Said, one_of, said
from forms_library.importing.making import PageDraft, finish, make_field
from forms_library.importing.names import Keys
from forms_library.importing.port import Document, Imported, ImportedForm, Importer, importers
from forms_library.importing.prose import to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node
from forms_library.importing.xgov_conditions import as_name
from forms_library.importing.xgov_fields import TEXTS, Components, Lists, Made
from forms_library.importing.xgov_flow import Flow
from forms_library.importing.xgov_pages import is_repeated, is_summary, repeated_rows
from forms_library.importing.xgov_rules import Rules
from forms_library.importing.xgov_words import SENTENCES


@importers.register
class Xgov(Importer):
    """Pages with paths, links with conditions by name, lists of items."""

    key: ClassVar[str] = "xgov"
    label: ClassVar[Text] = Text(
        {
            "en": "XGov digital form builder",
            "fr": "XGov digital form builder",
            "ar": "XGov digital form builder",
        }
    )

    def recognises(self, document: Document) -> bool:
        """Pages that have a path, with a page to start from or lists and conditions beside."""
        if not isinstance(document, dict) or not isinstance(document.get("pages"), list):
            return False
        pages = [page for page in document["pages"] if isinstance(page, dict)]
        return any("path" in page and "_uuid" not in page for page in pages) and (
            "startPage" in document or "lists" in document or "conditions" in document
        )

    def read(self, document: Document) -> Imported:
        """One form with its report."""
        return _Reading(document).imported()


class _Reading:
    """One document on its way to a form."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.report = Report()
        self.document = document
        self.root = Node(document, (), self.report)
        self.lists = Lists(self._by_name("lists"))
        self.sections = self._by_name("sections")
        self.keys = Keys()
        self.components = Components(self.lists, self.keys, self.report)
        self.subjects: dict[str, Subject] = {}
        self.pages: dict[str, PageDraft] = {}
        self.nodes: dict[str, Node] = {}
        self.shown: list[tuple[dict[str, Any], Node]] = []

    def imported(self) -> Imported:
        """The form; what nobody read is named last."""
        self._read_pages()
        rules = Rules(self.root, self.subjects)
        named = self._show(rules)
        pages = Flow(self.root, self.nodes, self.pages, rules.rule).linked()
        rules.finish()
        name = said(self.root, "name", to_plain)
        form = finish(name or self._first_title(), one_of(name)[:500] or None, pages, self.report)
        rules.unsaid(_left(pages, named))
        self._unused()
        self.root.leftovers(SENTENCES)
        return Imported((ImportedForm(form, one_of(name)),), self.report, self.document, Xgov.key)

    def _first_title(self) -> str:
        return next((one_of(page.data["title"]) for page in self.pages.values()), "Form")

    def _by_name(self, key: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in self.root.children(key):
            name = node.text("name")
            if name in found:
                sentence = f'The name "{name[:80]}" stands twice: the second is not carried.'
                self.report.defect(node.path, "doubled_name", sentence)
                node.forget()
            found.setdefault(name, node)
        return found

    def _read_pages(self) -> None:
        page_keys = Keys()
        for node in self.root.children("pages"):
            path = node.text("path")
            if path in self.nodes:
                sentence = f'There are two pages "{path[:80]}".'
                self.report.defect((*node.path, "path"), "doubled_page", sentence)
                self.report.lost(node.path, "doubled_page", "The second page of one path is not carried.")
                node.forget()
                continue
            self.nodes[path] = node
            title = self._section(node)
            if is_summary(node):
                self._know_of_rows(_in_rows(node.value.get("components")))
            else:
                self.pages[path] = self._page(node, path, page_keys)
                if title:
                    self.pages[path].data["section"] = title

    def _section(self, node: Node) -> Said:
        """What stands above the title of a page."""
        name = node.text("section")
        found = self.sections.get(name)
        if found is not None:
            return "" if found.flag("hideTitle") else said(found, "title", to_plain)
        if name:
            sentence = f'There is no section "{name[:80]}".'
            self.report.defect((*node.path, "section"), "unknown_section", sentence)
        return ""

    def _page(self, node: Node, path: str, keys: Keys) -> PageDraft:
        title = said(node, "title", to_plain)
        if not title:
            self.report.defect((*node.path, "title"), "no_title", "This page has no title.")
        data: dict[str, Any] = {
            "key": keys.field(path.strip("/") or "start", "page"),
            "title": title or path.strip("/") or "Page",
            "origin": path[:500] or None,
        }  # fmt: skip
        node.child("options")  # what nobody reads of it is named word by word
        page = PageDraft(data, node.path)
        section, repeated = node.text("section"), is_repeated(node)
        made = [(self.components.make(part, section), part) for part in node.children("components")]
        found = [(one, part) for one, part in made if one is not None]
        page.fields = [one.draft for one, _ in found]
        if repeated and not any(one.draft.data["type"] == "repeating_group" for one, _ in found):
            page.fields = repeated_rows(page, node, self.keys)
        else:
            for one, part in found:
                self._know(one, part, section)
        self._know_of_rows(_in_rows(node.value.get("components")))  # what is asked once is known already
        self._not_empty(page, node)
        return page

    def _not_empty(self, page: PageDraft, node: Node) -> None:
        """A page holds something: a summary where it was one, else a line."""
        if node.value.get("controller") == "MiniSummaryPageController":
            sentence = "This page shows in between what was answered so far."
            self.report.changed((*node.path, "controller"), "summary", sentence)
            summary = {"key": self.keys.field(f"{page.data['key']}_summary"), "type": "summary_of_answers"}
            page.fields.append(make_field(summary, node.path, self.report, "divider"))
        if not page.fields:
            empty = {"key": self.keys.field(f"{page.data['key']}_line"), "type": "divider", "options": {}}
            page.fields = [make_field(empty, node.path, self.report, "heading")]

    def _know(self, made: Made, node: Node, section: str) -> None:
        """Remember what conditions may speak of."""
        draft = made.draft
        options = node.child("options")
        if options.text("condition"):
            self.shown.append((draft.data, options))
        if not draft.has_answer:
            return
        name = node.text("name")
        subject = Subject(f"answers.{draft.data['key']}", draft.kind, made.choices, name)
        if name in self.subjects and not section:
            self.report.defect((*node.path, "name"), "doubled_field", f'There are two fields "{name[:80]}".')
        self.subjects.setdefault(f"{section}.{name}" if section else name, subject)
        self.subjects.setdefault(name, subject)

    def _know_of_rows(self, names: Iterator[str]) -> None:
        """A condition may name what is asked in rows, but cannot mean one of them."""
        for name in names:
            self.subjects.setdefault(name, Subject("", "text", {}, name))

    def _show(self, rules: Rules) -> list[tuple[dict[str, Any], str]]:
        """Choices and components that are shown at times: each with the name of its condition."""
        named = []
        for data, holder in [*self.lists.conditions, *self.shown]:
            name = holder.text("condition")
            if rule := rules.rule(name, (*holder.path, "condition")):
                data["show_when"] = rule
                named.append((data, name))
        return named

    def _unused(self) -> None:
        for name, node in self.lists.nodes.items():
            if name not in self.lists.used:
                sentence = f'The list "{name[:80]}" is used nowhere: not carried.'
                self.report.defect(node.path, "unused_list", sentence)
                node.forget()
            elif node.value.get("type") == "string":
                node.ignore("type")
        used = {node.text("section") for node in self.nodes.values()}
        for name, node in self.sections.items():
            if name not in used:
                self.report.lost(
                    node.path, "unused_section", "This section holds no page: it is not carried."
                )
                node.forget()
            elif node.flag("hideTitle"):
                sentence = "The title of this section was hidden: it is not carried."
                self.report.lost(node.path, "hidden_title", sentence)
                node.forget()


def _in_rows(components: Any) -> Iterator[str]:
    """The names of questions, also of those inside others, whatever became of them."""
    for part in components if isinstance(components, list) else ():
        if isinstance(part, dict) and as_name(part.get("type")) not in TEXTS:
            yield as_name(part.get("name"))
            yield from _in_rows(part.get("children"))


def _left(pages: list[PageDraft], named: list[tuple[dict[str, Any], str]]) -> set[str]:
    """The conditions of which a rule is left in the form."""
    links = {
        str(link.data.get("origin")) for page in pages for link in page.links or [] if "when" in link.data
    }
    alive, ahead = set[int](), [field.data for page in pages for field in page.fields]
    while ahead:
        data = ahead.pop()
        options = data.get("options") or {}
        alive |= {id(data)} | {id(choice) for choice in options.get("choices") or []}
        ahead += options.get("fields") or []
    return links | {name for data, name in named if id(data) in alive and data.get("show_when")}
