"""Which answer decides about what in a form: one line for each rule and each answer that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from forms_library.bound import CompiledField, CompiledForm
from forms_library.checking_order import places
from forms_library.checking_rules import Place, every_rule
from forms_library.definition import HOLDING
from forms_library.rule_graph import fields_read
from portal.designer.usable_form import usable_form

Part = dict[str, Any]
MOST = 1_000


def rule_lines(document: Part, form_key: str, language: str) -> list[Part]:
    """Every line in the order of the form, with where both ends of it stand in the document."""
    form = usable_form(document, form_key)
    if form is None:
        return []
    found = _Lines(form, language, dict(_places_in(document, form_key)))
    return list(islice(found.all(), MOST))


class _Lines:
    """The lines of one form."""

    def __init__(self, form: CompiledForm, language: str, where: Mapping[str, list[Any]]) -> None:
        self.form, self.language, self.where = form, language, where
        self.pages = list(form.pages.values())
        self.fields = {place: form.by_path[path] for path, place in places(form).items()}

    def all(self) -> Iterator[Part]:
        """A line for each answer that a rule reads."""
        for place, rule, scope in every_rule(self.form):
            target, name, rest = self._target(place)
            for path in sorted(fields_read(self.form, rule, scope), key=list(self.form.by_path).index):
                read = self.form.by_path[path]
                source = self._name(read)
                yield {
                    "sentence": _said(rest, isinstance(target, CompiledField)).format(a=source, b=name),
                    "from": {"key": path, "name": source, "path": self.where.get(_plain(path), [])},
                    "to": self._end(target, name, rest),
                }

    def _target(self, place: Place) -> tuple[CompiledField | str, str, Place]:
        """What a rule decides about: a question or the key of a page, its name, and which setting it is."""
        for length in range(len(place), 2, -1):
            if (asked := self.fields.get(place[:length])) is not None:
                return asked, self._name(asked), place[length:]
        page = self.pages[int(place[1])]
        return page.key, page.page.title.in_(self.language) or page.key, place[2:]

    def _end(self, target: CompiledField | str, name: str, rest: Place) -> Part:
        if isinstance(target, CompiledField):
            return {"key": target.path, "name": name, "path": self.where.get(_plain(target.path), [])}
        return {"key": f"page {target}", "name": name, "path": self.where.get(f"page {target}", [])}

    def _name(self, asked: CompiledField) -> str:
        return asked.field.label.in_(self.language) or asked.key


def _said(rest: Place, of_field: bool) -> str:
    """The sentence for a rule in this setting; a is what is read, b what it decides about."""
    if rest[:1] == ("show_when",):
        shown = _("“{a}” decides whether “{b}” is shown")
        return shown if of_field else _("“{a}” decides whether the page “{b}” is shown")
    if rest[:1] == ("required_when",):
        return _("“{a}” decides whether “{b}” must be answered")
    if rest[:1] == ("next",):
        return _("“{a}” decides where the page “{b}” leads")
    if "checks" in rest:
        checked = _("“{a}” is looked at in a rule for each “{b}”")
        return checked if of_field else _("“{a}” is looked at in a rule of the page “{b}”")
    if "choices" in rest:
        return _("“{a}” decides which choices “{b}” offers")
    return _("“{b}” is worked out from “{a}”")


def _plain(path: str) -> str:
    return path.replace("[]", "")


def _places_in(document: Part, form_key: str) -> Iterator[tuple[str, list[Any]]]:
    """Where pages and questions stand in the document, also beside some that cannot be used."""
    for number, page in enumerate(document["forms"][form_key]["pages"]):
        if isinstance(page, dict):
            here = ["forms", form_key, "pages", number]
            yield f"page {page.get('key')}", here
            yield from _fields_in(page.get("fields"), [*here, "fields"], "")


def _fields_in(fields: Any, here: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    for number, field in enumerate(fields if isinstance(fields, list) else ()):
        if not isinstance(field, dict):
            continue
        path, place = f"{before}{field.get('key')}", [*here, number]
        yield path, place
        given = field.get("options")
        options: Part = given if isinstance(given, dict) else {}
        for name in HOLDING:
            yield from _fields_in(options.get(name), [*place, "options", name], f"{path}.")
