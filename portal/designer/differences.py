"""What is different between two packages, in sentences: Added, Changed, Moved, Removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import ValidationError

from engine.core.text import Text
from portal.designer.merging import keyed, same

Package = dict[str, Any]
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
        if (one := _difference(old.get(key), part, old, new))
    ]
    found += [
        {**_line("removed", part, _('{what} "{name}" is removed')), "of": list(key)}
        for key, part in old.items()
        if key not in new
    ]
    return found[:MOST]


def _difference(old: _Part | None, new: _Part, olds: Any, news: Any) -> dict[str, Any] | None:
    if old is None:
        return _line("added", new, _('{what} "{name}" is new'))
    if old.home != new.home:
        return _line("moved", new, _('{what} "{name}" stands in another place'))
    if not same(old.content, new.content):
        return _line(
            "changed", new, _('{what} "{name}" is changed: {words}'), _changed(old.content, new.content)
        )
    if old.place != new.place and _order(olds, new.home, news) != _order(news, new.home, olds):
        return _line("moved", new, _('{what} "{name}" stands in another order'))
    return None


def _order(parts: dict[Any, _Part], home: str, others: dict[Any, _Part]) -> list[Any]:
    return [key for key, part in parts.items() if part.home == home and key in others]


def _line(kind: Kind, part: _Part, pattern: str, words: str = "") -> dict[str, Any]:
    sentence = pattern.replace("{what}", part.what).replace("{words}", words).replace("{name}", part.name)
    return {"kind": kind, "sentence": sentence, "path": list(part.path)}


def _changed(old: Any, new: Any) -> str:
    """The names of what is changed, as they stand in the package."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ""
    names = [name for name in {**old, **new} if not same(old.get(name), new.get(name))]
    return ", ".join(name.replace("_", " ") for name in names[:6])


def _parts(package: Package, language: str) -> Iterator[tuple[tuple[str, ...], _Part]]:
    forms = _group(package.get("forms"))
    rest = {
        name: one
        for name, one in package.items()
        if name not in ("forms", "workflow", "certificates", "messages", "translations")
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
    for word, what in (("certificates", _("Certificate")), ("messages", _("Message"))):
        for key, one in _group(package.get(word)).items():
            yield (word, key), _Part(what, key, one, word, 0, (word, key))


def _of_form(key: str, form: Package, language: str) -> Iterator[tuple[tuple[str, ...], _Part]]:
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
        for place, field in enumerate(_items(page.get("fields"))):
            name = said(field.get("label"), language) or str(field["key"])
            home = f"{key}/{page['key']}"
            yield (
                ("field", key, field["key"]),
                _Part(_("Question"), name, field, home, place, (*at, "fields", place)),
            )


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
