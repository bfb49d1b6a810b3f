"""Cases written as XLSX: a text is a text, and what is large goes to a file while it is written."""

import tempfile
from collections.abc import Collection, Iterable, Iterator
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from forms_library.answer_tables import group_rows, group_tables
from forms_library.compiled import CompiledForm
from workflows.models import Case
from workflows.selectors.versions import version_of
from workflows.services.answer_files import PART, cells_of, columns_of

IN_MEMORY = 1_000_000  # bytes of a workbook; more goes to a file
MOST_ROWS = 1_000_000  # of a sheet; a spreadsheet takes 1,048,576
LONGEST_CELL = 32_767  # characters


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
