"""A form written out and read again is the same form, but for what the report of the writing names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from engine.core.problems import Part
from engine.core.text import Text
from forms_library.catalogue import field_types
from forms_library.coverage.keeping import all_fields
from forms_library.coverage.pieces import words
from forms_library.definition import CHECK, Field, Form
from forms_library.exporting.port import Exporter, exporters
from forms_library.exporting.xgov_paths import page_paths
from forms_library.importing.port import Refused
from forms_library.importing.reading import read_forms

exporters.discover("forms_library.exporters")
ANSWER = re.compile(r"answers\.(\w+)")
QUOTED = re.compile(r'"([^"]*)"')
IN_LIST = re.compile(r"(answers\.\w+) in \[([^\]]*)\]")
Fact = tuple[str, ...]
Place = tuple[Part, ...]
LIMITS = ("min", "max")
SAME = {"paragraph": "content", "heading": "content", "section": "content", "inset": "inset"}


def facts(form: Form) -> Iterator[tuple[Fact, Place]]:
    """What must come back, each with its place in the form."""
    paths = page_paths(form) | {CHECK: CHECK}
    values = {
        str(choice["key"]): str(choice.get("origin") or choice["key"])
        for field in all_fields(form.fields())
        for choice in field.options.get("choices") or []
    } | {field.key: (field.origin or field.key).rsplit(".", 1)[-1] for field in form.fields()}
    for number, page in enumerate(form.pages):
        at: Place = ("pages", number)
        name = paths[page.key]
        yield ("page", name, _line(page.title.in_("en"))), at
        for word in ("section", "intro", "show_when", "checks"):
            if value := getattr(page, word):
                yield (word, name, str(value)), (*at, word)
        for index, field in enumerate(page.fields):
            yield from _of_field(field, (*at, "fields", index), values)
        for index, link in enumerate(page.next or []):
            fact = ("link", name, paths.get(link.to, link.to), _plain(link.when or "", values))
            yield fact, (*at, "next", index)


def _of_field(field: Field, at: Place, values: Mapping[str, str]) -> Iterator[tuple[Fact, Place]]:
    """A field with its choices and settings, and all that it holds."""
    if field.type == "divider":
        return
    known = (field.origin or field.key).rsplit(".", 1)[-1]
    yield ("field", known, SAME.get(field.type, field.type), _line(field.label.in_("en"))), at
    for number, choice in enumerate(field.options.get("choices") or []):
        place = (*at, "options", "choices", number)
        yield ("item", known, *_choice(choice)), place
        if rule := choice.get("show_when"):
            yield ("offered", known, _choice(choice)[0], _plain(rule, values)), (*place, "show_when")
    yield from _settings(field, known, at, values)
    for word in ("fields", "columns"):
        for number, inner in enumerate(field.options.get(word) or []):
            yield from _of_field(Field.model_validate(inner), (*at, "options", word, number), values)


def _choice(choice: Mapping[str, Any]) -> tuple[str, ...]:
    hint = Text.model_validate(choice.get("hint") or "").in_("en")
    return str(choice.get("origin") or choice["key"]), _line(str(choice["label"])), _line(hint)


def _line(text: str) -> str:
    """A text as it is compared: spaces at its ends, and how many stand together, say nothing."""
    return " ".join(text.split())


def _settings(field: Field, known: str, at: Place, values: Mapping[str, str]) -> Iterator[tuple[Fact, Place]]:
    """Whether it is required, its help, its settings and its text."""
    if field.hint:
        yield ("hint", known, *sorted(words(field.hint.in_("en")))), (*at, "hint")
    if field_types[field.type].has_answer:
        yield ("required", known, str(field.required)), (*at, "required")
    for word in ("show_when", "required_when"):
        if rule := getattr(field, word):
            yield (word, known, _plain(rule, values)), (*at, word)
    for word in ("phrase", "errors", "prefill"):
        if value := getattr(field, word):
            yield (word, known, str(value)), (*at, word)
    if field.data_class != "personal":
        yield ("data_class", known, field.data_class), (*at, "data_class")
    for word, value in field.options.items():
        if word == "text":
            yield ("text", known, *sorted(words(str(Text.model_validate(value))))), (*at, "options", word)
        elif word not in ("choices", "fields", "columns") and value not in (None, "", []):
            yield ("setting", known, word, _said(word, value)), (*at, "options", word)


def _said(word: str, value: Any) -> str:
    """A setting as it is compared: 10 and "10" are one limit."""
    if word in LIMITS and not isinstance(value, bool):
        with suppress(InvalidOperation):
            return f"{Decimal(str(value)).normalize():f}"
    return json.dumps(value, sort_keys=True)


def _plain(rule: str, values: Mapping[str, str]) -> str:
    """Choices by their foreign values, as keys are made anew; a list may come back as its single choices."""
    rule = ANSWER.sub(lambda found: f"answers.{values.get(found[1], found[1])}", rule)
    rule = QUOTED.sub(lambda found: f'"{values.get(found[1], found[1])}"', rule)
    found = IN_LIST.sub(
        lambda found: " || ".join(f"{found[1]} == {one.strip()}" for one in found[2].split(",")), rule
    )
    return found.strip("()")


def yaml_loss(form: Form) -> list[str]:
    """What our own format loses: nothing may differ."""
    again = Form.model_validate(yaml.safe_load(exporters["caseway"]().write(form).content))
    return [] if again == form else ["the form read again from our own format is another one"]


def silent_loss(form: Form, exporter: Exporter) -> tuple[int, list[str]]:
    """How many facts there are, and which are lost on the way out and back without being named."""
    exported = exporter.write(form)
    try:
        again = read_forms(json.loads(exported.content)).forms[0].form
    except Refused as refused:
        return 1, [f"cannot be read again: {refused.sentence}"]
    back = {fact for fact, _ in facts(again)}
    named = {note.path for note in exported.report}
    found = list(facts(form))
    lost = [fact for fact, at in found if fact not in back and not _is_named(at, named)]
    return len(found), [" ".join(fact)[:160] for fact in lost]


def _is_named(at: Place, named: set[Any]) -> bool:
    return any(note[: len(at)] == at or at[: len(note)] == note for note in named)
