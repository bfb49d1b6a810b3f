"""The form of an imported workflow: what DIGIT Studio asks, or one question where the source asks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_library.importing.making import FieldDraft, PageDraft, finish, make_field
from forms_library.importing.names import Keys
from forms_library.importing.report import Report
from forms_library.importing.source import Node
from workflows.importing.digit_names import name_of, words_of
from workflows.importing.digit_reading import Path

KINDS = {
    "string": "short_text",
    "text": "short_text",
    "number": "decimal",
    "integer": "integer",
    "boolean": "yes_no",
    "date": "date",
    "email": "email",
    "mobile": "phone",
    "mobileNumber": "phone",
}
FILE_KINDS = {"jpeg": "jpg", "jpg": "jpg", "png": "png", "pdf": "pdf"}
SENTENCES = {
    "validation": ("pattern", "A pattern for what is typed is not carried: look at the question."),
    "schema": ("register", "The register from which answers were chosen is not carried."),
    "dependencies": ("register", "Answers that depend on another one are not carried."),
    "orderNumber": ("order", "Questions stand in the order of the source; its numbers are not carried."),
    "idgen": ("numbers", "How applications are numbered in the old system is not carried."),
    "notification": ("messages", "Messages of the old system are not carried: add them as steps."),
    "pdf": ("documents", "Documents that the old system makes are not carried: add a certificate."),
    "bill": ("payment", "Bills of the old system are not carried."),
    "payment": ("payment", "Payments of the old system are not carried."),
    "calculator": ("payment", "Fees of the old system are not carried."),
    "rules": ("rules", "Rules of the old system that other services check are not carried."),
    "access": ("access", "Rights in the old system are not carried: give the roles under People."),
    "apiconfig": ("address", "Addresses of the old system are not carried."),
    "applicant": ("applicant", "That several people apply together is not carried."),
    "boundary": ("area", "The areas of the old system are not carried."),
    "inbox": ("search", "How work is searched in the old system is not carried."),
    "localization": ("texts", "Texts of the old system lie in other files and are not carried."),
}
QUESTION = {"key": "request", "type": "long_text", "label": {"en": "What do you apply for?"}}
DOCUMENTS = {"key": "documents", "type": "files", "label": {"en": "Documents"}}


def form_of(
    title: str, holder: dict[str, Any] | None, path: Path, report: Report, *, documents: bool
) -> dict[str, Any]:
    """The form as a package holds it; with `documents` at least one file is asked for."""
    pages = [] if holder is None else list(_studio_pages(Node(holder, path, report)))
    if not pages:
        sentence = "The source does not say what is asked of an applicant, so the form asks one question."
        report.changed(path, "no_form", sentence)
        asked = make_field(dict(QUESTION), path, report)
        pages = [PageDraft({"key": "application", "title": {"en": "Your application"}}, path, [asked])]
    if documents:
        pages[-1].fields.append(make_field(dict(DOCUMENTS), path, report))
    form = finish(title, None, pages, report)
    written: dict[str, Any] = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return written


def _studio_pages(service: Node) -> Iterator[PageDraft]:
    keys = Keys()
    fields = [found for node in service.children("fields") if (found := _question(node, keys)) is not None]
    if fields:
        yield PageDraft({"key": "application", "title": {"en": "Your application"}}, service.path, fields)
    files = [found for node in service.children("documents") if (found := _file(node, keys)) is not None]
    if files:
        yield PageDraft({"key": "attachments", "title": {"en": "Your documents"}}, service.path, files)
    service.ignore("module", "service", "workflow")
    service.leftovers(SENTENCES)


def _question(node: Node, keys: Keys) -> FieldDraft | None:
    name = name_of(node.get("name"))
    if not name:
        node.forget()
        node.report.lost(node.path, "no_name", "This question has no name, so it is not carried.")
        return None
    data: dict[str, Any] = {
        "key": keys.field(name),
        "label": {"en": node.text("label") or words_of(name)},
        "required": node.flag("required"),
        "origin": name[:500],
    }
    kind, reference, values = node.text("type"), node.text("reference"), node.get("values")
    if kind == "array":
        return _rows(node, data)
    if reference == "enum" and isinstance(values, list) and values:
        return make_field(data | _choices(values), node.path, node.report)
    if kind not in KINDS:
        node.report.changed((*node.path, "type"), "type", "A question of this kind becomes a line of text.")
    options = {"min_length": node.whole("minLength"), "max_length": node.whole("maxLength")}
    kept = {word: value for word, value in options.items() if value is not None}
    wanted = {"type": KINDS.get(kind, "short_text")} | ({"options": kept} if kept else {})
    return make_field(data | wanted, node.path, node.report)


def _choices(values: list[Any]) -> dict[str, Any]:
    keys, named = Keys(), dict.fromkeys(name_of(value) for value in values)
    choices = [
        {"key": keys.choice(name), "label": {"en": words_of(name) or name}, "origin": name[:500]}
        for name in named
        if name
    ]
    return {"type": "radio", "options": {"choices": choices}}


def _rows(node: Node, data: dict[str, Any]) -> FieldDraft | None:
    items, keys = node.child("items"), Keys()
    items.ignore("type")
    found = [one for part in items.children("properties") if (one := _question(part, keys)) is not None]
    if not found:
        node.report.lost(node.path, "rows", "What is asked in each row is not said, so it is not carried.")
        return None
    wanted = {"type": "repeating_group", "options": {"fields": [draft.data for draft in found]}}
    return make_field(data | wanted, node.path, node.report)


def _file(node: Node, keys: Keys) -> FieldDraft | None:
    if node.value.get("active") is False:
        node.forget()
        node.report.lost(node.path, "switched_off", "This document is switched off in the source.")
        return None
    node.ignore("active")
    name = name_of(node.get("category")) or "document"
    listed = node.get("documentTypes")
    kinds = [words_of(name_of(kind)) for kind in listed] if isinstance(listed, list) else []
    data: dict[str, Any] = {
        "key": keys.field(name.replace("-", "_")),
        "type": "files",
        "label": {"en": words_of(name.replace("-", " "))},
        "required": node.flag("isMandatory"),
        "origin": name[:500],
        "options": _file_options(node),
    }
    if kinds:
        data["hint"] = {"en": ", ".join(kinds)}
    return make_field(data, node.path, node.report)


def _file_options(node: Node) -> dict[str, Any]:
    written = node.get("allowedFileTypes")
    wanted = [name_of(kind).lower() for kind in written] if isinstance(written, list) else []
    taken = list(dict.fromkeys(FILE_KINDS[kind] for kind in wanted if kind in FILE_KINDS))
    if any(kind not in FILE_KINDS for kind in wanted):
        sentence = "Some kinds of file are not taken here: PDF, JPG and PNG are."
        node.report.lost((*node.path, "allowedFileTypes"), "file_kind", sentence)
    megabytes, most = node.whole("maxSizeInMB"), node.whole("maxFilesAllowed")
    return {
        **({"types": taken} if taken else {}),
        **({"max_megabytes": megabytes} if megabytes else {}),
        **({"max": most} if most else {}),
    }
