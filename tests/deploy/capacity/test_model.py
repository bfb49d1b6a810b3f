"""The capacity model: what it reckons, and that it refuses a file that says nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from deploy.capacity.__main__ import as_text, main
from deploy.capacity.model import FILE, Model, compared, read_model, years

MEASURED = {
    "machine": "a machine",
    "date": "2026-01-01",
    "web_cpu_ms_per_request": 10,
    "database_cpu_ms_per_request": 2,
    "redis_cpu_ms_per_request": 1,
    "background_cpu_ms_per_application": 500,
    "requests_per_person_and_second": 0.2,
    "requests_per_application": 20,
    "database_kb_per_application": 1024,
    "document_kb_per_application": 512,
}
ASSUMED = {
    "people_at_once": 1000,
    "peak_factor": 2,
    "busy_share": 0.5,
    "applications_a_year": 1024,
    "growth_a_year": 0.5,
    "years": 3,
    "document_copies": 2,
    "fewest_pods": 3,
}
PLANNED = {"web": {"vcpu": 2, "count": 15}, "background": {"vcpu": 4, "count": 20}, "database": {"vcpu": 3}}


def model(**assumed: float) -> Model:
    return Model.model_validate({"measured": MEASURED, "assumed": {**ASSUMED, **assumed}, "planned": PLANNED})


def test_pods_follow_from_cpu_and_from_how_busy_a_pod_may_be() -> None:
    first = years(model())[0]
    assert first.requests_a_second == pytest.approx(400)  # 2,000 people, one request in 5 s
    assert first.web_pods == 4  # 4 vCPU of work, of pods of 2 that may be half busy
    assert first.background_pods == 5  # 20 applications a second, half a second of CPU each
    assert first.database_vcpu == pytest.approx(1.6)


def test_fewer_people_still_have_a_pod_in_each_zone() -> None:
    assert years(model(people_at_once=1))[0].web_pods == 3


def test_the_load_grows_and_what_is_kept_adds_up() -> None:
    found = years(model())
    assert [year.requests_a_second for year in found] == pytest.approx([400, 600, 900])
    assert [year.database_gb for year in found] == pytest.approx([1, 2.5, 4.75])
    assert [year.document_gb for year in found] == pytest.approx([1, 2.5, 4.75])


def test_a_plan_that_is_too_small_is_named() -> None:
    found = years(model())
    said = compared(model(), found)
    assert said["web pods"].endswith("enough")
    assert said["database vCPU"] == "planned 3, needed 3.6: TOO LITTLE"


def test_the_file_of_the_project_is_a_model_and_is_printed() -> None:
    text = as_text(read_model())
    assert "| 5 |" in text
    assert "web pods: planned 15" in text


def test_a_file_that_says_nonsense_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = yaml.safe_load(FILE.read_text())
    wrong["assumed"]["busy_share"] = 2
    path = tmp_path / "model.yaml"
    path.write_text(yaml.safe_dump(wrong))
    with pytest.raises(ValidationError):
        read_model(path)
    assert main([str(path)]) == 2
    assert "assumed.busy_share" in capsys.readouterr().err
    assert main([str(tmp_path / "none.yaml")]) == 2
