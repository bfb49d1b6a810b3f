"""Forms as JSON of the XGov digital-form-builder."""

import copy
import json
from typing import Any

import pytest

from forms_library.coverage.round_trip import silent_loss, yaml_loss
from forms_library.definition import Form
from forms_library.exporters.json_schema import JsonSchema
from forms_library.exporters.xgov import Xgov
from forms_library.importing.reading import read_forms
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, XGOV


@pytest.fixture
def written() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(Xgov().write(read_forms(copy.deepcopy(XGOV)).forms[0].form).content)
    return document


def test_paths_names_conditions_and_lists_come_back(written: dict[str, Any]) -> None:
    assert written["startPage"] == "/start"
    assert {page["path"] for page in written["pages"]} == {"/start", "/berth", "/sorry", "/summary"}
    start = next(page for page in written["pages"] if page["path"] == "/start")
    assert {"path": "/berth", "condition": "yes"} in start["next"]
    values = [item["value"] for one in written["lists"] for item in one["items"]]
    assert values == ["North quay", "S&1"]


def test_a_condition_comes_back_as_a_model(written: dict[str, Any]) -> None:
    yes = next(one for one in written["conditions"] if one["name"] == "yes")
    (part,) = yes["value"]["conditions"]
    assert (part["field"]["name"], part["operator"], part["value"]["value"]) == ("has_boat", "is", "true")


@pytest.mark.parametrize("document", [XGOV, MOJ, OPEN_FORMS], ids=["xgov", "moj", "open_forms"])
def test_what_is_lost_on_the_way_out_and_back_is_named(document: Any) -> None:
    form = read_forms(copy.deepcopy(document)).forms[0].form
    assert silent_loss(form, Xgov())[1] == []
    assert yaml_loss(form) == []


def test_what_the_format_cannot_hold_is_named() -> None:
    form = Form.model_validate(
        {
            "title": "T",
            "pages": [
                {
                    "key": "p",
                    "title": "P",
                    "show_when": "answers.a == 1",
                    "fields": [
                        {
                            "key": "a",
                            "type": "integer",
                            "label": "A",
                            "show_when": "answers.b.startsWith('x')",
                        },
                        {"key": "b", "type": "map_point", "label": "B"},
                    ],
                }
            ],
        }
    )
    report = Xgov().write(form).report
    assert {note.where for note in report} == {
        "pages[0].show_when",
        "pages[0].fields[0].show_when",
        "pages[0].fields[1]",
    }


def test_the_schema_of_the_answers_is_json_schema() -> None:
    form = read_forms(copy.deepcopy(XGOV)).forms[0].form
    exported = JsonSchema().write(form)
    assert json.loads(exported.content)["properties"].keys() == {"has_boat", "berth", "costs"}
    assert len(exported.report) > 0
