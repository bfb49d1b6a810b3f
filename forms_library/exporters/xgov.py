"""A form as JSON of the XGov / DEFRA digital-form-builder, as far as that can hold it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.definition import CHECK, Field, Form, Page
from forms_library.exporting.port import Exported, Exporter, exporters
from forms_library.exporting.xgov_components import QUESTIONS, Components, name_of
from forms_library.exporting.xgov_conditions import Asked, Conditions, Unsaid
from forms_library.exporting.xgov_paths import page_paths
from forms_library.exporting.xgov_settings import text_of
from forms_library.importing.report import Report


@exporters.register
class Xgov(Exporter):
    """Pages with paths, links with conditions by name, lists of items."""

    key: ClassVar[str] = "xgov"
    label: ClassVar[Text] = Text(
        {
            "en": "XGov digital form builder",
            "fr": "XGov digital form builder",
            "ar": "XGov digital form builder",
        }
    )
    ending: ClassVar[str] = "json"
    translated: ClassVar[bool] = False
    about: ClassVar[Text] = Text({
        "en": "For the form builder of XGov and DEFRA, as far as it can hold the form.",
        "fr": "Pour le générateur de formulaires de XGov et DEFRA, autant qu’il le permet.",
        "ar": "لمنشئ نماذج XGov وDEFRA، بقدر ما يستوعب النموذج.",
    })  # fmt: skip

    def write(self, form: Form, language: str = "en") -> Exported:
        """The JSON file of the form."""
        writing = _Writing(form, language)
        return Exported(json.dumps(writing.document(), ensure_ascii=False, indent=2), writing.report)


class _Writing:
    """One form on its way out."""

    def __init__(self, form: Form, language: str) -> None:
        self.form, self.language, self.report = form, language, Report()
        self.components = Components(language, self.report)
        paths = page_paths(form)
        self.summary = next(name for name in _summaries() if name not in paths.values())
        self.paths = paths | {CHECK: self.summary}
        self.sections: dict[str, dict[str, Any]] = {}
        self.conditions: dict[str, dict[str, Any]] = {}
        self.translate = Conditions(
            {f"answers.{field.key}": _asked(field, language) for field in form.fields()}
        )

    def document(self) -> dict[str, Any]:
        """The whole document."""
        pages = [self._page(number, page) for number, page in enumerate(self.form.pages)]
        for item, rule, at in self.components.conditions:
            if name := self._condition(rule, None, at):
                item["condition"] = name
        summary = {"path": self.summary, "title": "Check your answers", "controller": "./pages/summary.js",
                   "components": [], "next": []}  # fmt: skip
        return {
            "name": text_of(self.form.title), "startPage": self.paths[self.form.pages[0].key],
            "pages": [*pages, summary], "lists": self.components.lists,
            "sections": list(self.sections.values()),
            "conditions": list(self.conditions.values()), "fees": [], "outputs": [], "version": 2,
            "skipSummary": False,
        }  # fmt: skip

    def _page(self, number: int, page: Page) -> dict[str, Any]:
        at = ("pages", number)
        components = []
        for index, field in enumerate(page.fields):
            component = self.components.component(field, (*at, "fields", index))
            if component is not None:
                if field.show_when:
                    self._field_condition(field, component, (*at, "fields", index))
                components.append(component)
        written: dict[str, Any] = {
            "path": self.paths[page.key], "title": text_of(page.title), "components": components,
            "next": self._next(number, page),
        }  # fmt: skip
        if section := self._section(number, page):
            written["section"] = section
        for word in ("show_when", "intro", "checks"):
            if getattr(page, word):
                self.report.lost((*at, word), "page", f'A page has no "{word}" there.')
        return written

    def _field_condition(self, field: Field, component: dict[str, Any], at: tuple[str | int, ...]) -> None:
        if "content" not in component:
            self.report.lost(
                (*at, "show_when"), "condition", "A question cannot be hidden by a condition there."
            )
            return
        name = self._condition(field.show_when or "", None, (*at, "show_when"))
        if name:
            component["options"]["condition"] = name

    def _section(self, number: int, page: Page) -> str:
        """The name of the section; one of the name of its questions is hidden where the page has no title."""
        name = next((section for section, _ in map(name_of, page.fields) if section), "")
        title = text_of(page.section) if page.section else ""
        if not name and title:
            same = (known for known, one in self.sections.items() if one["title"] == title)
            name = next(same, f"section_{page.key}")
        if not name:
            return ""
        written = (
            {"name": name, "title": title} if title else {"name": name, "title": name, "hideTitle": True}
        )
        if self.sections.setdefault(name, written) != written:
            self.report.lost(("pages", number, "section"), "section", "A section has one title there.")
        return name

    def _next(self, number: int, page: Page) -> list[dict[str, Any]]:
        if page.exit:
            return []
        if page.next is None:
            following = self.form.pages[number + 1].key if number + 1 < len(self.form.pages) else CHECK
            return [{"path": self.paths[following]}]
        found = []
        for index, link in enumerate(page.next):
            written = {"path": self.paths.get(link.to, self.summary)}
            if link.when:
                name = self._condition(link.when, link.origin, ("pages", number, "next", index))
                if not name:
                    continue
                written["condition"] = name
            found.append(written)
        return found or [{"path": self.summary}]

    def _condition(self, rule: str, origin: str | None, at: tuple[str | int, ...]) -> str:
        """The name of the condition, made when it is new; empty when it cannot be said."""
        try:
            model = self.translate.model(rule)
        except (Unsaid, ValueError):
            self.report.lost(at, "condition", "This rule cannot be said in a condition there.")
            return ""
        found = (name for name, made in self.conditions.items() if made["value"]["rule"] == rule)
        name = next(found, None) if origin is None else origin
        if name is None or self.conditions.get(name, {"value": {"rule": rule}})["value"]["rule"] != rule:
            name = f"condition_{len(self.conditions) + 1}"
        value = {"name": name, "rule": rule, **model}
        self.conditions.setdefault(name, {"name": name, "displayName": name, "value": value})
        return name


def _summaries() -> Iterator[str]:
    """Names for the page of the answers."""
    yield "/summary"
    yield from (f"/summary-{number}" for number in count(2))


def _asked(field: Field, language: str) -> Asked:
    section, name = name_of(field)
    choices = field.options.get("choices") or []
    values = {str(choice["key"]): str(choice.get("origin") or choice["key"]) for choice in choices}
    full = f"{section}.{name}" if section else name
    return Asked(full, QUESTIONS.get(field.type, "TextField"), field.label.in_(language), values)
