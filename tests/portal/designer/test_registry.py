"""The designer is handed everything that it draws: kinds, words, widgets; and it names no kind itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from engine.core.text import Text
from engine.departments.models import Department
from forms_library.catalogue import field_types
from forms_library.definition import Field
from forms_library.fields.short_text import ShortText
from portal.designer.department_staff import staff_of
from portal.designer.operators import BY_KEY, OPERATORS
from portal.designer.registry import kinds, registry
from workflows.node_type import NodeType, node_types

Part = dict[str, Any]
NEEDS_AN_EXAMPLE = {"text", "rule", "key", "long_text"}


def settings_of(schema: Part) -> Iterator[tuple[str, Part]]:
    """Every setting of a schema with the name of what it belongs to."""
    for name, one in schema.get("properties", {}).items():
        yield name, one
    for owner, inner in schema.get("$defs", {}).items():
        for name, one in inner.get("properties", {}).items():
            yield f"{owner}.{name}", one


def lacks(one: Part) -> list[str]:
    """What a setting has not: a title, a widget, help, an example."""
    ui = one["ui"]
    found = [word for word in ("widget", "help") if not ui.get(word)]
    if not one.get("title"):
        found.append("title")
    if ui.get("widget") in NEEDS_AN_EXAMPLE and not ui.get("example") and "enum" not in one:
        found.append("example")
    return found


@pytest.mark.parametrize("part", ["field_types", "node_types"])
def test_every_setting_of_every_kind_has_a_title_a_widget_help_and_an_example(part: str) -> None:
    missing = {
        f"{kind['key']}: {name}": lacks(one)
        for kind in kinds("en")[part]
        for name, one in settings_of(kind["schema"])
        if lacks(one)
    }
    assert missing == {}


@pytest.mark.parametrize(
    "name",
    [
        "field_schema",
        "page_schema",
        "form_schema",
        "package_schema",
        "workflow_schema",
        "certificate_schema",
        "message_schema",
    ],
)
def test_every_setting_of_the_parts_of_a_service_has_words(name: str) -> None:
    missing = {setting: lacks(one) for setting, one in settings_of(kinds("en")[name]) if lacks(one)}
    assert missing == {}


def test_every_rule_that_gives_no_yes_or_no_says_what_it_gives() -> None:
    said = {
        name: {hint: one["ui"][hint] for hint in ("gives", "gives_from", "any_kind") if hint in one["ui"]}
        for part in ("field_types", "node_types")
        for kind in kinds("en")[part]
        for setting, one in settings_of(kind["schema"])
        if (name := setting if "." in setting else f"{kind['key']}.{setting}") and one["ui"].get("gives")
    }
    assert said == {
        "calculated.rule": {"gives": "decimal", "gives_from": "result"},
        "hidden.rule": {"gives": "text", "gives_from": "result"},
        "payment_amount.rule": {"gives": "decimal"},
        "Input.expression": {"gives": "text", "gives_from": "type", "any_kind": True},
        "WorkedOut.value": {"gives": "text", "gives_from": "type"},
        "Levels.amount": {"gives": "number"},
        "payment.amount": {"gives": "decimal"},
        "message_catch.correlate": {"gives": "text"},
        "outside_opinion.address_rule": {"gives": "text"},
        "revoke_certificate.number": {"gives": "text"},
    }


def widget_at(schema: Part, place: tuple[str | int, ...]) -> str:
    """How the setting at a place in the options of a step is drawn."""
    inside: Part = schema
    found: Part = {}
    for part in place:
        if isinstance(part, int):
            target = found["items"]
        else:
            target = found = inside["properties"][part]
        name = target.get("$ref", "").rpartition("/")[2]
        inside = schema.get("$defs", {}).get(name, target)
    return str(found["ui"]["widget"])


@pytest.mark.parametrize("kind", list(node_types), ids=lambda kind: kind.key)
def test_every_way_out_of_a_step_is_drawn_as_an_edge(kind: type[NodeType]) -> None:
    schema = next(one["schema"] for one in kinds("en")["node_types"] if one["key"] == kind.key)
    for example in kind.accepts:
        options = kind.Options.model_validate(example)
        for edge in kind.targets(options):
            assert widget_at(schema, edge.place) == "step", (kind.key, edge.place)


@pytest.mark.parametrize("kind", list(node_types), ids=lambda kind: kind.key)
def test_a_step_that_watches_another_says_which_setting_names_it(kind: type[NodeType]) -> None:
    found = next(one for one in kinds("en")["node_types"] if one["key"] == kind.key)
    assert found["watches"] == any(
        kind.watches(kind.Options.model_validate(example)) is not None for example in kind.accepts
    )


@pytest.mark.parametrize("kind", kinds("en")["field_types"], ids=lambda kind: kind["key"])
def test_a_new_question_is_one_that_the_form_takes_as_it_is(kind: Part) -> None:
    if kind["key"] == "image":
        pytest.skip("a picture has no address before somebody gives one")
    field = Field.model_validate({"key": "new", **kind["field"]})
    assert field_types[kind["key"]](field).field.label == Text({"en": kind["label"]})


def test_a_new_step_is_complete_but_for_its_ways_and_what_stands_elsewhere() -> None:
    steps = {kind["key"]: kind["node"] for kind in kinds("en")["node_types"]}
    assert steps["user_task"] == {"type": "user_task", "title": {"en": "Task for staff"}, "role": "clerk"}
    assert "next" not in steps["wait"]
    assert steps["decision"]["branches"] == [{}], "neither a way nor a rule about questions of the example"


def test_an_end_that_refuses_is_drawn_with_an_icon_of_its_own() -> None:
    found = {kind["key"]: kind for kind in kinds("en")["node_types"]}
    icons = found["end"]["icons"]["outcome"]
    assert icons.keys() == {"refused", "withdrawn", "expired"}
    assert found["end"]["icon_svg"] not in icons.values()
    assert found["user_task"]["icons"] == {}


def test_what_can_be_asked_of_an_answer_follows_from_its_kind() -> None:
    found = {kind["key"]: kind for kind in kinds("en")["field_types"]}
    assert "years_ago" in found["date"]["operators"]
    assert "contains" not in found["date"]["operators"]
    assert "all_items" in found["repeating_group"]["operators"]
    assert found["heading"]["operators"] == []
    assert len(BY_KEY) == len(OPERATORS)


def test_what_holds_questions_says_in_which_setting() -> None:
    found = {kind["key"]: kind["holds"] for kind in kinds("en")["field_types"]}
    assert {key: holds for key, holds in found.items() if holds} == {
        "group": "fields",
        "repeating_group": "fields",
        "table": "columns",
    }


def test_a_kind_that_is_added_on_the_server_appears_without_further_edits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Plate(ShortText):
        """The number of a car."""

        key: ClassVar[str] = "number_plate_of_a_test"
        label: ClassVar[Text] = Text("Number plate")

    before = len(kinds("en")["field_types"])
    monkeypatch.setitem(field_types._types, Plate.key, Plate)
    fresh = kinds.__wrapped__("en")["field_types"]
    added = next(one for one in fresh if one["key"] == Plate.key)
    assert len(fresh) == before + 1
    assert added["label"] == "Number plate"
    assert added["schema"]["properties"]["max_length"]["ui"]["widget"] == "number"
    assert "begins" in added["operators"]


@pytest.mark.django_db
def test_the_registry_is_json_and_says_how_many_people_have_each_role(
    licensing: Department, clerk: object
) -> None:
    found = registry(staff_of(licensing), "en")
    assert json.loads(json.dumps(found)) == found
    assert {role["key"]: role["people"] for role in found["roles"]}["clerk"] == 1


def test_a_long_text_has_room_although_texts_are_short_by_themselves() -> None:
    schema = kinds("en")["certificate_schema"]
    assert schema["properties"]["statement"]["ui"]["widget"] == "long_text"
    assert schema["properties"]["title"]["ui"]["widget"] == "text"


def test_what_a_message_can_be_filled_in_with_is_handed_out() -> None:
    for language in ("en", "fr", "ar"):
        offered = kinds(language)["message_placeholders"]
        assert [one["key"] for one in offered] == ["reference", "service", "department", "applicant", "due"]
        assert all(one["label"] for one in offered)
