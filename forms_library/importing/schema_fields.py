"""Properties of a JSON Schema become fields."""

from __future__ import annotations

from typing import Any

from forms_library.importing.conditions import number
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
Made = tuple[str, Options]
DEEPEST = 3
MOST_CHOICES = 300
FORMATS = {"date": "date", "time": "time", "email": "email", "idn-email": "email", "uri": "url", "iri": "url"}
NAMES = ("$schema", "$id", "$anchor", "$comment", "title", "description", "type", "examples")


class SchemaFields:
    """Makes fields; a reference is followed inside the document only."""

    def __init__(self, root: dict[str, Any], report: Report) -> None:
        self.root, self.report = root, report
        self.followed: set[str] = set()

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
        """The schema of a property; a reference is replaced by what it names."""
        node, seen = holder.child(name), set[str]()
        while isinstance(node.value.get("$ref"), str):
            reference = node.text("$ref")
            found = self._target(reference)
            if found is None or reference in seen:
                circle = "leads in a circle" if reference in seen else "leads nowhere in this document"
                self.report.defect(
                    (*node.path, "$ref"), "reference", f'The reference "{reference[:80]}" {circle}.'
                )
                return Node({}, node.path, self.report)
            seen.add(reference)
            self.followed.add(reference.split("/")[-1])
            beside = {key: value for key, value in node.value.items() if key != "$ref"}
            child = Node({**found, **beside}, node.path, self.report)
            holder._children[name] = [child]
            node = child
        return node

    def _target(self, reference: str) -> dict[str, Any] | None:
        found: Any = self.root
        if not reference.startswith("#"):
            return None
        for part in reference.removeprefix("#").split("/")[1:]:
            part = part.replace("~1", "/").replace("~0", "~")
            found = found.get(part) if isinstance(found, dict) else None
        return found if isinstance(found, dict) and found is not self.root else None

    def _field(self, name: str, node: Node, keys: Keys, required: bool, depth: int) -> FieldDraft | None:
        node.ignore("$comment", "$id", "$anchor")
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
            texts = [_written(value) for value in values if value is not None]
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
                    part.ignore("type")
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
        least, most = node.whole("minItems"), node.whole("maxItems")
        if choices := self._choices(items):
            items.ignore("type")
            node.ignore("uniqueItems")
            return "checkbox_group", {"choices": choices, "min": least or None, "max": most}
        if self._type(items) == "object":
            if depth >= DEEPEST:
                return self._too_deep(node)
            fields = self.properties(items, Keys(), depth + 1)
            items.ignore("additionalProperties", "title")
        else:
            data = self._field("value", items, Keys(), True, depth + 1)
            fields = [data] if data is not None else []
        return "repeating_group", {
            "fields": [field.data for field in fields], "min": least or 0,
            "max": min(most, 1_000) if most else None,
        }  # fmt: skip

    def _object(self, node: Node, depth: int) -> Made:
        if depth >= DEEPEST:
            return self._too_deep(node)
        node.ignore("additionalProperties")
        return "group", {"fields": [field.data for field in self.properties(node, Keys(), depth + 1)]}

    def _too_deep(self, node: Node) -> Made:
        self.report.lost(node.path, "too_deep", f"More than {DEEPEST} levels become one long text.")
        return "long_text", {}

    def _number(self, node: Node, kind: str) -> Made:
        limits = {"min": node.number("minimum"), "max": node.number("maximum")}
        if kind == "integer":
            for word, foreign, step in (("min", "exclusiveMinimum", 1), ("max", "exclusiveMaximum", -1)):
                limit = node.number(foreign) if not isinstance(node.value.get(foreign), bool) else None
                limits[word] = limit + step if limit is not None else limits[word]
            node.ignore("multipleOf" if node.value.get("multipleOf") == 1 else "type")
            return "integer", {word: int(limit) for word, limit in limits.items() if limit is not None}
        written = {
            word: number(limit, False).removesuffix(".0")
            for word, limit in limits.items()
            if limit is not None
        }
        return "decimal", {
            **written,
            "places": 6 if node.value.get("multipleOf") is None else self._places(node),
        }

    def _places(self, node: Node) -> int:
        text = str(node.get("multipleOf"))
        return min(len(text.partition(".")[2]), 6)

    def _text(self, node: Node) -> Made:
        form, most, least = node.text("format"), node.whole("maxLength"), node.whole("minLength")
        if form in FORMATS:
            return FORMATS[form], {}
        if form == "date-time":
            self.report.changed(node.path, "date_time", "A date with time becomes a date and a time.")
            parts = [
                {"key": "date", "type": "date", "label": "Date"},
                {"key": "time", "type": "time", "label": "Time"},
            ]
            return "group", {"fields": parts}
        if form:
            node.lost("format", "format", f'The format "{form[:40]}" is not checked here.')
        if pattern := node.text("pattern"):
            return "masked", {"pattern": pattern}
        if most is not None and most > 200:
            return "long_text", {"max_length": min(most, 20_000)}
        return "short_text", {"max_length": most or None, "min_length": least}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
