"""The command that walks a workflow."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.workflows.published import founder, licence  # noqa: F401  fixtures
from tests.workflows.walking.test_walker import PACKAGE
from workflows.models import Case, Service

pytestmark = pytest.mark.django_db


def said(*args: str, **options: Any) -> list[str]:
    out = StringIO()
    call_command("walk_workflow", *args, stdout=out, **options)
    return out.getvalue().splitlines()


def test_a_published_service_is_walked_and_the_last_line_is_json(
    licence: Service,  # noqa: F811
) -> None:
    lines = said(licence.key, seeds=2, json=True)
    found = json.loads(lines[-1])
    assert found["walks"] == 2
    assert found["problems"] == []
    assert 0 < found["ways"] <= 1
    assert lines[0].startswith("trade-licence: 2 walks,")
    assert not Case.objects.exists()
    assert said(licence.key, seeds=1, number=1)[0].startswith("trade-licence: 1 walks,")
    with pytest.raises(CommandError, match="no version 7"):
        said(licence.key, number=7)


def test_a_file_is_walked_along_every_way(tmp_path: Path) -> None:
    path = tmp_path / "dog.yaml"
    path.write_text(PACKAGE)
    lines = said(str(path), exhaustive=True)
    assert "  ways: 5 of 5 gone" in lines
    assert "  problems: 0" in lines
    assert any(line.startswith("    refused: ") for line in lines)


def test_a_finding_makes_it_fail_with_the_way_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dog.yaml"
    path.write_text(PACKAGE.replace("{key: done, type: end, outcome: approved, title: Registered}",
                                    '{key: done, type: condition, title: Wait, when: "1 > 2", next: end}\n'
                                    "    - {key: end, type: end, outcome: approved}"))  # fmt: skip
    with pytest.raises(CommandError, match="findings"):
        call_command("walk_workflow", str(path), exhaustive=True)
    out = capsys.readouterr().out
    assert "stuck at done: Nobody can bring the case on here." in out
    assert "after: applied apply" in out


@pytest.mark.parametrize("text", ["", "{", "format: 1\nkey: x", "format: 7"])
def test_what_is_no_package_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(CommandError):
        said(str(path))


def test_what_is_neither_a_service_nor_a_file_is_said() -> None:
    with pytest.raises(CommandError, match="no published service and no file"):
        said("nothing")
