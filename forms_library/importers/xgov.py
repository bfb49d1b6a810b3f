"""Forms of the XGov / DEFRA digital-form-builder, as its JSON files."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.importing.conditions import Cannot, Subject
from forms_library.importing.making import FieldDraft, PageDraft, finish, make_field
from forms_library.importing.names import Keys
from forms_library.importing.port import Document, Imported, ImportedForm, Importer, importers
from forms_library.importing.prose import to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node
from forms_library.importing.xgov_conditions import XgovConditions
from forms_library.importing.xgov_fields import Components, Lists, Made
from forms_library.importing.xgov_flow import Flow
from forms_library.importing.xgov_words import SENTENCES

REPEATED = "RepeatingFieldPageController"


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
        self.texts: list[tuple[FieldDraft, Node]] = []
        self.used: set[str] = set()

    def imported(self) -> Imported:
        """The form; what nobody read is named last."""
        self._read_pages()
        conditions = XgovConditions(self._models(), self.subjects)
        self._show_choices_and_texts(conditions)
        pages = Flow(
            self.root, self.nodes, self.pages, lambda name, at: self._rule(conditions, name, at)
        ).linked()
        self._unused(conditions)
        title = to_plain(self.root.text("name"), ("name",), self.report) or self._first_title()
        form = finish(title, self.root.text("name")[:500] or None, pages, self.report)
        self.root.leftovers(SENTENCES)
        found = ImportedForm(form, self.root.text("name"))
        return Imported((found,), self.report, self.document, Xgov.key)

    def _first_title(self) -> str:
        return next((str(page.data["title"]) for page in self.pages.values() if page.data["title"]), "Form")

    def _by_name(self, key: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in self.root.children(key):
            name = node.text("name")
            if name in found:
                self.report.defect(
                    (*node.path, "name"), "doubled_name", f'The name "{name[:80]}" stands twice.'
                )
            found.setdefault(name, node)
            node.ignore("type") if key == "lists" else None
            if key == "lists":
                node.ignore("title")  # people who fill in the form never see it
        return found

    def _models(self) -> dict[str, Any]:
        self.conditions = self._by_name("conditions")
        for node in self.conditions.values():
            node.ignore("displayName")
        return {name: node.get("value") for name, node in self.conditions.items()}

    def _read_pages(self) -> None:
        page_keys = Keys()
        for node in self.root.children("pages"):
            path = node.text("path")
            if path in self.nodes:
                self.report.defect(
                    (*node.path, "path"), "doubled_page", f'There are two pages "{path[:80]}".'
                )
                self.report.lost(node.path, "doubled_page", "The second page of one path is not carried.")
                continue
            self.nodes[path] = node
            if not self._is_summary(node):
                self.pages[path] = self._page(node, path, page_keys)

    def _is_summary(self, node: Node) -> bool:
        """The page of the answers to check is always there, so it is no page of the form."""
        controller = str(node.value.get("controller") or "").lower()
        named = str(node.value.get("path")) == "/summary"
        if (
            not ("summary" in controller or (named and "confirm" in controller))
            or "minisummary" in controller
        ):
            return False
        node.ignore("controller", "title", "section")
        if node.get("components"):
            self.report.lost(
                (*node.path, "components"), "summary", "Texts on the page of answers are not carried."
            )
        if node.get("next"):
            self.report.lost(
                (*node.path, "next"), "after", "What comes after the page of answers is not carried."
            )
        return True

    def _page(self, node: Node, path: str, keys: Keys) -> PageDraft:
        title = to_plain(node.text("title"), (*node.path, "title"), self.report)
        if not title:
            self.report.defect((*node.path, "title"), "no_title", "This page has no title.")
        data: dict[str, Any] = {
            "key": keys.field(path.strip("/") or "start", "page"),
            "title": title or path.strip("/") or "Page",
            "origin": path[:500] or None,
        }  # fmt: skip
        section = node.text("section")
        node.child("options")  # what nobody reads of it is named word by word
        self._section(node, section, data)
        page = PageDraft(data, node.path)
        repeated = self._controller(node)
        made = [(self.components.make(part, section), part) for part in node.children("components")]
        found = [(one, part) for one, part in made if one is not None]
        rows = repeated and not any(one.draft.data["type"] == "repeating_group" for one, _ in found)
        page.fields = [one.draft for one, _ in found]
        if rows:
            page.fields = self._repeated(page, node)
        else:
            for one, part in found:
                self._know(one, part, section)
        if node.value.get("controller") == "MiniSummaryPageController":
            node.ignore("controller")
            summary = {"key": self.keys.field(f"{data['key']}_summary"), "type": "summary_of_answers"}
            page.fields.append(make_field(summary, node.path, self.report, "divider"))
        if not page.fields:
            empty = {"key": self.keys.field(f"{data['key']}_line"), "type": "divider", "options": {}}
            page.fields = [make_field(empty, node.path, self.report, "heading")]
        return page

    def _section(self, node: Node, name: str, data: dict[str, Any]) -> None:
        found = self.sections.get(name)
        if name and found is None:
            self.report.defect(
                (*node.path, "section"), "unknown_section", f'There is no section "{name[:80]}".'
            )
        elif found is not None:
            title = found.text("title")
            if title and not found.flag("hideTitle"):
                data["section"] = title

    def _controller(self, node: Node) -> bool:
        """Whether the page is filled in several times; start and simple pages need no program."""
        controller = str(node.value.get("controller") or "")
        plain = controller.rsplit("/", 1)[-1].split(".")[0].lower()
        if (
            plain in ("start", "continue", "", "startpagecontroller", "pagecontroller")
            or controller == REPEATED
        ):
            node.ignore("controller")
        return controller == REPEATED or bool(node.value.get("repeatField"))

    def _repeated(self, page: PageDraft, node: Node) -> list[FieldDraft]:
        """The questions of a page that repeats are the questions of a row."""
        asked = [field for field in page.fields if field.has_answer]
        if not asked:
            return page.fields
        sentence = "This page is filled in several times: its questions become the rows of one page."
        self.report.changed(node.path, "repeat", sentence)
        data = {
            "key": self.keys.field(f"{page.data['key']}_rows"), "type": "repeating_group",
            "label": page.data["title"], "options": {"fields": [field.data for field in asked], "min": 1},
        }  # fmt: skip
        rows = make_field(data, node.path, self.report)
        return [field for field in page.fields if not field.has_answer] + [rows]

    def _know(self, made: Made, node: Node, section: str) -> None:
        """Remember what conditions may speak of."""
        draft = made.draft
        options = node.child("options")
        if options.value.get("condition"):
            self.texts.append((draft, options))
        if not draft.has_answer:
            return
        name = node.text("name")
        subject = Subject(f"answers.{draft.data['key']}", draft.kind, made.choices, name)
        if name in self.subjects and not section:
            self.report.defect((*node.path, "name"), "doubled_field", f'There are two fields "{name[:80]}".')
        self.subjects.setdefault(f"{section}.{name}" if section else name, subject)
        self.subjects.setdefault(name, subject)

    def _show_choices_and_texts(self, conditions: XgovConditions) -> None:
        shown: list[tuple[dict[str, Any], Node]] = [*self.lists.conditions]
        shown += [(draft.data, options) for draft, options in self.texts]
        for data, holder in shown:
            if rule := self._rule(conditions, holder.text("condition"), (*holder.path, "condition")):
                data["show_when"] = rule

    def _rule(self, conditions: XgovConditions, name: str, at: tuple[str | int, ...]) -> str | None:
        self.used.add(name)
        try:
            return conditions.cel(name)
        except Cannot as cannot:
            self._name(cannot, at)
            return None

    def _name(self, cannot: Cannot, at: tuple[str | int, ...]) -> None:
        note = self.report.defect if cannot.defect else self.report.lost
        note(at, cannot.code, cannot.sentence)

    def _unused(self, conditions: XgovConditions) -> None:
        self.used |= self._read_by_others()
        for name, node in self.conditions.items():
            if name not in self.used:
                self.report.defect(
                    node.path, "unused_condition", f'The condition "{name[:80]}" is used nowhere.'
                )
                node.forget()
            elif name not in conditions.said:
                sentence = "The condition is not carried, as nothing that uses it is."
                self.report.lost(node.path, "condition", sentence)
        for name, node in self.lists.nodes.items():
            if name not in self.lists.used:
                self.report.defect(
                    node.path, "unused_list", f'The list "{name[:80]}" is used nowhere: not carried.'
                )
                node.forget()
        for node in self.sections.values():
            node.ignore("title", "hideTitle")

    def _read_by_others(self) -> set[str]:
        """Conditions of fees, choices, texts and links, and those inside of conditions."""
        found = {
            str(fee.get("condition")) for fee in self.document.get("fees") or [] if isinstance(fee, dict)
        }
        for items in self.lists.nodes.values():
            found |= {str(item.value.get("condition")) for item in items.children("items")}
        for page in self.nodes.values():
            found |= {
                str(part.child("options").value.get("condition")) for part in page.children("components")
            }
            found |= {str(link.value.get("condition")) for link in page.children("next")}
        stack = [node.value.get("value") for node in self.conditions.values()]
        while stack:
            part = stack.pop()
            if isinstance(part, dict):
                found.add(str(part.get("conditionName")))
                stack.extend(part.get("conditions") or [])
        return found
