"""What is different between two packages, in sentences: Added, Changed, Moved, Removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import ValidationError

from engine.core.text import Text
from forms_library.definition import HOLDING
from portal.designer.changed_settings import changed_settings
from portal.designer.merging import keyed, same

Package = dict[str, Any]
Key = tuple[str, ...]
OUTER = 3  # the length of the key of a question that stands on a page itself
Kind = Literal["added", "changed", "moved", "removed"]
MOST = 300


@dataclass(frozen=True)
class _Part:
    """One thing that people speak of: what and where it is, and its content without parts of its own."""

    what: str
    name: str
    content: Any
    home: str
    place: int
    path: tuple[str | int, ...]


def differences(before: Package, after: Package, language: str) -> list[dict[str, Any]]:
    """Sentences about what is added, changed, moved and removed, in the order of the newer package."""
    old, new = dict(_parts(before, language)), dict(_parts(after, language))
    found = [
        {**one, "of": list(key)}
        for key, part in new.items()
        if _is_told(key, old, new) and (one := _difference(old.get(key), part, old, new, language))
    ]
    found += [
        {**_line("removed", part, _('{what} "{name}" is removed')), "of": list(key)}
        for key, part in old.items()
        if key not in new and _is_told(key, old, new)
    ]
    return found[:MOST]


def _is_told(key: Key, old: Mapping[Key, _Part], new: Mapping[Key, _Part]) -> bool:
    """A question in a group that is new or gone as a whole is no news of its own."""
    return len(key) <= OUTER or (key[:-1] in old and key[:-1] in new)


def _difference(old: _Part | None, new: _Part, olds: Any, news: Any, language: str) -> dict[str, Any] | None:
    if old is None:
        return _line("added", new, _('{what} "{name}" is new'))
    if old.home != new.home:
        return _line("moved", new, _('{what} "{name}" stands in another place'))
    if not same(old.content, new.content):
        return _line(
            "changed",
            new,
            _('{what} "{name}" is changed: {words}'),
            changed_settings(old.content, new.content, language),
        )
    if old.place != new.place and _order(olds, new.home, news) != _order(news, new.home, olds):
        return _line("moved", new, _('{what} "{name}" stands in another order'))
    return None


def _order(parts: dict[Any, _Part], home: str, others: dict[Any, _Part]) -> list[Any]:
    return [key for key, part in parts.items() if part.home == home and key in others]


def _line(kind: Kind, part: _Part, pattern: str, words: str = "") -> dict[str, Any]:
    sentence = pattern.replace("{what}", part.what).replace("{words}", words).replace("{name}", part.name)
    return {"kind": kind, "sentence": sentence, "path": list(part.path)}


def _parts(package: Package, language: str) -> Iterator[tuple[Key, _Part]]:
    forms = _group(package.get("forms"))
    rest = {
        name: one
        for name, one in package.items()
        if name not in ("forms", "workflow", "certificates", "messages", "roles", "translations")
    }
    if package:
        yield ("service",), _Part(_("Service"), said(package.get("title"), language), rest, "", 0, ())
    for key, form in forms.items():
        yield from _of_form(key, _group(form), language)
    workflow = _group(package.get("workflow"))
    if workflow:
        rest = {name: one for name, one in workflow.items() if name != "nodes"}
        yield (
            ("workflow",),
            _Part(_("Workflow"), said(package.get("title"), language), rest, "", 0, ("workflow",)),
        )
    for number, node in enumerate(_items(workflow.get("nodes"))):
        name = said(node.get("title"), language) or str(node["key"])
        yield (
            ("step", node["key"]),
            _Part(_("Step"), name, node, "workflow", number, ("workflow", "nodes", number)),
        )
    named = (("certificates", _("Certificate")), ("messages", _("Message")), ("roles", _("Role")))
    for word, what in named:
        for key, one in _group(package.get(word)).items():
            name = said(one.get("title", one.get("subject")), language) or key
            yield (word, key), _Part(what, name, one, word, 0, (word, key))


def _of_form(key: str, form: Package, language: str) -> Iterator[tuple[Key, _Part]]:
    rest = {name: one for name, one in form.items() if name != "pages"}
    yield (
        ("form", key),
        _Part(_("Form"), said(form.get("title"), language) or key, rest, "", 0, ("forms", key)),
    )
    for number, page in enumerate(_items(form.get("pages"))):
        own = {name: one for name, one in page.items() if name != "fields"}
        at = ("forms", key, "pages", number)
        name = said(page.get("title"), language) or str(page["key"])
        yield ("page", key, page["key"]), _Part(_("Page"), name, own, key, number, at)
        yield from _of_fields(
            page.get("fields"), ("field", key), f"{key}/{page['key']}", (*at, "fields"), language
        )


def _of_fields(
    fields: Any, owner: Key, home: str, at: tuple[str | int, ...], language: str
) -> Iterator[tuple[Key, _Part]]:
    """Questions, and behind each those that it holds."""
    for place, field in enumerate(_items(fields)):
        name = said(field.get("label"), language) or str(field["key"])
        here, path = (*owner, field["key"]), (*at, place)
        options = _group(field.get("options"))
        inner = {name: options[name] for name in HOLDING if _items(options.get(name))}
        own = {**field, "options": {one: value for one, value in options.items() if one not in inner}}
        yield here, _Part(_("Question"), name, own if inner else field, home, place, path)
        for held, fields_of in inner.items():
            yield from _of_fields(fields_of, here, "/".join(here), (*path, "options", held), language)


def _group(value: Any) -> Package:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[Package]:
    return value if keyed(value) else []


def said(value: Any, language: str) -> str:
    """The text in a part of a document; empty where there is none."""
    try:
        return Text.model_validate(value).in_(language)
    except ValidationError:
        return ""
