"""Services of MOJ Forms, as their metadata."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.importing.conditions import Cannot, Subject
from forms_library.importing.localised import one_of
from forms_library.importing.making import FieldDraft, PageDraft, finish, make_field
from forms_library.importing.moj_fields import MojFields
from forms_library.importing.moj_flow import MojFlow
from forms_library.importing.moj_rules import MojRules
from forms_library.importing.moj_words import SENTENCES
from forms_library.importing.names import Keys
from forms_library.importing.port import Document, Imported, ImportedForm, Importer, Refused, importers
from forms_library.importing.prose import to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

BEFORE, AFTER = "page.checkanswers", "page.confirmation"
KINDS = ("page.start", "page.content", "page.singlequestion", "page.multiplequestions", "page.standalone")


@importers.register
class Moj(Importer):
    """Pages by identifier and a flow with branches beside them."""

    key: ClassVar[str] = "moj"
    label: ClassVar[Text] = Text({"en": "MOJ Forms", "fr": "MOJ Forms", "ar": "MOJ Forms"})

    def recognises(self, document: Document) -> bool:
        """A service with a flow and pages that have identifiers."""
        return (
            isinstance(document, dict)
            and isinstance(document.get("pages"), list)
            and (isinstance(document.get("flow"), dict) or document.get("_type") == "service.base")
        )

    def read(self, document: Document) -> Imported:
        """One form with its report."""
        return _Reading(document).imported()


class _Reading:
    """One service on its way to a form."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.report = Report()
        self.document = document
        self.root = Node(document, (), self.report)
        self.fields = MojFields(Keys(), self.report)
        self.subjects: dict[str, Subject] = {}
        self.pages: dict[str, PageDraft] = {}
        self.checking: set[str] = set()
        self.shown: list[tuple[FieldDraft, Node]] = []
        self.conditional: list[Node] = []

    def imported(self) -> Imported:
        """The form; what nobody read is named last."""
        self.root.ignore("_id", "_type")
        locale = self.root.text("locale") or "en"
        self._read_pages()
        rules = MojRules(self.subjects)
        self._show(rules)
        pages = MojFlow(self.root.child("flow"), self.pages, self.checking, rules).linked()
        name = self.root.text("service_name")
        title = to_plain(name, ("service_name",), self.report)
        title = title or one_of(next(iter(self.pages.values())).data["title"])
        form = finish(title, name[:500] or None, pages, self.report)
        self.root.leftovers(SENTENCES)
        return Imported((ImportedForm(form, name, locale[:2]),), self.report, self.document, Moj.key)

    def _read_pages(self) -> None:
        keys = Keys()
        for node in self.root.children("pages"):
            identifier, kind = node.text("_uuid") or node.text("_id"), node.text("_type")
            node.ignore("_id", "add_component", "add_extra_component")
            if identifier in self.pages or identifier in self.checking:
                sentence = "Two pages have the same identifier: the second is not carried."
                self.report.defect(node.path, "doubled_page", sentence)
                node.forget()
            elif kind in (BEFORE, AFTER):
                self.checking.add(identifier)
                self._last(node, kind)
            else:
                self.pages[identifier] = self._page(node, kind, identifier, keys)
        if not self.pages:
            raise Refused("This service has no page on which anything is asked or said.")

    def _last(self, node: Node, kind: str) -> None:
        """The page of the answers, and the one after sending, are always there."""
        what = "on which all answers are checked" if kind == BEFORE else "that is shown after sending"
        self.report.changed(node.path, "last", f"This becomes the page {what}.")
        node.ignore("url", "heading" if kind == BEFORE else "_uuid")
        for word in ("heading", "body", "lede", "components") if kind == AFTER else ():
            if node.value.get(word):
                sentence = "What is shown after sending is not carried: the portal has a page for it."
                node.lost(word, "after", sentence)

    def _page(self, node: Node, kind: str, identifier: str, keys: Keys) -> PageDraft:
        url = node.text("url")
        key = keys.field(url.strip("/") or "start", "page")
        made = [(part, self.fields.make(part)) for part in node.children("components")]
        fields: list[FieldDraft] = []
        for word in ("lede", "body", "before_you_start"):
            text = self.fields.content(node.text(word), (*node.path, word), f"{key}_{word}")
            fields += [text] if text is not None else []
        for part, found in made:
            self.conditional += [part] if part.children("conditionals") else []
            if found is not None:
                fields.append(found[0])
                self._know(part, *found, asked=kind != "page.exit")
        title = self._title(node, kind, made)
        data: dict[str, Any] = {
            "key": key,
            "title": title or url or "Page",
            "origin": identifier[:500] or None,
        }
        if section := to_plain(node.text("section_heading"), (*node.path, "section_heading"), self.report):
            data["section"] = section
        if not fields:
            empty = {"key": self.fields.keys.field(f"{key}_line"), "type": "divider"}
            fields = [make_field(empty, node.path, self.report, "heading")]
        page = PageDraft(data, node.path, fields)
        if kind == "page.exit":
            self._exit(page)
        elif kind not in KINDS:
            sentence = f'A page "{kind[:40]}" is not known here: it becomes a usual one.'
            self.report.changed((*node.path, "_type"), "page", sentence)
        return page

    def _title(self, node: Node, kind: str, made: list[tuple[Node, Any]]) -> str:
        """The heading; of a page with a single question, the question."""
        title = to_plain(node.text("heading"), (*node.path, "heading"), self.report)
        if kind == "page.singlequestion" and made and made[0][1] is not None:
            asked = str(made[0][1][0].data.get("label") or "")
            if title and asked and title != asked:
                sentence = "The question is the title of its page."
                self.report.changed((*node.path, "heading"), "heading", sentence)
            return asked or title
        return title

    def _exit(self, page: PageDraft) -> None:
        for field in [field for field in page.fields if field.has_answer]:
            self.report.lost(field.at, "exit", "Nothing is asked on a page where the form ends.")
        page.fields = [field for field in page.fields if not field.has_answer]
        if not page.fields:
            empty = {"key": self.fields.keys.field(f"{page.data['key']}_line"), "type": "divider"}
            page.fields = [make_field(empty, page.at, self.report, "heading")]
        page.data["exit"] = True

    def _know(self, node: Node, draft: FieldDraft, choices: dict[str, str], asked: bool) -> None:
        display, conditionals = node.text("display"), node.children("conditionals")
        if display == "never":
            draft.data["show_when"] = "false"
        if conditionals and display in ("never", "always"):
            node.lost("conditionals", "condition", f"This is shown {display}: its condition is not carried.")
        elif display == "conditional" or conditionals:
            self.shown.append((draft, node))
        if display not in ("", "never", "always", "conditional"):
            node.lost("display", "display", "When this is shown is said in a way that is not known here.")
        if draft.has_answer:
            name = node.text("_uuid") or node.text("_id")
            if name in self.subjects:
                sentence = "Two questions have the same identifier: conditions read the first."
                self.report.defect((*node.path, "_uuid"), "doubled_field", sentence)
            path = f"answers.{draft.data['key']}" if asked else ""
            self.subjects.setdefault(name, Subject(path, draft.kind, choices, str(draft.data["label"])))

    def _show(self, rules: MojRules) -> None:
        for node in self.conditional:
            unknown = {name for part in node.children("conditionals") for name in rules.unknown(part)}
            for name in sorted(unknown):
                sentence = f'The condition reads "{name[:60]}", a question that there is not.'
                self.report.defect((*node.path, "conditionals"), "unknown_field", sentence)
        for draft, node in self.shown:
            try:
                draft.data["show_when"] = rules.conditionals(node.children("conditionals"))
            except Cannot as cannot:
                if cannot.code != "unknown_field":  # that was told
                    note = self.report.defect if cannot.defect else self.report.lost
                    note((*node.path, "conditionals"), cannot.code, cannot.sentence)
                for part in node.children("conditionals"):
                    part.forget()
