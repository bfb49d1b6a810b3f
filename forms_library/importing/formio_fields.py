"""Components of Open Forms (formio) become fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms_library.importing.formio_kinds import BUILDER, QUESTIONS
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.prose import to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
MOST_CHOICES = 300
HOLDERS = ("fieldset", "columns", "well", "panel")


@dataclass
class MadeField:
    """A component as a field, with where it came from and its choices by foreign value."""

    draft: FieldDraft
    node: Node
    choices: dict[str, str]


class FormioFields:
    """Makes fields; keys are free in the whole form."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def make(self, node: Node, keys: Keys) -> list[MadeField]:
        """The component as fields: a holder is opened, and its parts follow one another."""
        kind = node.text("type")
        node.ignore(*BUILDER)
        if kind in HOLDERS:
            return self._opened(node, kind, keys)
        if kind == "content":
            return self._content(node, keys)
        data = self._data(node, kind, keys)
        making, choices = QUESTIONS.get(kind), dict[str, str]()
        if kind in ("radio", "select", "selectboxes"):
            type_key, options, choices = self._listed(node, kind)
        elif kind == "editgrid":
            type_key, options = self._rows(node)
        elif making is None:
            self.report.lost(
                node.path, "component", f'There is no "{kind[:60]}" here: it becomes a short text.'
            )
            type_key, options = "short_text", {}
        else:
            type_key, options = making(node, node.child("validate"))
        self._several(node, type_key)
        draft = make_field({**data, "type": type_key, "options": options}, node.path, self.report)
        return [MadeField(draft, node, choices)]

    def _data(self, node: Node, kind: str, keys: Keys) -> Options:
        name = node.text("key")
        checks = node.child("validate")
        checks.ignore("onlyAvailableItems", "strictDateValidation", "customPrivate", "unique", "multiple")
        data: Options = {
            "key": keys.field(name),
            "label": to_plain(node.text("label"), (*node.path, "label"), self.report) or name or kind,
            "required": checks.flag("required"), "origin": name[:500] or None,
        }  # fmt: skip
        if hint := node.text("description") or node.text("tooltip"):
            data["hint"] = to_plain(hint, (*node.path, "description"), self.report)
        if node.flag("isSensitiveData"):
            data["data_class"] = "sensitive"
        return data

    def _several(self, node: Node, type_key: str) -> None:
        if node.flag("multiple") and type_key not in ("files", "checkbox_group"):
            self.report.lost(
                (*node.path, "multiple"), "multiple", "Here only one answer can be given to this question."
            )

    def _opened(self, node: Node, kind: str, keys: Keys) -> list[MadeField]:
        made: list[MadeField] = []
        label = to_plain(node.text("label"), (*node.path, "label"), self.report)
        if kind == "fieldset" and label and not node.value.get("hideHeader"):
            data = {"key": keys.field(node.text("key"), "part"), "type": "section", "label": label,
                    "origin": node.text("key")[:500] or None}  # fmt: skip
            made.append(MadeField(make_field(data, node.path, self.report, "heading"), node, {}))
        else:
            self.report.changed(
                node.path, "layout", "What stood side by side stands one below the other here."
            )
        node.ignore("label", "key", "hideHeader")
        for part in node.children("components"):
            made += self._with_its_holder(part, node, keys)
        for column in node.children("columns"):
            column.ignore("size", "sizeMobile", "currentWidth", "width", "offset", "push", "pull")
            for part in column.children("components"):
                made += self._with_its_holder(part, node, keys)
        return made

    def _with_its_holder(self, part: Node, holder: Node, keys: Keys) -> list[MadeField]:
        made = self.make(part, keys)
        for one in made:
            one.draft.children.append(FieldDraft({"holder": holder.text("key")}, holder.path))
        return made

    def _content(self, node: Node, keys: Keys) -> list[MadeField]:
        text = to_markdown(node.text("html"), (*node.path, "html"), self.report)
        node.ignore("label", "validate", "isSensitiveData")
        if not text:
            self.report.defect(node.path, "empty_text", "This text is empty: it is not carried.")
            return []
        name, kind = node.text("key"), "warning" if node.text("customClass") == "warning" else "content"
        if kind == "warning":
            said = to_plain(node.text("html"), (*node.path, "html"), self.report)
            short = {
                "key": keys.field(name, "text"),
                "type": kind,
                "label": said,
                "origin": name[:500] or None,
            }
            return [MadeField(make_field(short, node.path, self.report, "content"), node, {})]
        data = {
            "key": keys.field(name, "text"),
            "type": kind,
            "options": {"text": text},
            "origin": name[:500] or None,
        }
        return [MadeField(make_field(data, node.path, self.report, "content"), node, {})]

    def _rows(self, node: Node) -> tuple[str, Options]:
        checks, keys, fields = node.child("validate"), Keys(), []
        for part in node.children("components"):
            fields += [made.draft.data for made in self.make(part, keys)]
            if (part.value.get("conditional") or {}).get("when"):
                self.report.lost(
                    (*part.path, "conditional"), "condition", "A condition inside of a row is not carried."
                )
        label = node.text("groupLabel")
        return "repeating_group", {
            "fields": fields, "min": checks.whole("minLength") or (1 if checks.flag("required") else 0),
            "max": checks.whole("maxLength"), "item_label": label or None,
        }  # fmt: skip

    def _listed(self, node: Node, kind: str) -> tuple[str, Options, dict[str, str]]:
        node.ignore("defaultValue" if kind == "selectboxes" else "type")
        holder = node.child("data") if kind == "select" else node
        holder.ignore("resource", "headers") if holder is not node else None
        items = holder.children("values")
        type_key = "checkbox_group" if kind == "selectboxes" or node.value.get("multiple") else kind
        keys, choices, found = Keys(), [], dict[str, str]()
        for item in items:
            value, label = item.text("value"), item.text("label")
            item.ignore("shortcut")
            if not value and not label:
                continue
            choice: Options = {
                "key": keys.choice(value or label),
                "label": label or value,
                "origin": value[:500],
            }
            if hint := item.text("description"):
                choice["hint"] = hint
            found.setdefault(value, choice["key"])
            choices.append(choice)
        if not choices:
            self.report.defect(node.path, "no_choices", "There are no choices: this becomes a short text.")
            return "short_text", {}, {}
        if len(choices) > MOST_CHOICES and type_key != "checkbox_group":
            self.report.changed(
                node.path, "many_choices", "A long list becomes one that is searched by typing."
            )
            type_key = "autocomplete"
        return type_key, {"choices": choices}, found
