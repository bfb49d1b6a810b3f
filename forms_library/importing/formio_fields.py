"""Components of Open Forms (formio) become fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.core.text import LANGUAGE_TAG
from forms_library.importing.formio_kinds import QUESTIONS
from forms_library.importing.formio_words import ignore_usual
from forms_library.importing.localised import Said
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.prose import to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
MOST_CHOICES = 300
# in which texts without a language are written
LANGUAGE = "nl"
HOLDERS = ("fieldset", "columns", "well", "panel")


@dataclass
class MadeField:
    """A component as a field, with where it came from and its choices by foreign value."""

    draft: FieldDraft
    node: Node
    choices: dict[str, str]
    holders: tuple[Node, ...] = ()
    """What holds the component, the nearest first."""


@dataclass(frozen=True)
class Met:
    """A component that was met, whatever became of it; what stands in rows cannot be shown for itself."""

    node: Node
    in_rows: bool


class FormioFields:
    """Makes fields; keys are free in the whole form."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.met: list[Met] = []
        self._rows_deep = 0

    def make(self, node: Node, keys: Keys) -> list[MadeField]:
        """The component as fields: a holder is opened, and its parts follow one another."""
        kind = node.text("type")
        ignore_usual(node)
        self.met.append(Met(node, self._rows_deep > 0))
        if kind in HOLDERS:
            return self._opened(node, kind, keys)
        if kind == "content":
            return self._content(node, keys)
        if kind == "softRequiredErrors":
            sentence = "Warnings about questions that were left open are not carried: answer or leave open."
            self.report.lost(node.path, "component", sentence)
            return []
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
        data: Options = {
            "key": keys.field(name),
            "label": self._said(node, "label") or name or kind or "Question",
            "required": checks.flag("required"), "origin": name[:500] or None,
        }  # fmt: skip
        words = [word for word in ("description", "tooltip") if node.text(word)]
        if words:
            data["hint"] = self._said(node, words[0])
        for word in words[1:]:
            node.lost(word, "help", "A question has one help here: this one is not carried.")
        if node.flag("isSensitiveData"):
            data["data_class"] = "sensitive"
        return data

    def _said(self, node: Node, word: str) -> Said:
        """A text of a component, with its translations."""
        text = to_plain(node.text(word), (*node.path, word), self.report)
        others = {}
        translations = node.child("openForms").child("translations")
        for tag in [tag for tag in translations.value if LANGUAGE_TAG.fullmatch(tag)]:
            said = translations.child(tag)
            if tag == LANGUAGE and text:
                said.ignore(word if said.value.get(word) in ("", node.value.get(word)) else "")
                continue
            if isinstance(said.value.get(word), str) and said.value[word].strip():
                others[tag] = to_plain(said.text(word), (*said.path, word), self.report)
        if not text or not others:
            return text or next(iter(others.values()), "")
        return {LANGUAGE: text} | others

    def _several(self, node: Node, type_key: str) -> None:
        if node.flag("multiple") and type_key not in ("files", "checkbox_group"):
            self.report.lost(
                (*node.path, "multiple"), "multiple", "Here only one answer can be given to this question."
            )

    def _opened(self, node: Node, kind: str, keys: Keys) -> list[MadeField]:
        made: list[MadeField] = []
        label = self._said(node, "label")
        if kind == "fieldset" and label and not node.value.get("hideHeader"):
            data = {"key": keys.field(node.text("key"), "part"), "type": "section", "label": label,
                    "origin": node.text("key")[:500] or None}  # fmt: skip
            made.append(MadeField(make_field(data, node.path, self.report, "heading"), node, {}))
        else:
            self.report.changed(
                node.path, "layout", "What stood side by side stands one below the other here."
            )
        node.ignore("label", "key", "hideHeader")
        node.child("validate")
        node.ignore("isSensitiveData" if not node.value.get("isSensitiveData") else "label")
        for part in node.children("components"):
            made += self._with_its_holder(part, node, keys)
        for column in node.children("columns"):
            column.ignore("size", "sizeMobile", "currentWidth", "width", "offset", "push", "pull")
            for part in column.children("components"):
                made += self._with_its_holder(part, node, keys)
        return made

    def _with_its_holder(self, part: Node, holder: Node, keys: Keys) -> list[MadeField]:
        return [replace(one, holders=(*one.holders, holder)) for one in self.make(part, keys)]

    def _content(self, node: Node, keys: Keys) -> list[MadeField]:
        text = to_markdown(node.text("html"), (*node.path, "html"), self.report)
        node.ignore("label", "validate", "isSensitiveData")
        if not text:
            self.report.defect(node.path, "empty_text", "This text is empty: it is not carried.")
            node.forget()
            return []
        name, kind = node.text("key"), "content"
        if node.value.get("customClass") == "warning":
            kind = node.text("customClass")
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
            self._rows_deep += 1
            fields += [made.draft.data for made in self.make(part, keys)]
            self._rows_deep -= 1
        least, most = checks.within("minLength", 0, 1_000), checks.within("maxLength", 1, 1_000)
        label = to_plain(node.text("groupLabel"), (*node.path, "groupLabel"), self.report)
        return "repeating_group", {
            "fields": fields, "min": least or (1 if checks.flag("required") else 0),
            "max": most, "item_label": label or None,
        }  # fmt: skip

    def _no_choices(self, node: Node) -> None:
        source = node.child("openForms").value.get("dataSrc")
        if source in (None, "", "manual"):
            self.report.defect(node.path, "no_choices", "There are no choices: this becomes a short text.")
        else:
            sentence = "The choices come from elsewhere and are not carried: this becomes a short text."
            self.report.lost(node.path, "choices", sentence)

    def _listed(self, node: Node, kind: str) -> tuple[str, Options, dict[str, str]]:
        chosen = node.value.get("defaultValue")
        if isinstance(chosen, dict) and not any(chosen.values()):
            node.ignore("defaultValue")
        holder = node.child("data") if kind == "select" else node
        holder.ignore("resource", "headers") if holder is not node else None
        type_key = "checkbox_group" if kind == "selectboxes" or node.flag("multiple") else kind
        if kind == "radio" and type_key != kind:
            sentence = "Several answers can be given here: it becomes a group of checkboxes."
            self.report.changed((*node.path, "type"), "type", sentence)
        keys, choices, found = Keys(), [], dict[str, str]()
        for item in holder.children("values"):
            value, label = item.text("value"), self._said(item, "label")
            if not value and not label:
                item.ignore(*[word for word in item.value if item.value[word] in ("", None)])
                continue
            said = value or (label if isinstance(label, str) else label[LANGUAGE])
            choice: Options = {"key": keys.choice(said), "label": label or value, "origin": said[:500]}
            if hint := self._said(item, "description"):
                choice["hint"] = hint
            found.setdefault(value, choice["key"])
            choices.append(choice)
        if not choices:
            self._no_choices(node)
            return "short_text", {}, {}
        if len(choices) > MOST_CHOICES and type_key != "checkbox_group":
            self.report.changed(
                node.path, "many_choices", "A long list becomes one that is searched by typing."
            )
            type_key = "autocomplete"
        return type_key, {"choices": choices}, found
