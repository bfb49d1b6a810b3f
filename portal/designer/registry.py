"""What the designer can place: every kind of question and step, with all that the client needs to draw it.

The client names no kind. A new file in forms_library/fields or workflows/nodes appears here by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from engine.core.languages import OWN_NAMES, direction
from engine.core.rules import Group, Rows
from forms_library.blocks import block, block_keys
from forms_library.catalogue import field_types
from forms_library.definition import HOLDING, Field, Form, Page
from forms_library.field_type import FieldType
from forms_library.sentences import COMMON
from portal.designer.department_staff import Staff, parties, roles
from portal.designer.new_parts import new_field, new_node, said
from portal.designer.operators import OPERATORS, operators_for
from portal.designer.setting_texts import sayer
from portal.designer.settings_schema import settings_schema
from portal.shell.icons import svg
from workflows.definition import ServicePackage, Workflow
from workflows.letters import PLACEHOLDERS
from workflows.node_type import NodeType, node_types
from workflows.parts import CertificateDefinition, MessageDefinition, RoleDefinition

Part = dict[str, Any]
Say = Callable[[str], str]
ICON = 18  # pixels
GROUPS = {
    "words": "Words and layout",
    "groups": "Groups and tables",
    "files": "Files",
    "worked_out": "Worked out",
    "text": "Text",
    "choices": "Choices",
    "numbers": "Numbers and money",
    "dates": "Dates and times",
    "parts": "People and places",
}
OF_KIND = {
    "text": "text",
    "integer": "numbers",
    "decimal": "numbers",
    "date": "dates",
    "yes_no": "choices",
    "choices": "choices",
}


def registry(staff: Staff, language: str) -> Part:
    """The registry document for the designers of a department, in the language of the reader."""
    return {**kinds(language), "roles": roles(staff, language)}


@lru_cache(maxsize=8)
def kinds(language: str) -> Part:
    """All that is the same for every department; not to be changed by who gets it."""
    say = sayer(language)
    return {
        "field_types": [_field_type(kind, language, say) for kind in field_types],
        "field_schema": _without(settings_schema(Field, "Field", say), "Check"),
        "page_schema": _outline(Page, "Page", say),
        "form_schema": _outline(Form, "Form", say),
        "package_schema": _outline(ServicePackage, "ServicePackage", say),
        "workflow_schema": _outline(Workflow, "Workflow", say),
        "certificate_schema": settings_schema(CertificateDefinition, "CertificateDefinition", say),
        "message_schema": settings_schema(MessageDefinition, "MessageDefinition", say),
        "role_schema": settings_schema(RoleDefinition, "RoleDefinition", say),
        "parties": parties(say),
        "message_placeholders": [{"key": key, "label": say(label)} for key, label in PLACEHOLDERS.items()],
        "blocks": [_block(key, language) for key in block_keys()],
        "node_types": [_node_type(kind, language, say) for kind in node_types],
        "operators": [
            {
                "key": one.key,
                "label": say(one.label),
                "takes": one.takes,
                "value": one.value,
                "with_answers": one.with_answers,
                "kinds": list(one.kinds),
            }
            for one in OPERATORS
        ],
        "languages": [
            {"code": code, "name": name, "dir": direction(code)} for code, name in sorted(OWN_NAMES.items())
        ],
        "templates": [],
    }


def _field_type(kind: type[FieldType], language: str, say: Say) -> Part:
    schema = settings_schema(kind.Options, kind.key, say)
    field = new_field(kind, schema, language)
    answer = _kind_of(kind, field)
    codes = sorted(kind.error_codes()) if kind.has_answer and not kind.computed else []
    return {
        "key": kind.key,
        "label": kind.label.in_(language),
        "icon": kind.icon,
        "icon_svg": str(svg(kind.icon, ICON)),
        "help": say(_first_line(kind)),
        "group": say(GROUPS[_group(kind, answer)]),
        "has_answer": kind.has_answer,
        "computed": kind.computed,
        "holds": next(
            (name for name in HOLDING if name in schema["properties"] and _holds(schema, name)), None
        ),
        "schema": _without(schema, "Field"),
        "field": said(field, say),
        "errors": [
            {"code": code, "sentence": (kind.errors.get(code) or COMMON[code]).in_(language)}
            for code in codes
        ],
        "kind": answer,
        "operators": operators_for(answer) if kind.has_answer else [],
        "common": kind.common,
    }


def _first_line(kind: type) -> str:
    """What a kind is for, as its class says it."""
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _holds(schema: Part, name: str) -> bool:
    return bool(schema["properties"][name].get("items", {}).get("$ref") == "#/$defs/Field")


def _kind_of(kind: type[FieldType], field: Part) -> str:
    """What an answer to a new question of this kind is to a rule; empty where it can not be made yet."""
    if not kind.has_answer:
        return ""
    try:
        made = kind(Field.model_validate({"key": "new", **field})).kind
    except ValidationError:
        return ""
    if isinstance(made, Rows):
        return "rows"
    return "group" if isinstance(made, Group) else made


def _group(kind: type[FieldType], answer: str) -> str:
    if not kind.has_answer:
        return "words"
    if kind.computed:
        return "worked_out"
    if kind.holds_questions:
        return "groups"
    if kind.takes_files:
        return "files"
    if "choices" in kind.Options.model_fields:
        return "choices"
    return OF_KIND.get(answer, "parts")


def _node_type(kind: type[NodeType], language: str, say: Say) -> Part:
    schema = settings_schema(kind.Options, kind.key, say)
    return {
        "key": kind.key,
        "label": kind.label.in_(language),
        "family": kind.family,
        "icon": kind.icon,
        "icon_svg": str(svg(kind.icon, ICON)),
        "schema": schema,
        "node": said(new_node(kind, schema, language), say),
        "help": say(_first_line(kind)),
        "icons": _icons(kind, schema),
        "common": kind.common,
        "begins": kind.begins,
        "watches": any(one["ui"]["widget"] == "host" for one in schema["properties"].values()),
        "ends": kind.family == "end",
    }


def _icons(kind: type[NodeType], schema: Part) -> dict[str, dict[str, str]]:
    """By setting and value: the icons with which a step is drawn instead of that of its kind."""
    found: dict[str, dict[str, str]] = {}
    first = kind.Options.model_validate(kind.accepts[0])
    for name, one in schema["properties"].items():
        choices: list[str] = next(
            (each["enum"] for each in (one, *one.get("anyOf", ())) if "enum" in each), []
        )
        for value in choices:
            icon = kind.drawn_icon(first.model_copy(update={name: value}))
            if icon != kind.icon:
                found.setdefault(name, {})[value] = str(svg(icon, ICON))
    return found


def _block(key: str, language: str) -> Part:
    found = block(key)
    label = found["label"]
    return {
        "key": key,
        "label": label.get(language, label["en"]),
        "icon": "blocks",
        "fields": found["fields"],
    }


def _outline(model: type[BaseModel], name: str, say: Say) -> Part:
    """The schema of a large part without what is drawn by panes of its own."""
    schema = settings_schema(model, name, say)
    own = {key: _flat(one) for key, one in schema["properties"].items()}
    schema["properties"] = own
    schema["$defs"] = _reached(own, schema.get("$defs", {}))
    return schema


PANES = {"hidden", "pages", "fields"}


def _flat(one: Part) -> Part:
    """A property; of one that is drawn elsewhere only its words."""
    return {key: one[key] for key in ("title", "ui")} if one["ui"]["widget"] in PANES else one


def _reached(part: Any, definitions: Part) -> Part:
    """The definitions that a part of a schema speaks of, and those that they speak of."""
    found: Part = {}
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            name = one.get("$ref", "")
            key = name.rpartition("/")[2] if isinstance(name, str) else ""
            if key in definitions and key not in found:
                found[key] = definitions[key]
                waiting.append(definitions[key])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


def _without(schema: Part, name: str) -> Part:
    """A schema that speaks of a definition which is handed out once, beside it."""
    definitions = {key: one for key, one in schema.get("$defs", {}).items() if key != name}
    return (
        {**schema, "$defs": definitions} if definitions else {k: v for k, v in schema.items() if k != "$defs"}
    )
