"""The command that measures a folder of foreign forms."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.forms_library.importing.samples import MOJ, XGOV


def test_the_last_line_is_one_object_of_fractions(tmp_path: Path) -> None:
    (tmp_path / "boat.json").write_text(json.dumps(XGOV))
    (tmp_path / "hole.json").write_text(json.dumps(MOJ))
    (tmp_path / "else.bin").write_bytes(b"\x00")
    said = io.StringIO()
    call_command("form_coverage", tmp_path, json=True, seeds=2, stdout=said)
    lines = said.getvalue().strip().split("\n")
    assert json.loads(lines[-1]) == {"F1": 1.0, "F2": 1.0, "F3": 1.0, "F4": 1.0, "F5": 1.0}
    assert any(line.startswith("boat.json") for line in lines)
    assert "else.bin" in said.getvalue()


def test_a_folder_that_is_not_there_is_said() -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("form_coverage", "/nowhere")
