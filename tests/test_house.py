"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from forms_library.catalogue import field_types
from workflows.definition import node_types

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("engine", "forms_library", "workflows", "portal", "deploy")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 50
# tests that look at a whole package from one side
SIDES = {
    "engine/core/decisions/dmn",
    "engine/core/plain_python",
    "engine/core/rules/any_input",
    "engine/core/rules/conformance",
    "engine/core/rules/loops",
    "engine/core/rules/unanswered",
}
GIT = (ROOT / ".git").exists()


def ours(pattern: str) -> Iterator[Path]:
    """Files of the product, without what is generated."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).glob(f"**/{pattern}")):
            if not {"node_modules", "built", "migrations"}.intersection(path.parts):
                yield path


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- files
def test_no_file_is_longer_than_a_few_screens() -> None:
    sources = [*ours("*.py"), *ours("*.sh"), *ours("*.html"), *ours("*.ts"), *ours("*.tsx"), ROOT / "run"]
    lengths = {name(path): len(path.read_text().splitlines()) for path in sources}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for path in ours("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long.append(f"{name(path)}:{node.lineno} {node.name} has {lines} lines")
    assert long == []


def test_every_module_and_class_says_what_it_is() -> None:
    silent = []
    for path in ours("*.py"):
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            silent.append(name(path))
    assert silent == []


def test_tests_mirror_the_tree() -> None:
    lonely = []
    for floor in FLOORS:
        for path in (ROOT / "tests" / floor).glob("**/test_*.py"):
            twin = path.relative_to(ROOT / "tests").with_name(path.stem.removeprefix("test_"))
            if not has_twin(twin):
                lonely.append(f"{name(path)} mirrors nothing: there is no {twin}.py")
    assert lonely == []


def has_twin(twin: Path) -> bool:
    """A module, a package, a script, a command of manage.py, a test over every kind, or a named side."""
    command = twin.parent / "management" / "commands" / f"{twin.name}.py"
    places = [ROOT / f"{twin}.py", ROOT / twin, ROOT / f"{twin}.sh", ROOT / command]
    return any(place.exists() for place in places) or twin.name.startswith("every_") or str(twin) in SIDES


# --- kinds
@pytest.mark.parametrize("kind", [*field_types, *node_types], ids=lambda kind: kind.key)
def test_the_file_of_a_kind_is_named_after_its_key(kind: Any) -> None:
    package, _, module = kind.__module__.rpartition(".")
    assert (package, module) in {("forms_library.fields", kind.key), ("workflows.nodes", kind.key)}


@pytest.mark.parametrize("package", ["forms_library/fields", "workflows/nodes"])
def test_every_file_of_the_folder_is_one_kind(package: str) -> None:
    files = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"}
    registry: Any = field_types if package.startswith("forms") else node_types
    assert files == set(registry.keys())


# --- walls
def test_the_walls_stand() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# --- commands
def our_commands() -> list[str]:
    return sorted(command for command, app in get_commands().items() if app.startswith(FLOORS))


@pytest.mark.parametrize("command", our_commands())
def test_every_command_explains_itself_and_its_arguments(command: str) -> None:
    loaded = load_command_class(get_commands()[command], command)
    assert re.match(r"[A-Z].+\.", loaded.help), f"{command} needs a help sentence"
    parser = loaded.create_parser("manage.py", command)
    of_django = {"help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color"}
    of_django |= {"force_color", "skip_checks"}
    silent = [action.dest for action in parser._actions if action.dest not in of_django and not action.help]
    assert silent == []


# --- what must not be written down
def test_the_locks_name_no_index_and_pin_every_package_by_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text()
        for word in ("://", "file:", "find-links", "index-url", "trusted-host"):
            assert word not in text, f"{path.name} names {word}"
        pins = re.findall(r"^([a-z0-9._-]+)==\S+(.*)$", text, re.MULTILINE)
        assert pins and all(rest.rstrip().endswith("\\") for _, rest in pins), path.name


def test_every_lock_has_its_source_and_agrees_with_the_widest() -> None:
    folder = ROOT / "requirements"
    assert {path.stem for path in folder.glob("*.in")} == {path.stem for path in folder.glob("*.txt")}
    widest = set(pins_of(folder / "dev.txt"))
    for part in ("base", "test", "embedded", "node"):
        assert set(pins_of(folder / f"{part}.txt")) <= widest, part


def pins_of(path: Path) -> list[str]:
    return re.findall(r"^[a-z0-9._-]+==[^\s;]+", path.read_text(), re.MULTILINE)


def test_the_locks_of_the_front_end_name_no_address() -> None:
    for path in ours("package-lock.json"):
        packages = json.loads(path.read_text())["packages"]
        assert not [key for key, package in packages.items() if "resolved" in package], name(path)


@pytest.mark.skipif(not GIT, reason="needs the list of tracked files")
def test_no_tracked_file_names_a_machine_or_a_package_host() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "npmjs" + ".com")
    places = ("/work" + "/main", "/work" + "/shared", "../" + "shared", "/ro" + "ot/", "/opt/" + "pypi")
    places += ("/tmp/" + "contracts", "/opt/" + "wheels")
    found = []
    for path in tracked():
        if path.suffix in {".png", ".jpg", ".ico", ".pdf", ".woff2", ".svg"}:
            continue
        text = path.read_text(errors="replace")
        found += [f"{name(path)}: {word}" for word in (*hosts, *places) if word in text]
    assert found == []


# --- one file for one kind
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
