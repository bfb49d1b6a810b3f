"""Cases written as CSV, JSON and XLSX: one at a time, so that ten thousand need no more memory than ten."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from engine.core.spreadsheets import safe_cell
from forms_library.answer_tables import answer_cells, answer_json
from forms_library.compiled import CompiledForm
from workflows.models import Case
from workflows.selectors.versions import version_of

FACTS = ["reference", "service", "version", "state", "submitted_at", "finished_at"]
ANSWERS = "answers."
MARK = "\ufeff"  # by which spreadsheets know that this is Unicode
PART = 65_536


def facts_of(case: Case) -> dict[str, Any]:
    """What every export says of a case beside its answers."""
    return {
        "reference": case.reference,
        "service": case.service.key,
        "version": version_of(case.version_id).number,
        "state": case.state,
        "submitted_at": case.submitted_at.isoformat(),
        "finished_at": case.finished.isoformat() if case.finished else "",
    }


def cells_of(case: Case, hide: Collection[str]) -> dict[str, Any]:
    """A case as one row."""
    cells = answer_cells(version_of(case.version_id).start_form, case.answers, hide)
    return {**facts_of(case), **{f"{ANSWERS}{name}": cell for name, cell in cells.items()}}


def columns_of(forms: Iterable[CompiledForm], hide: Collection[str]) -> list[str]:
    """The columns of cases of several versions: those of the first, then what the others had more."""
    names = (f"{ANSWERS}{name}" for form in forms for name in answer_cells(form, {}, hide))
    return list(dict.fromkeys([*FACTS, *names]))


def csv_lines(cases: Iterable[Case], forms: Iterable[CompiledForm], hide: Collection[str]) -> Iterator[bytes]:
    """The cases as CSV, line by line."""
    columns = columns_of(forms, hide)
    yield (MARK + _line(columns)).encode()
    for case in cases:
        cells = cells_of(case, hide)
        yield _line([cells.get(column) for column in columns]).encode()


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def json_parts(cases: Iterable[Case], hide: Collection[str]) -> Iterator[bytes]:
    """The cases as one JSON list, case by case."""
    before = b"[\n"
    for case in cases:
        answers = answer_json(version_of(case.version_id).start_form, case.answers, hide)
        written = json.dumps({**facts_of(case), "answers": answers}, ensure_ascii=False)
        yield before + written.encode()
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
