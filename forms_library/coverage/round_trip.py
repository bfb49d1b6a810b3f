"""A form written out and read again is the same form, but for what the report of the writing names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from engine.core.problems import Part
from forms_library.coverage.keeping import all_fields
from forms_library.definition import CHECK, Form, Page
from forms_library.exporting.port import Exporter, exporters
from forms_library.importing.port import Refused
from forms_library.importing.reading import read_forms

exporters.discover("forms_library.exporters")
ANSWER = re.compile(r"answers\.(\w+)")
QUOTED = re.compile(r'"([^"]*)"')
IN_LIST = re.compile(r"(answers\.\w+) in \[([^\]]*)\]")
Fact = tuple[str, ...]
SAME = {"paragraph": "content", "heading": "content", "section": "content", "inset": "inset"}


def facts(form: Form) -> Iterator[tuple[Fact, tuple[Part, ...]]]:
    """What must come back, each with its place in the form."""
    paths = {page.key: _path(page) for page in form.pages} | {CHECK: CHECK}
    values = {
        str(choice["key"]): str(choice.get("origin") or choice["key"])
        for field in all_fields(form.fields())
        for choice in field.options.get("choices") or []
    } | {field.key: (field.origin or field.key).rsplit(".", 1)[-1] for field in form.fields()}
    for number, page in enumerate(form.pages):
        name = _path(page)
        yield ("page", name, page.title.in_("en")), ("pages", number)
        for index, field in enumerate(page.fields):
            at: tuple[Part, ...] = ("pages", number, "fields", index)
            for inner in all_fields([field]):
                known = (inner.origin or inner.key).rsplit(".", 1)[-1]
                if inner.type == "divider":
                    continue
                yield ("field", known, SAME.get(inner.type, inner.type), inner.label.in_("en")), at
                for choice in inner.options.get("choices") or []:
                    yield (
                        ("item", known, str(choice.get("origin") or choice["key"]), str(choice["label"])),
                        at,
                    )
        for index, link in enumerate(page.next or []):
            fact = ("link", name, paths.get(link.to, link.to), _plain(link.when or "", values))
            yield fact, ("pages", number, "next", index)


def _path(page: Page) -> str:
    return page.origin if page.origin and page.origin.startswith("/") else f"/{page.key}"


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


def _is_named(at: tuple[Part, ...], named: set[Any]) -> bool:
    return any(note[: len(at)] == at or at[: len(note)] == note for note in named)
