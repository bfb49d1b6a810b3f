"""Cases written as CSV, JSON and XLSX: one at a time, so that ten thousand need no more memory than ten."""

import csv
import io
import json
import tempfile
from collections.abc import Collection, Iterable, Iterator
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from engine.core.spreadsheets import safe_cell
from forms_library.answer_tables import answer_cells, answer_json, group_rows, group_tables
from forms_library.compiled import CompiledForm
from workflows.models import Case
from workflows.selectors.versions import version_of

FACTS = ["reference", "service", "version", "state", "submitted_at", "finished_at"]
ANSWERS = "answers."
MARK = "\ufeff"  # by which spreadsheets know that this is Unicode
PART = 65_536
IN_MEMORY = 1_000_000  # bytes of a workbook; more goes to a file
MOST_ROWS = 1_000_000  # of a sheet; a spreadsheet takes 1,048,576
LONGEST_CELL = 32_767  # characters


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


def xlsx_parts(
    cases: Iterable[Case], forms: Collection[CompiledForm], hide: Collection[str]
) -> Iterator[bytes]:
    """The workbook, made when its first part is asked for."""
    with _workbook(cases, forms, hide) as file:
        while part := file.read(PART):
            yield part


def _workbook(cases: Iterable[Case], forms: Collection[CompiledForm], hide: Collection[str]) -> IO[bytes]:
    """The cases as XLSX: a sheet of cases, and one for each repeating group with the case of each row."""
    book = Workbook(write_only=True)
    main = _Sheet(book, "Cases", columns_of(forms, hide))
    wanted: dict[str, list[str]] = {}
    for form in forms:
        for name, columns in group_tables(form, hide).items():
            wanted[name] = list(dict.fromkeys([*wanted.get(name, ["reference"]), *columns]))
    sheets = {name: _Sheet(book, name, columns) for name, columns in wanted.items()}
    for case in cases:
        main.append(cells_of(case, hide))
        form, answers = version_of(case.version_id).start_form, case.answers
        for name, cells in group_rows(form, answers, hide):
            sheets[name].append({"reference": case.reference, **cells})
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by who reads it
    book.save(out)
    out.seek(0)
    return out


class _Sheet:
    """One table of the workbook; when it is full it goes on in another sheet."""

    def __init__(self, book: Any, name: str, columns: list[str]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._parts = 0
        self._begin()

    def _begin(self) -> None:
        self._parts += 1
        ending = f" {self._parts}" if self._parts > 1 else ""
        self._rows, self._sheet = 0, self._book.create_sheet(self._name[: 31 - len(ending)] + ending)
        self._sheet.freeze_panes = "B2"
        self._sheet.append([self._cell(name) for name in self._columns])

    def append(self, cells: dict[str, Any]) -> None:
        if self._rows >= MOST_ROWS:
            self._begin()
        self._rows += 1
        self._sheet.append([self._cell(cells.get(name)) for name in self._columns])

    def _cell(self, value: Any) -> Any:
        """A text is a text, also where it looks like a formula."""
        if not isinstance(value, str):
            return value if value is None or isinstance(value, bool | int | float) else str(value)
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL])
        cell.data_type = "s"
        return cell
