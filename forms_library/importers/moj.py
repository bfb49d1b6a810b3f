"""Services of MOJ Forms, as their metadata."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.importing.conditions import Cannot, Subject, every
from forms_library.importing.making import FieldDraft, LinkDraft, PageDraft, finish, make_field
from forms_library.importing.moj_fields import MojFields
from forms_library.importing.moj_rules import MojRules
from forms_library.importing.names import Keys
from forms_library.importing.ordering import forward
from forms_library.importing.port import Document, Imported, ImportedForm, Importer, Refused, importers
from forms_library.importing.prose import to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

BEFORE, AFTER = "page.checkanswers", "page.confirmation"
BRANCHES_DEEP = 50
SENTENCES = {
    "standalone_pages": ("standalone", "Pages beside the form are not carried: the portal has its own."),
    "configuration": ("metadata", "The settings of the old system are not carried."),
    "metadata": ("metadata", "This belongs to the old system and is not carried."),
    "send_body": ("summary", "The text above the send button is not carried."),
    "send_heading": ("summary", "The title above the send button is not carried."),
    "components": ("summary", "Texts on the page of answers are not carried."),
    "extra_components": ("summary", "Texts on the page of answers are not carried."),
    "service_id": ("metadata", "Names of the old system are not carried."),
    "version_id": ("metadata", "Names of the old system are not carried."),
    "created_by": ("metadata", "Who made the service in the old system is not carried."),
    "created_at": ("metadata", "When the service was made in the old system is not carried."),
    "errors": ("message", "The own sentences of errors are not carried."),
    "min_word": ("setting", "The fewest words are not carried."),
    "width_class_input": ("styling", "How wide the input is drawn is not carried."),
}


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

    def imported(self) -> Imported:
        """The form; what nobody read is named last."""
        self.root.ignore("_id", "_type")
        locale = self.root.text("locale") or "en"
        self._read_pages()
        rules = MojRules(self.subjects)
        self._show(rules)
        pages = self._linked(rules)
        name = self.root.text("service_name")
        title = to_plain(name, ("service_name",), self.report) or str(
            next(iter(self.pages.values())).data["title"]
        )
        form = finish(title, name[:500] or None, pages, self.report)
        self.root.leftovers(SENTENCES)
        return Imported((ImportedForm(form, name, locale[:2]),), self.report, self.document, Moj.key)

    def _read_pages(self) -> None:
        keys = Keys()
        for node in self.root.children("pages"):
            identifier, kind = node.text("_uuid") or node.text("_id"), node.text("_type")
            node.ignore("_id", "add_component", "add_extra_component")
            if kind in (BEFORE, AFTER):
                self.checking.add(identifier)
                node.ignore("url", "heading" if kind == BEFORE else "_uuid")
                for word in ("heading", "body", "lede", "components") if kind == AFTER else ():
                    if node.value.get(word):
                        node.lost(
                            word,
                            "after",
                            "What is shown after sending is not carried: the portal has a page for it.",
                        )
                continue
            if identifier in self.pages:
                self.report.defect(node.path, "doubled_page", "Two pages have the same identifier.")
                continue
            self.pages[identifier] = self._page(node, kind, identifier, keys)
        if not self.pages:
            raise Refused("This service has no page on which anything is asked or said.")

    def _page(self, node: Node, kind: str, identifier: str, keys: Keys) -> PageDraft:
        url = node.text("url")
        key = keys.field(url.strip("/") or "start", "page")
        fields: list[FieldDraft] = []
        made = [(part, self.fields.make(part)) for part in node.children("components")]
        title = to_plain(node.text("heading"), (*node.path, "heading"), self.report)
        if kind == "page.singlequestion" and made and made[0][1] is not None:
            asked = str(made[0][1][0].data.get("label") or "")
            if title and asked and title != asked:
                self.report.changed(
                    (*node.path, "heading"), "heading", "The question is the title of its page."
                )
            title = asked or title
        for word in ("lede", "body", "before_you_start"):
            text = self.fields.content(node.text(word), (*node.path, word), f"{key}_{word}")
            fields += [text] if text is not None else []
        for part, found in made:
            if found is not None:
                fields.append(found[0])
                self._know(part, *found)
        data: dict[str, Any] = {
            "key": key,
            "title": title or url or "Page",
            "origin": identifier[:500] or None,
        }
        if section := node.text("section_heading"):
            data["section"] = section
        if not fields:
            empty = {"key": self.fields.keys.field(f"{key}_line"), "type": "divider"}
            fields = [make_field(empty, node.path, self.report, "heading")]
        page = PageDraft(data, node.path, fields)
        if kind == "page.exit":
            self._exit(page)
        return page

    def _exit(self, page: PageDraft) -> None:
        asked = [field for field in page.fields if field.has_answer]
        if asked:
            for field in asked:
                self.report.lost(field.at, "exit", "Nothing is asked on a page where the form ends.")
            page.fields = [field for field in page.fields if not field.has_answer]
        page.data["exit"] = True

    def _know(self, node: Node, draft: FieldDraft, choices: dict[str, str]) -> None:
        display, conditionals = node.text("display"), node.children("conditionals")
        if display == "never":
            draft.data["show_when"] = "false"
        elif display == "conditional" or conditionals:
            self.shown.append((draft, node))
        if draft.has_answer:
            name = node.text("_uuid") or node.text("_id")
            self.subjects[name] = Subject(
                f"answers.{draft.data['key']}", draft.kind, choices, str(draft.data["label"])
            )

    def _show(self, rules: MojRules) -> None:
        for draft, node in self.shown:
            try:
                draft.data["show_when"] = rules.conditionals(node.children("conditionals"))
            except Cannot as cannot:
                self._name(cannot, (*node.path, "conditionals"))

    def _name(self, cannot: Cannot, at: tuple[str | int, ...]) -> None:
        note = self.report.defect if cannot.defect else self.report.lost
        note(at, cannot.code, cannot.sentence)

    def _linked(self, rules: MojRules) -> list[PageDraft]:
        self.flow = self.root.child("flow")
        known = {**self.pages, **dict.fromkeys(self.checking)}
        links: dict[str, list[tuple[str, LinkDraft]]] = {}
        for identifier in self.flow.value:
            step = self.flow.child(identifier)
            step.ignore("title", "_type", "next" if identifier in self.checking else "_type")
            if step.text("_type") == "flow.page" and identifier not in known:
                self.report.defect(step.path, "unknown_page", "The flow names a page that there is not.")
        for identifier, page in self.pages.items():
            links[identifier] = [] if page.data.get("exit") else self._ways(identifier, rules)
        goals = {name: [goal for goal, _ in found] for name, found in links.items()}
        start = next(iter(self.pages))
        order, back = forward(start, list(self.pages), goals)
        for identifier, page in self.pages.items():
            page.links = self._kept(identifier, page, links[identifier], back)
        rest = [name for name in self.pages if name not in order]
        for name in rest:
            self.report.defect(self.pages[name].at, "unreachable", "No way leads to this page.")
            self.pages[name].links = [] if not self.pages[name].data.get("exit") else None
        return [self.pages[name] for name in [*order, *rest]]

    def _kept(
        self, name: str, page: PageDraft, links: list[tuple[str, LinkDraft]], back: set[tuple[str, str]]
    ) -> list[LinkDraft] | None:
        if page.data.get("exit"):
            return None
        for goal, link in links:
            if (name, goal) in back:
                self.report.lost(link.at, "back", "A link that leads back is not carried.")
        kept = [link for goal, link in links if (name, goal) not in back]
        if kept and "when" in kept[-1].data:
            kept.append(LinkDraft({"to": "check"}, page.at))
        return kept

    def _ways(self, identifier: str, rules: MojRules) -> list[tuple[str, LinkDraft]]:
        """The links of a page: branches are followed until pages are met."""
        if identifier not in self.flow.value:
            self.report.defect(
                self.pages[identifier].at, "no_flow", "The flow does not say what follows this page."
            )
            return []
        step = self.flow.child(identifier)
        goal = step.child("next").text("default")
        return self._to(goal, [], (*step.path, "next", "default"), rules, 0, "")

    def _to(
        self, goal: str, when: list[str], at: tuple[str | int, ...], rules: MojRules, depth: int, origin: str
    ) -> list[tuple[str, LinkDraft]]:
        if goal in self.pages or goal in self.checking or not goal:
            data: dict[str, Any] = {"to": self.pages[goal].data["key"] if goal in self.pages else "check"}
            if when:
                data |= {"when": every(when)}
            if origin:
                data["origin"] = origin[:500]
            return [(goal, LinkDraft(data, at))]
        if goal not in self.flow.value or depth > BRANCHES_DEEP:
            self.report.defect(at, "unknown_page", f'The flow leads to "{goal[:60]}", which there is not.')
            return []
        return self._branch(goal, when, rules, depth)

    def _branch(self, name: str, when: list[str], rules: MojRules, depth: int) -> list[tuple[str, LinkDraft]]:
        found: list[tuple[str, LinkDraft]] = []
        after = self.flow.child(name).child("next")
        for node in after.children("conditionals"):
            try:
                rule = rules.conditional(node)
            except Cannot as cannot:
                self._name(cannot, node.path)
                continue
            goal, own = node.text("next"), node.text("_uuid")
            found += self._to(goal, [*when, rule], (*node.path, "next"), rules, depth + 1, own)
        goal = after.text("default")
        return found + self._to(goal, when, (*after.path, "default"), rules, depth + 1, "")
