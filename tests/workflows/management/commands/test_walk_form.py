"""The command walks a service or a file, and fails when it finds something."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from tests.workflows.published import PACKAGES
from workflows.models import Service

CASES = Path(__file__).resolve().parents[5] / "shared" / "cases" / "xgov-fsd"


def form(**more: Any) -> dict[str, Any]:
    asked = {"key": "n", "type": "integer", "label": "How many?"}
    return {"title": "A form", "pages": [{"key": "a", "title": "A", "fields": [asked], **more}]}


def written(folder: Path, document: dict[str, Any]) -> str:
    path = folder / "form.yaml"
    path.write_text(yaml.safe_dump(document))
    return str(path)


@pytest.mark.django_db
def test_a_published_service_is_walked(licence: Service, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("walk_form", licence.key, seeds=3)
    assert "walks by chance: 3 of 3 could be sent" in capsys.readouterr().out


@pytest.mark.django_db
def test_what_is_neither_a_service_nor_a_file_is_said() -> None:
    with pytest.raises(CommandError, match="no published service and no file"):
        call_command("walk_form", "nothing")


def test_a_package_is_walked_along_all_paths_and_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(
        "walk_form", str(PACKAGES / "licensing" / "trade-licence.yaml"), seeds=2, paths=True, invalid=True
    )
    said = capsys.readouterr().out
    assert "walks by chance: 2 of 2" in said
    assert "0 contradict themselves, 0 not found" in said
    assert "refused as they should be" in said


def test_a_form_that_can_not_be_filled_fails_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = {"rule": "answers.n > answers.n", "sentence": "Never right", "field": "n"}
    with pytest.raises(CommandError, match="2 findings"):
        call_command("walk_form", written(tmp_path, form(checks=[check])), seeds=2)
    assert "a: n: Never right" in capsys.readouterr().out


def test_a_form_that_is_wrong_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="show_when"):
        call_command("walk_form", written(tmp_path, form(show_when="answers.m > 1")))


def test_a_foreign_form_is_walked(capsys: pytest.CaptureFixture[str]) -> None:
    found = sorted(CASES.rglob("*.json"))
    if not found:
        pytest.skip("the foreign forms are not on this machine")
    call_command("walk_form", str(found[0]), seeds=2, paths=True)
    assert "2 of 2" in capsys.readouterr().out
