"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from forms_library.catalogue import field_types
from tests.house import FLOORS, ROOT, name, ours
from workflows.definition import node_types

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
