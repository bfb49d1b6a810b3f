"""Hostile forms of other systems, made when asked for: each must cost little, whatever becomes of it."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


def _xgov(*pages: Json, **more: Any) -> Json:
    return {"startPage": "/p0", "pages": list(pages), "lists": [], "sections": [], "conditions": [], **more}


def _page(*components: Json, path: str = "/p0", **more: Any) -> Json:
    return {"path": path, "title": "P", "components": list(components), **more}


def _component(name: str = "a", kind: str = "YesNoField", **more: Any) -> Json:
    return {"name": name, "type": kind, "title": name, "options": {}, "schema": {}, **more}


def _conditions_in_conditions() -> Json:
    """Each condition names the next one twice: written out there would be 2^60 comparisons."""
    last = {"field": {"name": "a"}, "operator": "is", "value": {"type": "Value", "value": "true"}}
    conditions = [{"name": "c60", "value": {"conditions": [last]}}]
    for number in range(60):
        one = {"conditionName": f"c{number + 1}"}
        twice = [one, {**one, "coordinator": "and"}]
        conditions.append({"name": f"c{number}", "value": {"conditions": twice}})
    page = _page(_component(), next=[{"path": "/p0", "condition": "c0"}])
    return _xgov(page, conditions=conditions)


def _conditions_in_a_circle() -> Json:
    conditions = [
        {"name": f"c{n}", "value": {"conditions": [{"conditionName": f"c{(n + 1) % 3}"}]}} for n in range(3)
    ]
    return _xgov(_page(_component(), next=[{"path": "/p0", "condition": "c0"}]), conditions=conditions)


def _every_page_to_every_page() -> Json:
    links = [{"path": f"/p{n}"} for n in range(150)]
    return _xgov(*(_page(_component(f"a{n}"), path=f"/p{n}", next=links) for n in range(150)))


def _deep_markup() -> Json:
    html = "<div>" * 50_000 + "deep" + "</div>" * 50_000
    return _xgov(_page(_component("a", "Html", content=html)))


def _much_markup() -> Json:
    html = "<b><i>" * 400_000
    return _xgov(_page(_component("a", "Html", content=html), title=html))


def _slow_pattern() -> Json:
    return _xgov(_page(_component("a", "TextField", schema={"regex": "^(([a-z])+.)+[A-Z]([a-z])+$"})))


def _odd_numbers() -> Json:
    schema = {"min": "nan", "max": "1e400", "precision": "-inf", "integer": "maybe"}
    return _xgov(_page(_component("a", "NumberField", schema=schema)))


def _branches_in_a_circle() -> Json:
    """Each branch leads to all branches in twenty ways."""
    expression = {"operator": "is_answered", "page": "p", "component": "q", "field": ""}
    ways = [
        {"_uuid": f"w{n}", "_type": "if", "next": f"b{n}", "expressions": [expression]} for n in range(20)
    ]
    after = {"default": "b1", "conditionals": ways}
    flow: Json = {f"b{n}": {"_type": "flow.branch", "next": after} for n in range(20)}
    flow["p"] = {"_type": "flow.page", "next": {"default": "b0"}}
    question = {"_id": "q", "_uuid": "q", "_type": "text", "name": "q", "label": "Q"}
    page = {"_id": "p", "_uuid": "p", "_type": "page.singlequestion", "url": "p", "components": [question]}
    return {"_type": "service.base", "service_name": "S", "flow": flow, "pages": [page]}


def _schema_of_itself() -> Json:
    """Each of a hundred properties is the schema itself again."""
    again = {f"p{n}": {"$ref": "#/$defs/again"} for n in range(100)}
    definitions = {"again": {"type": "object", "properties": again}}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "type": "object", "properties": again, "$defs": definitions}


def _long_rule() -> Json:
    """A rule of Open Forms with as many parts as a file may have."""
    rule: Any = {"or": [{"==": [{"var": "a"}, "x"]}] * 60_000}
    for _ in range(8):
        rule = {"!": [{"and": [rule]}]}
    components = [{"key": "a", "type": "textfield", "label": "A"}]
    return {
        "forms": [{"uuid": "f", "name": "F"}],
        "formSteps": [{"uuid": "s", "index": 0, "form_definition": "d"}],
        "formDefinitions": [{"uuid": "d", "name": "D", "configuration": {"components": components}}],
        "formLogic": [{"json_logic_trigger": rule, "actions": [{"action": {"type": "disable-next"}}]}],
    }


FOREIGN: dict[str, Callable[[], Json]] = {
    "a schema of itself": _schema_of_itself,
    "conditions in conditions": _conditions_in_conditions,
    "conditions in a circle": _conditions_in_a_circle,
    "every page to every page": _every_page_to_every_page,
    "50,000 elements deep": _deep_markup,
    "800,000 elements": _much_markup,
    "a pattern that is slow elsewhere": _slow_pattern,
    "numbers that are none": _odd_numbers,
    "branches in a circle": _branches_in_a_circle,
    "a rule of 60,000 parts": _long_rule,
}
