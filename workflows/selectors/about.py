"""The items of lists that a work item is about, for whoever does it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from forms_library.compiled import CompiledForm
from forms_library.one_item import OneItem, one_item
from workflows.instances import VALUE, Instance, instances_of
from workflows.models import Case
from workflows.selectors.versions import Version, version_of


@dataclass(frozen=True)
class About:
    """One item, and which of how many it is."""

    item: OneItem
    number: int
    of: int


def about_of(case: Case, item: Any, language: str, hide: Collection[str]) -> list[About]:
    """The items, the outermost first; most work items are about none, which costs nothing."""
    if item is None or "/" not in str(item.token):
        return []
    version = version_of(case.version_id)
    found = [(each, _item(version, case, each, language, hide)) for each in instances_of(case, item.token)]
    return [About(shown, each.number, each.of) for each, shown in found if shown is not None]


def _item(
    version: Version, case: Case, each: Instance, language: str, hide: Collection[str]
) -> OneItem | None:
    root, *keys = each.step.options.over.split(".")
    form = version.start_form if root == "answers" else _form_of(version, keys.pop(0))
    if form is None or len(keys) != 1:
        return None
    values = each.item(case)
    return one_item(form, keys[0], values.get(VALUE, values), each.index + 1, language, hide=hide)


def _form_of(version: Version, node_key: str) -> CompiledForm | None:
    key = getattr(version.node(node_key), "form", None)
    return version.staff_form(key) if key else None
