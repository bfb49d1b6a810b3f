"""Small forms of other systems, written for the tests."""

from typing import Any

XGOV: dict[str, Any] = {
    "name": "Keep a boat",
    "startPage": "/start",
    "version": 2,
    "pages": [
        {
            "path": "/berth",
            "title": "Your berth",
            "section": "boat",
            "components": [
                {"name": "berth", "type": "RadiosField", "title": "Which berth?", "list": "berths",
                 "options": {},
                 "schema": {}},
                {"name": "costs", "type": "MultiInputField", "title": "Costs",
                 "options": {"columnTitles": ["a"]},
                 "children": [
                     {"name": "what", "type": "TextField", "title": "What?", "options": {}},
                     {"name": "price", "type": "NumberField", "title": "Price", "options": {"prefix": "£"},
                      "schema": {"precision": 2}},
                 ]},
            ],
            "next": [{"path": "/gone"}, {"path": "/summary"}],
        },
        {
            "path": "/start",
            "title": "Do you have a boat?",
            "controller": "./pages/start.js",
            "components": [
                {"name": "intro", "type": "Html",
                 "content": "<p>Read <a href='https://example.org'>this</a>.</p>",
                 "options": {}},
                {"name": "has_boat", "type": "YesNoField", "title": "Do you have a boat?", "hint": "Any boat",
                 "options": {"exposeToContext": True}},
            ],
            "next": [{"path": "/berth", "condition": "yes"}, {"path": "/sorry", "condition": "no"}],
        },
        {"path": "/sorry", "title": "You cannot apply", "components": [
            {"name": "sorry", "type": "Para", "content": "Only people with a boat can.", "options": {}}]},
        {"path": "/summary", "title": "Check", "controller": "./pages/summary.js", "components": []},
    ],
    "lists": [{"name": "berths", "title": "Berths", "type": "string", "items": [
        {"text": "North quay", "value": "North quay"}, {"text": "South quay", "value": "S&1",
         "description": "Deep"}]}],
    "sections": [{"name": "boat", "title": "The boat"}],
    "conditions": [
        {"name": "yes", "displayName": "yes", "value": {"name": "yes", "conditions": [
            {"field": {"name": "has_boat", "type": "YesNoField"}, "operator": "is",
             "value": {"type": "Value", "value": "true", "display": "Yes"}}]}},
        {"name": "no", "displayName": "no", "value": "has_boat == false"},
        {"name": "never", "displayName": "never", "value": "nothing == 1"},
    ],
    "fees": [],
    "outputs": [{"name": "mail", "type": "email", "outputConfiguration": {"emailAddress": "a@example.org"}}],
}  # fmt: skip

MOJ: dict[str, Any] = {
    "_id": "service.base",
    "_type": "service.base",
    "service_name": "Report a hole",
    "locale": "en",
    "flow": {
        "p1": {"_type": "flow.page", "next": {"default": "p2"}},
        "p2": {"_type": "flow.page", "next": {"default": "b1"}},
        "b1": {"_type": "flow.branch", "title": "Big?", "next": {"default": "p4", "conditionals": [
            {"_uuid": "c1", "_type": "if", "next": "p3", "expressions": [
                {"operator": "is", "page": "p2", "component": "q1", "field": "i1"}]},
            {"_uuid": "c2", "_type": "if", "next": "p4", "expressions": [
                {"operator": "is", "page": "p2", "component": "gone", "field": "i1"}]}]}},
        "p3": {"_type": "flow.page", "next": {"default": ""}},
        "p4": {"_type": "flow.page", "next": {"default": "p5"}},
        "p5": {"_type": "flow.page", "next": {"default": ""}},
    },
    "pages": [
        {"_id": "page.start", "_type": "page.start", "_uuid": "p1", "url": "/", "heading": "Report a hole",
         "body": "Use this when you see a *hole*."},
        {"_id": "page.size", "_type": "page.singlequestion", "_uuid": "p2", "url": "size",
         "heading": "Question",
         "components": [{"_id": "size_1", "_type": "radios", "_uuid": "q1", "name": "size_1",
          "legend": "How big?",
                         "hint": "", "errors": {}, "validation": {"required": True}, "items": [
                             {"_id": "a", "_type": "radio", "_uuid": "i1", "label": "Very big",
                              "value": "v-1"},
                             {"_id": "b", "_type": "radio", "_uuid": "i2", "label": "Small",
                              "value": "v-2"}]}]},
        {"_id": "page.exit", "_type": "page.exit", "_uuid": "p3", "url": "call", "heading": "Call us",
         "lede": "Now",
         "components": []},
        {"_id": "page.more", "_type": "page.multiplequestions", "_uuid": "p4", "url": "more",
         "heading": "More",
         "components": [
             {"_id": "n", "_type": "number", "_uuid": "q2", "name": "depth", "label": "Depth",
              "hint": "in metres",
              "validation": {"required": False, "number": True, "minimum": 1}},
             {"_id": "c", "_type": "content", "_uuid": "q3", "name": "note", "content": "Stay **away**",
              "display": "conditional", "conditionals": [{"_uuid": "c9", "_type": "if", "expressions": [
                  {"operator": "is_answered", "page": "p2", "component": "q1", "field": ""}]}]}]},
        {"_id": "page.check", "_type": "page.checkanswers", "_uuid": "p5", "url": "check", "heading": "Check",
         "send_body": "By sending you agree"},
    ],
    "standalone_pages": [],
}  # fmt: skip

OPEN_FORMS: dict[str, Any] = {
    "forms.json": [{"uuid": "f1", "url": "http://x/forms/f1", "name": "Feest", "payment_required": True}],
    "formSteps.json": [
        {"uuid": "s1", "index": 0, "form_definition": "http://x/d/1", "form": "http://x/forms/f1"},
        {"uuid": "s2", "index": 1, "form_definition": "http://x/d/2", "form": "http://x/forms/f1"},
    ],
    "formDefinitions.json": [
        {"url": "http://x/d/1", "uuid": "d1", "name": "Wie", "configuration": {"components": [
            {"key": "naam", "type": "textfield", "label": "Naam", "validate": {"required": True,
             "maxLength": 50},
             "isSensitiveData": True},
            {"key": "gasten", "type": "number", "label": "Gasten", "decimalLimit": 0, "validate": {"min": 1}},
            {"key": "wat", "type": "selectboxes", "label": "Wat?", "values": [
                {"label": "Muziek", "value": "m"}, {"label": "Vuur", "value": "v"}]},
            {"key": "vuur", "type": "content", "html": "<p>Pas op</p>", "hidden": True},
            {"key": "groot", "type": "textarea", "label": "Waarom zo groot?",
             "conditional": {"show": True, "when": "wat", "eq": "m"}}]}},
        {"url": "http://x/d/2", "uuid": "d2", "name": "Waar", "configuration": {"components": [
            {"key": "plek", "type": "fieldset", "label": "Plek", "components": [
                {"key": "straat", "type": "textfield", "label": "Straat", "placeholder": "Kerkstraat"}]}]}},
    ],
    "formLogic.json": [
        {"uuid": "l1", "form": "http://x/forms/f1", "json_logic_trigger": {"==": [{"var": "wat.v"}, True]},
         "actions": [{"component": "vuur", "action": {
             "type": "property", "property": {"value": "hidden", "type": "bool"}, "state": False}}]},
        {"uuid": "l2", "form": "http://x/forms/f1", "json_logic_trigger": {">": [{"var": "gasten"}, 500]},
         "actions": [{"component": "", "form_step_uuid": "s2", "action": {"type": "step-not-applicable"}}]},
        {"uuid": "l3", "form": "http://x/forms/f1", "json_logic_trigger": {"merge": [1]},
         "actions": [{"component": "naam", "action": {"type": "disable-next"}}]},
    ],
}  # fmt: skip

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Dog",
    "type": "object",
    "required": ["name", "gone"],
    "properties": {
        "name": {"type": "string", "maxLength": 30, "title": "Name of the dog"},
        "born": {"type": "string", "format": "date"},
        "weight": {"type": "number", "minimum": 0.5},
        "colour": {"enum": ["red", "dark blue"]},
        "skills": {"type": "array", "items": {"enum": ["sit", "stay"]}, "minItems": 1},
        "owner": {"$ref": "#/$defs/person"},
        "pups": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
        "endless": {"$ref": "#/$defs/endless"},
    },
    "dependentRequired": {"born": ["weight"]},
    "$defs": {
        "person": {"type": "object", "properties": {"mail": {"type": "string", "format": "email"}}},
        "endless": {"$ref": "#/$defs/endless"},
    },
}
