"""Where the rule of a setting stands, by the path of the setting."""

from __future__ import annotations

from typing import Any

import pytest

from portal.designer.rule_places import RulePlace, place_of

PETS = {"key": "pets", "options": {"columns": [{"key": "kind"}]}}
CHILDREN = {"key": "children", "options": {"fields": [{"key": "age"}, PETS]}}
DOCUMENT: dict[str, Any] = {
    "forms": {"f": {"pages": [{"key": "one", "fields": [{"key": "name"}, CHILDREN]}]}},
    "workflow": {"nodes": [{"key": "check"}]},
}
PAGE = ["forms", "f", "pages", 0]
ROWS = [*PAGE, "fields", 1]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ([*PAGE, "show_when"], RulePlace("f", "one")),
        ([*PAGE, "checks", 0, "rule"], RulePlace("f", "one", inside=True)),
        ([*PAGE, "next", 2, "when"], RulePlace("f", "one", inside=True)),
        ([*PAGE, "fields", 0, "show_when"], RulePlace("f", "one", ("name",))),
        ([*PAGE, "fields", 0, "options", "choices", 1, "show_when"], RulePlace("f", "one", ("name",))),
        ([*ROWS, "options", "checks", 0, "rule"], RulePlace("f", "one", ("children",), inside=True)),
        ([*ROWS, "options", "fields", 0, "required_when"], RulePlace("f", "one", ("children", "age"))),
        (
            [*ROWS, "options", "fields", 1, "options", "columns", 0, "options", "rule"],
            RulePlace("f", "one", ("children", "pets", "kind")),
        ),
        (["workflow", "nodes", 0, "branches", 0, "when"], RulePlace()),
        (["forms", "f", "pages", 9, "fields", "x", "show_when"], RulePlace("f", keys=("",))),
        ([], RulePlace()),
    ],
)
def test_the_place_follows_from_the_path(path: list[Any], place: RulePlace) -> None:
    assert place_of(DOCUMENT, path) == place
