"""Sensitive answers are sealed where they are stored: the one seam between rows and engine.core.sealing.

An answer is sealed whole when its question, or any question inside it, is of the class "sensitive". What is
empty (None) is not. The documents that an answer holds stay readable beside it, by number only, so that the
database can still say which case holds a document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from engine.core.sealing import KeyRing, is_sealed, key_ring, seal, unseal
from forms_library.blocks import expand_blocks

KEPT = 512
SENSITIVE = "sensitive"


@dataclass(frozen=True)
class SensitiveKeys:
    """What is sensitive in one version: questions and pages of the application, questions by step."""

    answers: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    work: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything is sensitive at all."""
        return bool(self.answers) or any(self.work.values())


def ring() -> KeyRing:
    """The keys of this installation."""
    return key_ring(settings.FIELD_KEYS)


@lru_cache(maxsize=KEPT)
def sensitive_keys(version_id: int) -> SensitiveKeys:
    """What is sensitive in a published version; read once by each process, for versions never change."""
    versions: Any = apps.get_model("workflows.ServiceVersion").objects
    return keys_in(versions.values_list("package", flat=True).get(pk=version_id))


def keys_in(package: Mapping[str, Any]) -> SensitiveKeys:
    """What is sensitive in a package."""
    nodes = {node["key"]: node for node in package["workflow"]["nodes"]}
    forms = {
        key: {page["key"]: _sensitive_of(page) for page in form["pages"]}
        for key, form in package.get("forms", {}).items()
    }
    of_form = {key: frozenset().union(*pages.values()) for key, pages in forms.items()}
    start = nodes.get(package["workflow"]["start"], {}).get("form", "")
    pages = frozenset(key for key, found in forms.get(start, {}).items() if found)
    work = {
        key: of_form.get(node.get("form", ""), frozenset()) | _marked(node) for key, node in nodes.items()
    }
    for key, node in nodes.items():
        if work.get(node.get("body", "")):  # what is gathered from a step holds what that step records
            work[key] |= {"results"}
    return SensitiveKeys(of_form.get(start, frozenset()), pages, work)


def _marked(node: Mapping[str, Any]) -> frozenset[str]:
    """The values that a step itself records and that are marked as sensitive."""
    groups = [part for part in node.values() if isinstance(part, Mapping)]
    named = [each for group in groups for each in group.items() if isinstance(each[1], Mapping)]
    return frozenset(name for name, value in named if value.get("data_class") == SENSITIVE)


def _sensitive_of(page: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(each["key"] for each in expand_blocks(page["fields"]) if _holds_sensitive(each))


def _holds_sensitive(part: Any) -> bool:
    """Whether a field, or one that stands inside it, is sensitive."""
    if isinstance(part, Mapping):
        is_block = isinstance(part.get("block"), str) and "type" not in part
        inner = expand_blocks([dict(part)]) if is_block else part.values()
        return part.get("data_class") == SENSITIVE or any(_holds_sensitive(each) for each in inner)
    return isinstance(part, list) and any(_holds_sensitive(each) for each in part)


def sealed(values: Mapping[str, Any], keys: Collection[str], place: str) -> dict[str, Any]:
    """The values as they are stored: those with these keys sealed for this place."""
    return {
        key: _sealed(value, f"{place}.{key}") if key in keys and value is not None else value
        for key, value in values.items()
    }


def _sealed(value: Any, place: str) -> dict[str, Any]:
    if is_sealed(value):
        return dict(value)
    documents = sorted(set(_documents(value)))
    return seal(ring(), value, place, **({"documents": documents} if documents else {}))


def _documents(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("document"), str):
            yield value["document"]
        for part in value.values():
            yield from _documents(part)
    elif isinstance(value, list):
        for part in value:
            yield from _documents(part)


def opened(values: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The values as people gave them; raises SealingFailed where one can not be trusted."""
    return {
        key: unseal(ring(), value, f"{place}.{key}") if is_sealed(value) else value
        for key, value in values.items()
    }


class _Ready(dict[str, Any]):
    """Values that went through the seam and may be written."""


class _Opening(DeferredAttribute):
    """Opens the values when they are first read; a row that is only listed opens nothing."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        values = super().__get__(instance, cls)
        if isinstance(values, dict) and any(is_sealed(value) for value in values.values()):
            place, _ = instance.sealing(self.field.attname)
            values = instance.__dict__[self.field.attname] = opened(values, place)
        return values

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedJSONField(models.JSONField):
    """A JSON object whose sensitive values are sealed in the database and plain in Python.

    Its model says by `sealing(attname)` which place the values are bound to, and which keys are sensitive. A
    bulk update would go round that, so it is refused.
    """

    descriptor_class = _Opening

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The values as they are written."""
        instance: Any = model_instance
        values = super().pre_save(model_instance, add)
        place, keys = instance.sealing(self.attname)
        return _Ready(sealed(values, keys, place))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What the driver is given; only what a row sealed itself."""
        if value and not isinstance(value, _Ready):
            raise TypeError(f"{self.attname} is written by saving the row, so that it can be sealed.")
        return super().get_db_prep_save(value, connection)

    def deconstruct(self) -> Any:
        """To the database and its migrations this is a plain JSON column."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
