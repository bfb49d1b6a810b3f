"""Translations as CSV, for a spreadsheet; no cell of it is run as a formula."""

import csv
import io
from collections.abc import Iterable

from engine.core.spreadsheets import safe_cell, typed_cell
from forms_library.translations.rows import NotReadable, Row

COLUMNS = ("path", "source_language", "source", "language", "translation", "state")
NEEDED = {"path", "source", "language", "translation"}
MARK = "\ufeff"  # by which spreadsheets know that this is Unicode
csv.field_size_limit(1_000_000)


def write_csv(rows: Iterable[Row], source_language: str) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (row.path, source_language, row.source, row.language, row.target, row.state)
        writer.writerow([safe_cell(cell) for cell in cells])
    return MARK + out.getvalue()


def read_csv(text: str) -> list[Row]:
    """The rows of a CSV, whichever separator the spreadsheet chose; raises NotReadable."""
    text = text.removeprefix(MARK)
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        missing = NEEDED - set(reader.fieldnames or ())
        if missing:
            raise NotReadable(f"This file has no column {', '.join(sorted(missing))}.")
        return [_row(cells) for cells in reader]
    except csv.Error as error:
        raise NotReadable(f"This is not CSV: {error}.") from None


def _row(cells: dict[str, str | None]) -> Row:
    path, source, language, target = (
        typed_cell(cells.get(name) or "") for name in ("path", "source", "language", "translation")
    )
    return Row(path.strip(), source, language.strip(), target)
