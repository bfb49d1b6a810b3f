"""Cells that no spreadsheet takes for a formula, and back again without a change."""

import re
from typing import Any

# what Excel, LibreOffice and Google run; they take the full-width forms for the plain ones
RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")  # a sign before a number runs nothing


def safe_cell(value: Any) -> Any:
    """A cell that stays text: an apostrophe stands before what would be run."""
    if isinstance(value, str):
        return f"'{value}" if RISKY.match(value) and not NUMBER.fullmatch(value) else value
    return "" if value is None else value


def typed_cell(cell: str) -> str:
    """What a cell was before `safe_cell`."""
    return cell[1:] if cell.startswith("'") and RISKY.match(cell) else cell
