"""Properties of a JSON Schema become fields."""

from __future__ import annotations

import math
from typing import Any

from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.numbers import plain_number
from forms_library.importing.patterns import whole_pattern
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
Made = tuple[str, Options]
DEEPEST = 3
MOST_CHOICES, MOST_FIELDS = 300, 2_000
FORMATS = {"date": "date", "time": "time", "email": "email", "idn-email": "email", "uri": "url", "iri": "url"}


class SchemaFields:
    """Makes fields; a reference is followed inside the document only."""

    def __init__(self, root: dict[str, Any], report: Report) -> None:
        self.root, self.report = root, report
        self.followed: set[str] = set()
        self._count = 0

    def properties(self, node: Node, keys: Keys, depth: int = 0) -> list[FieldDraft]:
        """A field for each property of an object."""
        required = node.get("required")
        wanted = {str(name) for name in required} if isinstance(required, list) else set()
        holder, made = node.child("properties"), []
        for name in holder.value:
            field = self._field(name, self._resolved(holder, name), keys, name in wanted, depth)
            made += [field] if field is not None else []
        for name in sorted(wanted - set(holder.value)):
            sentence = f'The property "{name[:80]}" is required and there is none.'
            self.report.defect((*node.path, "required"), "unknown_property", sentence)
        return made

    def _resolved(self, holder: Node, name: str) -> Node:
        """The schema of a property, where a reference or the only real one of several leads."""
        node, seen = holder.child(name), set[str]()
        while (found := self._meant(node, seen)) is not None:
            word, schema = found
            beside = {key: value for key, value in node.value.items() if key != word}
            node = Node({**schema, **beside}, node.path, self.report)
            holder.replace(name, node)
        return node

    def _meant(self, node: Node, seen: set[str]) -> tuple[str, dict[str, Any]] | None:
        """The word that leads to another schema, and that schema."""
        if isinstance(node.value.get("$ref"), str):
            reference = node.text("$ref")
            target = self._target(reference)
            if target is None or reference in seen:
                circle = "leads in a circle" if reference in seen else "leads nowhere in this document"
                sentence = f'The reference "{reference[:80]}" {circle}.'
                self.report.defect((*node.path, "$ref"), "reference", sentence)
                return None
            seen.add(reference)
            self.followed.update(reference.split("/")[:3][-1:])
            return "$ref", target
        for word in ("allOf", "anyOf", "oneOf"):
            parts = node.value.get(word)
            real = [part for part in parts if part != {"type": "null"}] if isinstance(parts, list) else []
            if len(real) == 1 and isinstance(real[0], dict) and "const" not in real[0]:
                return word, real[0]
        return None

    def _target(self, reference: str) -> dict[str, Any] | None:
        found: Any = self.root
        if not reference.startswith("#"):
            return None
        for part in reference.removeprefix("#").split("/")[1:]:
            part = part.replace("~1", "/").replace("~0", "~")
            found = found.get(part) if isinstance(found, dict) else None
        return found if isinstance(found, dict) and found is not self.root else None

    def _field(self, name: str, node: Node, keys: Keys, required: bool, depth: int) -> FieldDraft | None:
        self._count += 1
        if self._count > MOST_FIELDS:
            raise Refused(f"This schema asks for more than {MOST_FIELDS:,} values.")
        data: Options = {
            "key": keys.field(name), "label": node.text("title") or name, "required": required,
            "origin": name[:500] or None,
        }  # fmt: skip
        if hint := node.text("description"):
            data["hint"] = hint
        type_key, options = self._kind(node, depth)
        if type_key == "hidden":
            self.report.lost(node.path, "constant", "A value that is always the same is not asked for.")
            return None
        return make_field({**data, "type": type_key, "options": options}, node.path, self.report)

    def _kind(self, node: Node, depth: int) -> Made:
        kind = self._type(node)
        if "const" in node.value:
            return "hidden", {}
        if choices := self._choices(node):
            return self._one_of(choices, node)
        if kind == "array":
            return self._array(node, depth)
        if kind == "object":
            return self._object(node, depth)
        if kind == "boolean":
            return "yes_no", {}
        if kind in ("integer", "number"):
            return self._number(node, kind)
        if kind != "string":
            self.report.lost(node.path, "type", "A value of no certain type becomes a short text.")
        return self._text(node)

    def _type(self, node: Node) -> str:
        found = node.get("type")
        if isinstance(found, list):
            kinds = [kind for kind in found if kind != "null"]
            if len(kinds) > 1:
                node.lost("type", "types", f"Of several types only {kinds[0]!r} is carried.")
            return str(kinds[0]) if kinds else ""
        if found:
            return str(found)
        return "object" if "properties" in node.value else "array" if "items" in node.value else ""

    def _choices(self, node: Node) -> list[Options]:
        """The values of enum, or the constants of oneOf with their titles."""
        keys, choices = Keys(), list[Options]()
        values = node.value.get("enum")
        if isinstance(values, list):
            node.ignore("enum")
            for index, value in enumerate(values):
                if isinstance(value, dict | list):
                    sentence = "A value that has parts cannot be chosen: it is not carried."
                    self.report.lost((*node.path, "enum", index), "choice", sentence)
            texts = [_written(value) for value in values if isinstance(value, str | int | float)]
            return [{"key": keys.choice(text), "label": text or "-", "origin": text[:500]} for text in texts]
        for word in ("oneOf", "anyOf"):
            parts = node.value.get(word)
            if (
                isinstance(parts, list)
                and parts
                and all(isinstance(part, dict) and "const" in part for part in parts)
            ):
                for part in node.children(word):
                    text = _written(part.get("const"))
                    part.ignore("type" if isinstance(part.value.get("type"), str) else "const")
                    choice = {
                        "key": keys.choice(text),
                        "label": part.text("title") or text or "-",
                        "origin": text[:500],
                    }
                    choices.append(choice | ({"hint": hint} if (hint := part.text("description")) else {}))
                return choices
        return choices

    def _one_of(self, choices: list[Options], node: Node) -> Made:
        node.ignore("type")
        kind = "radio" if len(choices) <= 10 else "select" if len(choices) <= MOST_CHOICES else "autocomplete"
        return kind, {"choices": choices}

    def _array(self, node: Node, depth: int) -> Made:
        items = self._resolved(node, "items")
        least, most = node.within("minItems", 0, 1_000), node.within("maxItems", 1, 1_000)
        if choices := self._choices(items):
            items.ignore("type")
            node.ignore("uniqueItems")
            return "checkbox_group", {"choices": choices, "min": least or None, "max": most}
        label = None
        if self._type(items) == "object":
            if depth >= DEEPEST:
                return self._too_deep(node)
            fields = self.properties(items, Keys(), depth + 1)
            label = items.text("title") or None
            items.ignore(
                "additionalProperties" if items.value.get("additionalProperties") is False else "type"
            )
        else:
            data = self._field("value", items, Keys(), True, depth + 1)
            fields = [data] if data is not None else []
        rows = [field.data for field in fields]
        return "repeating_group", {"fields": rows, "min": least or 0, "max": most, "item_label": label}

    def _object(self, node: Node, depth: int) -> Made:
        if depth >= DEEPEST:
            return self._too_deep(node)
        node.ignore("additionalProperties" if node.value.get("additionalProperties") is False else "type")
        return "group", {"fields": [field.data for field in self.properties(node, Keys(), depth + 1)]}

    def _too_deep(self, node: Node) -> Made:
        self.report.lost(node.path, "too_deep", f"More than {DEEPEST} levels become one long text.")
        node.forget()
        return "long_text", {}

    def _number(self, node: Node, kind: str) -> Made:
        limits = {"min": node.number("minimum"), "max": node.number("maximum")}
        if kind == "integer":
            return "integer", self._whole(node, limits)
        written = {word: plain_number(limit) for word, limit in limits.items() if limit is not None}
        step = node.value.get("multipleOf")
        places = next((n for n in range(7) if isinstance(step, int | float) and step == 10**-n), None)
        if places is not None:
            node.ignore("multipleOf")
        return "decimal", {**written, "places": 6 if places is None else places}

    def _whole(self, node: Node, limits: dict[str, float | None]) -> Options:
        """The limits of a whole number: those that exclude themselves are moved by one."""
        made: Options = {}
        for word, foreign, step in (("min", "exclusiveMinimum", 1), ("max", "exclusiveMaximum", -1)):
            limit = node.number(foreign) if not isinstance(node.value.get(foreign), bool) else None
            beyond = None if limit is None else (math.floor(limit) + 1 if step > 0 else math.ceil(limit) - 1)
            usual = limits[word]
            inside = None if usual is None else (math.ceil(usual) if step > 0 else math.floor(usual))
            found = [one for one in (beyond, inside) if one is not None]
            if found:
                made[word] = max(found) if step > 0 else min(found)
            for name, given in ((foreign, limit), (f"{word}imum", usual)):
                if given is not None and given != made[word]:
                    sentence = f"The limit becomes {made[word]:,}, the nearest whole number that is allowed."
                    self.report.changed((*node.path, name), "limit", sentence)
        node.ignore("multipleOf" if node.value.get("multipleOf") == 1 else "type")
        return made

    def _text(self, node: Node) -> Made:
        form = node.text("format")
        if form in FORMATS:
            return FORMATS[form], {}
        if form == "date-time":
            sentence = "A date with time becomes a date and a time."
            self.report.changed((*node.path, "format"), "date_time", sentence)
            parts = [
                {"key": "date", "type": "date", "label": "Date"},
                {"key": "time", "type": "time", "label": "Time"},
            ]
            return "group", {"fields": parts}
        if form:
            node.lost("format", "format", f'The format "{form[:40]}" is not checked here.')
        if node.text("pattern"):
            most = node.within("maxLength", 1, 500)
            return "masked", {"pattern": whole_pattern(node, "pattern"), "max_length": most or 500}
        long = (node.whole("maxLength") or 0) > 200
        limit = 20_000 if long else 1_000
        least, most = node.within("minLength", 0, limit), node.within("maxLength", 1, limit)
        return "long_text" if long else "short_text", {"max_length": most, "min_length": least}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
