"""The figures of every workflow in a folder, W1 to W5, with everything that falls short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from engine.core.problems import Problems
from forms_library.coverage.measuring import Share
from forms_library.importing.limits import MOST_BYTES
from forms_library.importing.port import Refused
from workflows.coverage.inventory import inventory_of
from workflows.coverage.keeping import kept
from workflows.coverage.matrix import refused_to_others
from workflows.coverage.playing import played
from workflows.coverage.times import fired_once
from workflows.coverage.versions import kept_going
from workflows.coverage.ways import walked
from workflows.definition import ServicePackage, parse_package
from workflows.importing.digit_finding import definitions
from workflows.importing.port import ImportedWorkflows
from workflows.importing.reading import read_source, read_workflows
from workflows.validator import check_package

FIGURES = ("W1", "W2", "W3", "W4", "W5")
ENDINGS = (".json", ".txt", ".bpmn", ".xml")


@dataclass(frozen=True)
class Measured:
    """One workflow with its figures; without a name it is a file that is none, and `why` says so."""

    file: str
    name: str = ""
    why: str = ""
    states: int = 0
    ways: int = 0
    notes: int = 0
    shares: Mapping[str, Share] = field(default_factory=dict)
    package: ServicePackage | None = None


def measure(folder: Path, figures: frozenset[str] = frozenset(FIGURES)) -> Iterator[Measured]:
    """Every workflow of a folder in order, and then each pair of versions that follow one another."""
    found: dict[str, list[Measured]] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        for one in _file(path, str(path.relative_to(folder)), figures):
            if one.package is not None:
                found.setdefault(f"{path.parent}/{one.name}", []).append(one)
            yield one
    if "W5" in figures:
        for versions in found.values():
            for older, newer in pairwise(versions):
                yield _pair(older, newer)


def _file(path: Path, name: str, figures: frozenset[str]) -> list[Measured]:
    if path.suffix.lower() not in ENDINGS:
        return [Measured(name, why="This is no JSON and no text.")]
    try:
        with path.open("rb") as file:
            imported = read_workflows(read_source(file.read(MOST_BYTES + 1)))
    except Refused as refused:
        return [Measured(name, why=refused.sentence)]
    return [_whole(imported, number, path, name, figures) for number in range(len(imported.workflows))]


def _whole(
    imported: ImportedWorkflows, number: int, path: Path, name: str, figures: frozenset[str]
) -> Measured:
    """What stops the measuring falls short of every figure, and the others are still measured."""
    try:
        return _workflow(imported, number, path, name, figures)
    except Exception as error:  # whatever it is, it is named
        short = _unmeasured(error)
        return Measured(name, imported.workflows[number].name, shares=dict.fromkeys(sorted(figures), short))


def _unmeasured(error: Exception) -> Share:
    return Share(0, 1, (f"could not be measured: {type(error).__name__}: {str(error)[:200]}",))


def _workflow(
    imported: ImportedWorkflows, number: int, path: Path, name: str, figures: frozenset[str]
) -> Measured:
    found, problems = imported.workflows[number], Problems()
    package = parse_package(found.package, problems)
    wrong = [problem.sentence for problem in check_package(found.package).must_mend]
    if package is None or wrong:
        short = Share(0, 1, tuple(wrong[:20] or ["The package has a wrong shape."]))
        return Measured(name, found.name, shares=dict.fromkeys(sorted(figures), short))
    source = definitions(read_source(path.read_bytes()))[number].definition
    inventory = inventory_of(source)
    shares = {"W1": kept(inventory, package, imported.report)} if "W1" in figures else {}
    with played(package) as play:
        shares |= {"W2": walked(play)} if "W2" in figures else {}
        shares |= {"W3": refused_to_others(play)} if "W3" in figures else {}
        shares |= {"W4": fired_once(play, whole=bool(inventory.whole))} if "W4" in figures else {}
    size = (len(inventory.states), len(inventory.ways), len(imported.report.notes))
    return Measured(name, found.name, "", *size, shares, package)


def _pair(older: Measured, newer: Measured) -> Measured:
    name = f"{older.file} > {Path(newer.file).name}"
    if older.package is None or newer.package is None:
        return Measured(name, older.name)
    try:
        share = kept_going(older.package, newer.package)
    except Exception as error:  # whatever it is, it is named
        share = _unmeasured(error)
    return Measured(name, older.name, shares={"W5": share})
