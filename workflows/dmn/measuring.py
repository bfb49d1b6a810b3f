"""How many cases of the DMN technology compatibility kit pass, file by file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from engine.core.feel import FeelStopped, new_run
from engine.core.feel.types import ANY
from engine.core.feel.values import Callable
from engine.core.feel.writing import write
from forms_library.coverage.measuring import Share
from forms_library.importing.port import Refused
from workflows.dmn.cases import Case, CaseFile, Expected, Untyped, agrees, as_type, read_cases
from workflows.dmn.evaluating import Evaluation, types_of
from workflows.dmn.model import Item, Model, read_models
from workflows.dmn.opening import open_definitions

FIGURES = ("D1",)


@dataclass
class Measured:
    """One file of cases with how many pass, and which do not; or why it is not such a file."""

    file: str
    share: Share | None = None
    why: str = ""
    seconds: float = 0.0
    results: int = field(default=0)


def measure(folder: Path) -> Iterator[Measured]:
    """Every file of cases in a folder, at any depth; and every model without cases."""
    asked: set[Path] = set()
    for path in sorted(folder.rglob("*.xml")):
        begun, name = time.monotonic(), str(path.relative_to(folder))
        try:
            cases = read_cases(path.read_bytes())
        except Refused as refused:
            yield Measured(name, why=refused.sentence)
            continue
        asked.add(path.parent)
        share, results = _share(path, cases)
        yield Measured(name, share, seconds=time.monotonic() - begun, results=results)
    for path in sorted(folder.rglob("*.dmn")):
        if path.parent not in asked:
            yield Measured(str(path.relative_to(folder)), why="No cases lie beside this model.")


def _share(path: Path, cases: CaseFile) -> tuple[Share, int]:
    short: list[str] = []
    results = sum(len(case.expected) for case in cases.cases)
    try:
        models, main = _models(path, cases)
    except Refused as refused:
        short = [f"{case.identity}: {cases.model}: {refused.sentence}" for case in cases.cases]
        return Share(0, len(cases.cases), tuple(short)), results
    for case in cases.cases:
        short += [f"{case.identity}: {why}" for why in play(case, models, main)][:1]
    return Share(len(cases.cases) - len(short), len(cases.cases), tuple(short)), results


def _models(path: Path, cases: CaseFile) -> tuple[dict[str, Model], Model]:
    """The models beside a file of cases, and the one that it names; raises Refused."""
    roots: dict[str, Element] = {}
    refused: dict[str, Refused] = {}
    for file in sorted(path.parent.glob("*.dmn")):
        try:
            roots[file.name] = open_definitions(file.read_bytes())
        except Refused as one:
            refused[file.name] = one
    wanted = cases.model or next(iter([*roots, *refused]), "")
    if wanted in refused:
        raise refused[wanted]
    if wanted not in roots:
        raise Refused(f'There is no model "{wanted}" beside the cases.')
    models = read_models([roots.pop(wanted), *roots.values()])
    return models, next(iter(models.values()))


def play(case: Case, models: Mapping[str, Model], main: Model) -> list[str]:
    """Work out one case; every result that is not as expected, with the reason."""
    run = new_run(types_of(models, main))
    given = {
        item.address: as_type(each.value, item.type, run.types)
        for each in _spread(case.given, main, models)
        if (item := _named(models, main, each, ("inputData", "decision")))
    }
    evaluation = Evaluation(models, given, run)
    short = []
    for expected in case.expected:
        run.faults.clear()
        try:
            found = _result(case, expected, evaluation, main)
        except FeelStopped as stopped:
            short.append(f"{expected.name}: {stopped}")
            continue
        if not agrees(found, expected.value):
            because = f" ({run.faults[-1]})" if run.faults else ""
            short.append(f"{expected.name} is {_shown(found)}, not {_shown(expected.value)}{because}")
    return short


def _spread(given: Sequence[Expected], main: Model, models: Mapping[str, Model]) -> Iterator[Expected]:
    """What is given under the name of an import is meant for the model behind it."""
    imported = {alias: space for space, alias in main.imports.items() if space in models}
    own = {item.name for item in main.items.values()}
    for each in given:
        space = imported.get(each.name)
        if space is None or each.name in own or not isinstance(each.value, Mapping):
            yield each
            continue
        inside = [Expected(name, value, space) for name, value in each.value.items()]
        yield from _spread(inside, models[space], models)


def _result(case: Case, expected: Expected, evaluation: Evaluation, main: Model) -> Any:
    """The value of a decision, of a function called with what is given, or of a service."""
    if case.kind == "decision" and not case.invocable:
        item = _named(
            evaluation.models, main, expected, ("decision", "businessKnowledgeModel", "decisionService")
        )
        return evaluation.value(item.address) if item else None
    kinds = ("decisionService", "businessKnowledgeModel")
    item = _named(evaluation.models, main, Expected(case.invocable, None), kinds)
    function = evaluation.value(item.address) if item else None
    if not isinstance(function, Callable) or item is None:
        evaluation.run.fault(f'There is no "{case.invocable}" to call.')
        return None
    given = {each.name: _argument(each.value) for each in case.given} | {
        found.name: evaluation.given[found.address]
        for address in item.inputs
        if (found := evaluation.find(address)) and found.address in evaluation.given
    }
    value = function.called([given.get(name) for name in function.names], evaluation.run)
    return value.get(expected.name) if isinstance(value, dict) and len(item.outputs) > 1 else value


def _argument(value: Any) -> Any:
    return as_type(value, ANY, {})


def _named(models: Mapping[str, Model], main: Model, named: Expected, kinds: tuple[str, ...]) -> Item | None:
    """The element with a name: of the model itself, or of the one that the case names."""
    model = models.get(named.namespace, main)
    own = [item for item in model.items.values() if item.kind in kinds and item.name == named.name]
    others = (item for each in models.values() for item in each.items.values() if item.kind in kinds)
    return next(iter([*own, *(item for item in others if item.name == named.name)]), None)


def _shown(value: Any) -> str:
    text = value.text if isinstance(value, Untyped) else write(_plain(value), inside=True)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _plain(value: Any) -> Any:
    """Values whose type the file leaves open, as texts."""
    if isinstance(value, Untyped):
        return value.text
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return value
