"""The test cases of the DMN technology compatibility kit: what is given, and what has to come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element

from engine.core.feel.comparing import equal
from engine.core.feel.reading_times import read_date, read_duration, read_moment, read_time
from engine.core.feel.types import ANY, Type, Types, resolved
from engine.core.feel.values import kind_of, number
from forms_library.importing.port import Refused
from workflows.dmn.opening import local, open_xml

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
CASES = "http://www.omg.org/spec/DMN/20160719/testcase"
CLOSE = Decimal("1e-8")
KINDS = {
    "boolean": "boolean", "decimal": "number", "integer": "number", "int": "number", "long": "number",
    "double": "number", "float": "number", "date": "date", "time": "time", "dateTime": "date and time",
    "duration": "duration", "dayTimeDuration": "duration", "yearMonthDuration": "duration",
    "string": "string",
}  # fmt: skip
READ = {"date": read_date, "time": read_time, "date and time": read_moment, "duration": read_duration}
READ |= {"days and time duration": read_duration, "years and months duration": read_duration}


@dataclass(frozen=True)
class Untyped:
    """A value of a test of which the file does not say the type."""

    text: str


@dataclass(frozen=True)
class Expected:
    """A result with its name."""

    name: str
    value: Any
    namespace: str = ""


@dataclass(frozen=True)
class Case:
    """One test case."""

    identity: str
    kind: str
    invocable: str
    given: Sequence[Expected]
    expected: Sequence[Expected]


@dataclass(frozen=True)
class CaseFile:
    """All cases of a file, and the model that they are about."""

    model: str
    cases: Sequence[Case]


def read_cases(data: bytes) -> CaseFile:
    """The cases of a file; raises Refused for a file that holds none."""
    root = open_xml(data)
    if root.tag != f"{{{CASES}}}testCases":
        raise Refused("This file holds no test cases of DMN.")
    model = next((each.text or "" for each in root if local(each) == "modelName"), "")
    return CaseFile(model.strip(), [_case(each) for each in root if local(each) == "testCase"])


def _case(element: Element) -> Case:
    return Case(
        identity=element.get("id") or element.get("name") or "?",
        kind=element.get("type", "decision"),
        invocable=element.get("invocableName", ""),
        given=list(_nodes(element, "inputNode")),
        expected=list(_nodes(element, "resultNode")),
    )


def _nodes(element: Element, name: str) -> Iterator[Expected]:
    for node in (each for each in element if local(each) == name):
        inside = node if name == "inputNode" else next((e for e in node if local(e) == "expected"), node)
        yield Expected(node.get("name", ""), _value(inside), node.get("namespace", ""))


def _value(element: Element) -> Any:
    """A value, a list or a context; nothing where none of them stands."""
    context: dict[str, Any] = {}
    for inside in element:
        kind = local(inside)
        if inside.get(f"{XSI}nil") == "true" and kind != "component":
            return None
        if kind == "value":
            return _plain(inside)
        if kind == "list":
            return [_value(item) for item in inside if local(item) == "item"]
        if kind == "component":
            context[inside.get("name", "")] = _value(inside)
    return context or None


def _plain(element: Element) -> Any:
    kind = KINDS.get((element.get(f"{XSI}type") or "").rpartition(":")[2])
    text = element.text or ""
    return typed(text, kind) if kind else Untyped(text)


def typed(text: str, kind: str) -> Any:
    """A text as a value of a kind; what is no such value stays a text."""
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.strip(), text)
    if kind == "number":
        try:
            found = number(text.strip())
        except InvalidOperation:
            return text
        return found if found.is_finite() else text
    if kind in READ:
        return READ[kind](text.strip()) or text
    return text


def as_type(value: Any, wanted: Type, types: Types) -> Any:
    """A given value in the type of its input, where the file leaves that open."""
    wanted = resolved(wanted, types)
    if isinstance(value, Untyped):
        if wanted.base == "list":
            return as_type(value, wanted.item or ANY, types)
        return _guessed(value.text) if wanted.base == "any" else typed(value.text, wanted.base)
    if isinstance(value, list):
        inner = (wanted.item or ANY) if wanted.base == "list" else wanted
        return [as_type(item, inner, types) for item in value]
    if isinstance(value, Mapping):
        inside = (wanted.item and resolved(wanted.item, types).fields) or wanted.fields
        return {name: as_type(part, inside.get(name, ANY), types) for name, part in value.items()}
    return value


def _guessed(text: str) -> Any:
    """A value that nobody gives a type: a truth or a number if it looks like one."""
    return typed(text, "boolean" if text in ("true", "false") else "number")


def agrees(found: Any, expected: Any) -> bool:
    """Whether a result is what was expected; numbers to eight places."""
    if isinstance(expected, Untyped):
        return _says(found, expected.text)
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(agrees(*pair) for pair in zip(found, expected, strict=True))
        )
    if isinstance(expected, Mapping):
        return (
            isinstance(found, Mapping)
            and found.keys() == expected.keys()
            and all(agrees(found[name], part) for name, part in expected.items())
        )
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(found - expected) <= CLOSE * max(Decimal(1), abs(expected))
    return equal(found, expected) is True


def _says(found: Any, text: str) -> bool:
    """Whether a value is what a text says, in the kind of the value; an empty one says nothing."""
    if found is None:
        return not text.strip()
    kind = kind_of(found)
    wanted = typed(text, kind)
    return agrees(found, wanted) or (isinstance(found, str) and found == text)
