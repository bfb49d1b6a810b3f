"""A new field type and a new node type are one new file each, and no edit elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house import ROOT

FIELD = '''
"""A number plate."""
from typing import Any, ClassVar

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.controls import Face
from forms_library.controls import one_line as one_line_control
from forms_library.controls import Input
from forms_library.field_type import FieldType, Reading, as_line, field_types
from forms_library.markup import Raw


@field_types.register
class NumberPlate(FieldType):
    """The plate of a vehicle."""

    key: ClassVar[str] = "number_plate"
    label: ClassVar[Text] = Text({"en": "Number plate"})
    icon: ClassVar[str] = "car"

    @property
    def kind(self) -> Kind:
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        return one_line(as_line(raw)).upper() or None

    def markup(self, face: Face) -> str:
        return one_line_control(face, Input())

    def text(self, answer: Any, language: str) -> str:
        return str(answer)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string"}
'''
FIELD_IS_USED = """
from forms_library.catalogue import field_types
from forms_library.definition import Form
from forms_library.compiled import compile_form
from forms_library.rendering import render_page
from forms_library.answers import read_page
from datetime import date
from django.utils.datastructures import MultiValueDict

asked = {"key": "plate", "type": "number_plate", "label": "Plate"}
form = Form.model_validate({"title": "Car", "pages": [{"key": "car", "title": "Car", "fields": [asked]}]})
compiled = compile_form(form)
posted, moment = MultiValueDict({"plate": [" ab 123 "]}), {"today": date(2026, 1, 1), "language": "en"}
result = read_page(compiled, "car", posted, MultiValueDict(), {}, upload=lambda *_: {}, **moment)
html = render_page(compiled, "car", answers=result.answers, raw={}, errors=[], **moment)
print(result.answers["plate"], 'id="plate"' in html)
"""
NODE = '''
"""A milestone on the way."""
from typing import Any, Literal

from engine.core.text import Text
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.parts import Key
from workflows.step import Step


@node_types.register
class Milestone(NodeType):
    """The case has come this far."""

    key = "milestone"
    label = Text({"en": "Milestone"})
    family = "system"
    icon = "flag"
    bpmn_element = "intermediateThrowEvent"

    class Options(NodeOptions):
        """Where the case goes on."""

        type: Literal["milestone"]
        next: Key

    @classmethod
    def targets(cls, options: Any) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Any, blueprint: Blueprint) -> Step:
        return Step(options, cls, WorkKind.SYSTEM)
'''
NODE_IS_USED = """
from engine.core.problems import Problems
from workflows.definition import parse_package, package_schema
from workflows.validator import check_package

field = {"key": "plate", "type": "short_text", "label": "Plate"}
pages = [{"key": "car", "title": "Car", "fields": [field]}]
package = {
    "format": 1, "key": "car", "title": "Car", "summary": "Car", "audience": "citizen", "languages": ["en"],
    "reference_prefix": "CAR", "forms": {"application": {"title": "Car", "pages": pages}},
    "workflow": {"decide_within": {"working_days": 5}, "start": "applied", "nodes": [
        {"key": "applied", "type": "start", "title": "Sent", "form": "application", "next": "halfway"},
        {"key": "halfway", "type": "milestone", "title": "Half way", "next": "done"},
        {"key": "done", "type": "end", "title": "Done", "outcome": "approved"}]},
}
problems = Problems()
parsed = parse_package(package, problems)
if parsed is not None:
    problems = check_package(parsed)
print([problem for problem in problems if problem.severity == "mend"], "milestone" in str(package_schema()))
"""


def with_one_more_file(folder: Path, package: str, key: str, source: str, use: str) -> str:
    """Lays one file into the folder of a package, as far as Python can see, and uses its kind."""
    (folder / f"{key}.py").write_text(source)
    lay = f"import django, {package}; {package}.__path__.append({str(folder)!r}); django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", lay + use], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_new_field_type_is_one_file(tmp_path: Path) -> None:
    said = with_one_more_file(tmp_path, "forms_library.fields", "number_plate", FIELD, FIELD_IS_USED)
    assert said == "AB 123 True"


def test_a_new_node_type_is_one_file(tmp_path: Path) -> None:
    said = with_one_more_file(tmp_path, "workflows.nodes", "milestone", NODE, NODE_IS_USED)
    assert said == "[] True"
