"""Forms of Open Forms: the export archive, its unpacked files, or a list of formio components."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.importing.formio_fields import FormioFields, MadeField
from forms_library.importing.making import PageDraft, finish, make_field
from forms_library.importing.names import Keys
from forms_library.importing.open_forms_logic import Logic
from forms_library.importing.port import Document, Imported, ImportedForm, Importer, Refused, importers
from forms_library.importing.prose import to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

PARTS = ("forms", "formSteps", "formDefinitions", "formLogic", "formVariables", "_meta")
METADATA = ("metadata", "This belongs to the old system and is not carried.")
SENTENCES = {
    "defaultValue": ("default", "The answer that was filled in from the start is not carried."),
    "prefill": ("prefill", "The register from which this was filled in is not carried."),
    "registration": ("output", "Where answers are sent is not carried."),
    "placeholder": ("placeholder", "The example inside the input is not carried."),
    "customClass": ("styling", "How this looks is not carried."),
    "showInSummary": ("summary", "All answers are shown before they are sent."),
    "translatedErrors": ("message", "The own sentences of errors are not carried."),
    "errors": ("message", "The own sentences of errors are not carried."),
    "openForms": ("setting", "Settings of the old system are not carried."),
    "of-translations": ("translation", "Translations of single texts are not carried."),
    "translations": ("translation", "Translations of names are not carried."),
    "plugins": ("plugin", "Checks by program code of the old system are not carried."),
    "custom": ("code", "Program code of the old system is not carried."),
    "calculateValue": ("code", "Program code of the old system is not carried."),
    "customDefaultValue": ("code", "Program code of the old system is not carried."),
    "customConditional": ("code", "Program code of the old system is not carried."),
    "conditional": ("condition", "This condition is not carried."),
    "hidden": ("hidden", "Nothing shows this question, so it stays hidden."),
    "disabled": ("disabled", "That this can not be changed is not carried."),
    **dict.fromkeys(("url", "uuid", "slug", "internal_name", "created", "of_release"), METADATA),
}  # fmt: skip


@importers.register
class OpenForms(Importer):
    """Steps with formio components, and rules in JsonLogic beside them."""

    key: ClassVar[str] = "open_forms"
    label: ClassVar[Text] = Text({"en": "Open Forms", "fr": "Open Forms", "ar": "Open Forms"})

    def recognises(self, document: Document) -> bool:
        """The files of an export, or components with keys and types."""
        if not isinstance(document, dict):
            return False
        names = {PurePosixPath(name).stem for name in document}
        if {"forms", "formSteps"} <= names or {"forms", "formDefinitions"} <= names:
            return True
        components = document.get("components")
        return (
            isinstance(components, list)
            and bool(components)
            and all(isinstance(part, dict) and "type" in part and "key" in part for part in components)
            and "_type" not in components[0]
        )

    def read(self, document: Document) -> Imported:
        """All forms of the export, each with its steps."""
        report = Report()
        if "components" in document and "forms" not in document:
            root = Node(document, (), report)
            root.ignore("display", "type")
            step = _Step(root, root.text("title") or root.text("name") or "Form", root.text("name"))
            others = frozenset(_keys(root.value))
            form = _Reading(report, {}, others).form([step], [], "Form", None)
            root.leftovers(SENTENCES)
            return Imported((ImportedForm(form, "", "nl"),), report, document, self.key)
        return self._export(document, report)

    def _export(self, document: Mapping[str, Any], report: Report) -> Imported:
        parts = {
            name: value for path, value in document.items() if (name := PurePosixPath(path).stem) in PARTS
        }
        for path, value in document.items():
            if PurePosixPath(path).stem not in PARTS and value:
                report.lost((path,), "file", "This file of the export is not known here.")
        root = Node(parts, (), report)
        _forget(root)
        definitions = _definitions(root)
        found, forms = root.children("forms") or [Node({}, ("forms",), report)], []
        steps_of = [_steps(root, node, definitions, len(found)) for node in found]
        others = _others(root, steps_of)
        for node, steps in zip(found, steps_of, strict=True):
            node.ignore("steps", "active", "is_deleted", "maintenance_mode")
            name = node.text("name")
            rules = root.children("formLogic")
            logic = [rule for rule in rules if len(found) == 1 or _belongs(rule, node)]
            title = to_plain(name, (*node.path, "name"), report) or "Form"
            reading = _Reading(report, _step_keys(root), others)
            form = reading.form(steps, logic, title, node.text("uuid") or name)
            forms.append(ImportedForm(form, name, "nl"))
        _used(definitions, report)
        root.leftovers(SENTENCES)
        return Imported(tuple(forms), report, parts, self.key)


class _Step:
    """One step: a page with the components of its definition."""

    def __init__(self, configuration: Node, title: str, name: str, at: Node | None = None) -> None:
        self.configuration, self.title, self.name = configuration, title, name
        self.node = at or configuration


def _forget(root: Node) -> None:
    """Files that tell about the export itself, and what steps repeat of their definition."""
    root.child("_meta").ignore("of_release", "of_git_sha", "created")
    if root.value.get("formVariables"):
        root.lost("formVariables", "variable", "Variables beside the questions are not carried.")
    else:
        root.ignore("formVariables")


def _definitions(root: Node) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for number, node in enumerate(root.children("formDefinitions")):
        configuration = node.value.get("configuration")
        if isinstance(configuration, str):
            try:
                node.value["configuration"] = json.loads(configuration)
            except ValueError:
                node.report.defect((*node.path, "configuration"), "shape", "The components cannot be read.")
        node.child("configuration").ignore("display")
        node.ignore("uuid", "url", "slug", "internal_name", "is_reusable")
        names = [name for name in (node.text("url"), node.text("uuid"), node.text("name")) if name]
        for name in names or [f"\0{number}"]:
            found.setdefault(name, node)
    return found


def _used(definitions: dict[str, Node], report: Report) -> None:
    for node in _each(definitions):
        if "name" not in node.value or not getattr(node, "used", False):
            report.defect(node.path, "unused_definition", "These questions are part of no form: not carried.")
            node.forget()


def _index(step: Node) -> float:
    found = step.value.get("index")
    return found if isinstance(found, int | float) else 0


def _steps(root: Node, form: Node, definitions: dict[str, Node], forms: int) -> list[_Step]:
    steps = []
    for node in sorted(root.children("formSteps"), key=_index):
        named = str(node.value.get("form") or "")
        if named and named != form.value.get("url") and forms > 1:
            continue
        definition = definitions.get(node.text("form_definition")) or definitions.get(
            _by_slug(node, definitions)
        )
        node.ignore("form", "index", "url", "literals", "uuid", "slug", "form_definition")
        if definition is None:
            node.report.defect(
                node.path, "unknown_definition", "The step names questions that there are not."
            )
            continue
        node.ignore("configuration", "name", "internal_name", "is_reusable")  # a copy of the definition
        definition.used = True  # type: ignore[attr-defined]
        title = to_plain(definition.text("name"), (*definition.path, "name"), root.report)
        steps.append(
            _Step(
                definition.child("configuration"),
                title or "Page",
                node.text("uuid") or node.text("url"),
                node,
            )
        )
    return steps or [_of_definition(node) for node in _each(definitions)]


def _of_definition(node: Node) -> _Step:
    """A step for questions that no step names, when there is no step at all."""
    node.used = True  # type: ignore[attr-defined]
    title = to_plain(node.text("name"), (*node.path, "name"), node.report)
    node.report.changed(node.path, "no_step", "No step names these questions: they become a page.")
    return _Step(node.child("configuration"), title or "Page", "", node)


def _each(definitions: dict[str, Node]) -> list[Node]:
    return list({id(node): node for node in definitions.values()}.values())


def _by_slug(step: Node, definitions: dict[str, Node]) -> str:
    slug = step.text("slug")
    return next((name for name, node in definitions.items() if slug and node.value.get("slug") == slug), "")


def _step_keys(root: Node) -> dict[str, str]:
    """All names by which rules speak of a step, with the name that its page keeps."""
    names: dict[str, str] = {}
    for node in root.children("formSteps"):
        for name in (node.value.get("url"), node.value.get("uuid")):
            if name:
                names[str(name)] = node.text("uuid") or node.text("url")
    return names


def _others(root: Node, steps_of: list[list[_Step]]) -> frozenset[str]:
    """The names that rules may read although no question has them: variables, and what is asked in rows."""
    found = root.value.get("formVariables")
    listed = found if isinstance(found, list) else []
    variables = {str(one.get("key")) for one in listed if isinstance(one, dict)}
    used = [step.configuration.value for steps in steps_of for step in steps]
    return frozenset(variables).union(*(set(_keys(configuration)) for configuration in used))


def _keys(holder: Any) -> Iterator[str]:
    """The keys of all components, at any depth."""
    if isinstance(holder, dict):
        if isinstance(holder.get("key"), str):
            yield holder["key"]
        for word in ("components", "columns"):
            yield from _keys(holder.get(word))
    elif isinstance(holder, list):
        for part in holder:
            yield from _keys(part)


def _belongs(rule: Node, form: Node) -> bool:
    named = str(rule.value.get("form") or "")
    return not named or named == form.value.get("url") or named.endswith(str(form.value.get("uuid")))


class _Reading:
    """One form of an export."""

    def __init__(self, report: Report, step_names: dict[str, str], others: frozenset[str]) -> None:
        self.report, self.step_names, self.others = report, step_names, others
        self.fields = FormioFields(report)

    def form(self, steps: list[_Step], rules: list[Node], title: str, origin: str | None) -> Any:
        """The form with its pages in the order of the steps."""
        keys, page_keys, made, pages = Keys(), Keys(), list[MadeField](), list[PageDraft]()
        of_page: dict[str, PageDraft] = {}
        for step in steps:
            data: dict[str, Any] = {"key": page_keys.field(step.title, "page"), "title": step.title}
            if step.name:
                data["origin"] = step.name[:500]
            page = PageDraft(data, step.node.path)
            for component in step.configuration.children("components"):
                here = self.fields.make(component, keys)
                page.fields += [one.draft for one in here]
                made += here
            if not page.fields:
                empty = {"key": keys.field(f"{data['key']}_line"), "type": "divider"}
                page.fields = [make_field(empty, page.at, self.report, "heading")]
            pages.append(page)
            of_page[step.name] = page
        if not pages:
            raise Refused("This form has no page on which anything is asked or said.")
        met = self.fields.met
        logic = Logic(made, pages, of_page, self.step_names, self.others, met, self.report)
        logic.apply(rules)
        return finish(title, origin, pages, self.report, logic.said)
