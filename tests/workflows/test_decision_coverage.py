"""The command that plays the DMN compatibility kit."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.workflows.dmn.test_measuring import CASES, TWICE


def test_the_last_line_is_one_object_of_fractions(tmp_path: Path) -> None:
    (tmp_path / "twice.dmn").write_bytes(TWICE)
    (tmp_path / "cases.xml").write_text(CASES.format(model="twice.dmn", second="9"))
    out = StringIO()
    call_command("decision_coverage", str(tmp_path), "--json", stdout=out)
    lines = out.getvalue().splitlines()
    assert json.loads(lines[-1]) == {"D1": 0.5}
    assert "    D1 2: twice is null, not 9 (null * number has no value.)" in lines


def test_a_folder_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("decision_coverage", "/nowhere/at/all")
