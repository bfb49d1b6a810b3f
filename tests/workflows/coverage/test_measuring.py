"""W1 to W5: all is kept, played, refused, timed and kept going; what is not is found and named."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engine.audit.models import AuditEntry
from engine.departments.models import Department
from tests.workflows.digit import OPEN_FILES, complaint, open_files, state
from workflows.coverage.inventory import inventory_of
from workflows.coverage.keeping import kept
from workflows.coverage.measuring import measure
from workflows.definition import ServicePackage
from workflows.importing.reading import read_workflows
from workflows.models import Case

pytestmark = pytest.mark.django_db
ALL = {"W1": 1.0, "W2": 1.0, "W3": 1.0, "W4": 1.0, "W5": 1.0}


def printed(folder: Path, **options: Any) -> list[str]:
    out = StringIO()
    call_command("workflow_coverage", str(folder), json=True, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path):
    newer = complaint()
    newer["states"][1]["actions"].pop(1)
    (tmp_path / "v01.json").write_text(json.dumps(complaint()))
    (tmp_path / "v02.json").write_text(json.dumps(newer))
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "other.json").write_text('{"a": 1}')
    (tmp_path / "picture.png").write_bytes(b"x")
    return tmp_path


def test_a_folder_is_measured_whole_and_leaves_nothing_behind(folder):
    lines = printed(folder)
    assert json.loads(lines[-1]) == ALL
    text = "\n".join(lines)
    for name in ("broken.json", "other.json", "picture.png", "v01.json > v02.json"):
        assert name in text
    assert not (Case.objects.exists() or Department.objects.exists() or AuditEntry.objects.exists())


def test_the_matrix_and_the_ways_are_counted_in_full(folder):
    first = next(one for one in measure(folder) if one.file == "v01.json")
    totals = {name: share.total for name, share in first.shares.items()}
    # 4 states x 7 actions x (6 roles and nobody), and one action at the beginning by the same
    assert totals["W3"] == 4 * 7 * 7 + 1 * 7
    assert totals["W4"] == 2
    assert (first.states, first.ways) == (5, 7)


def test_a_state_that_is_not_there_any_more_is_named():
    source = complaint()
    imported = read_workflows(source)
    (found,) = imported.workflows
    source["states"].append(state("LOST"))
    source["states"][1]["sla"] = 1
    source["states"][2]["actions"][0]["roles"].append("GHOST")
    share = kept(inventory_of(source), ServicePackage.model_validate(found.package), imported.report)
    assert share.fraction < 1
    text = "\n".join(share.short)
    assert 'the state "LOST" is missing' in text
    assert 'the role "GHOST" is missing' in text
    assert 'the time for the state "FILED"' in text


def test_what_can_never_happen_need_only_be_told_and_there_is_one_applicant(tmp_path):
    source = complaint()
    source["states"][1]["actions"][0]["roles"].append("anonymous")
    source["states"][1]["actions"] += [
        {"action": "FREEZE", "nextState": "FILED", "roles": []},
        {"action": "VANISH", "nextState": None, "roles": ["CITIZEN"]},
        {"action": "", "nextState": "FILED", "roles": ["CITIZEN"]},
    ]
    source["states"][-1]["sla"] = 86_400_000
    (tmp_path / "odd.json").write_text(json.dumps(source))
    (one,) = measure(tmp_path, frozenset(("W1", "W3")))
    assert {name: share.short for name, share in one.shares.items()} == {"W1": (), "W3": ()}


def test_what_stops_the_measuring_is_named_and_the_rest_is_measured(folder, monkeypatch):
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("in the middle")

    monkeypatch.setattr("workflows.coverage.measuring.walked", broken)
    lines = printed(folder)
    assert "\n".join(lines).count("could not be measured: ZeroDivisionError: in the middle") == 10
    assert json.loads(lines[-1])["W5"] == 0.0
    assert not Case.objects.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError):
        call_command("workflow_coverage", str(tmp_path / "nowhere"))


@open_files
def test_an_open_workflow_is_carried_and_played_whole(tmp_path):
    for number in (1, 2):
        name = f"v0{number}.json"
        shutil.copy(OPEN_FILES / "history" / "pgr-services--PGR" / name, tmp_path / name)
    assert json.loads(printed(tmp_path)[-1]) == ALL


@open_files
@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_all_open_workflows_are_carried_and_played_whole():
    assert json.loads(printed(OPEN_FILES)[-1]) == ALL
