"""What the report of a load test says of what was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deploy.loadtest.report import Answers, Found, as_data, as_text, costs, read_answers

TOTAL = Answers("Aggregated", 1000, 0, 20, 90, 200)
FOUND = Found(
    people=100,
    think_s=5,
    seconds=50,
    cores=2,
    answers=[Answers("queue", 1000, 0, 20, 90, 200), TOTAL],
    cpu_s={"web": 20.0, "PostgreSQL": 5.0, "worker": 4.0, "relay": 1.0, "the crowd itself": 3.0},
    memory_mb={"web": 300.0},
    applications=10,
    decisions=4,
    certificates=4,
    database_bytes=1024 * 100,
    document_bytes=1024 * 50,
    waiting_messages=0,
)


def test_costs_are_for_one_request_and_one_application() -> None:
    assert costs(FOUND) == pytest.approx(
        {
            "web_cpu_ms_per_request": 20,
            "database_cpu_ms_per_request": 5,
            "redis_cpu_ms_per_request": 0,
            "background_cpu_ms_per_application": 500,
            "requests_per_person_and_second": 0.2,
            "requests_per_application": 100,
            "database_kb_per_application": 10,
            "document_kb_per_application": 5,
        }
    )


@pytest.mark.parametrize(
    ("total", "met"),
    [
        (TOTAL, True),
        (replace(TOTAL, failures=1), False),
        (replace(TOTAL, p95_ms=500), False),
        (replace(TOTAL, requests=0), False),
    ],
)
def test_the_target_is_met_without_an_error_and_within_half_a_second(total: Answers, met: bool) -> None:
    assert replace(FOUND, answers=[total]).target_met is met


def test_what_limits_is_named() -> None:
    assert FOUND.limit == "nothing was used up: 33% of the CPU"
    busy = replace(FOUND, cpu_s={"web": 80.0, "PostgreSQL": 15.0})
    assert busy.limit == "CPU (95% of 2 cores), most of it web (80%)"


def test_the_report_has_every_page_program_and_error() -> None:
    text = as_text(replace(FOUND, errors=("POST,decide,409",)))
    for words in ("| queue ", "| web ", "10 applications", "Error: POST,decide,409", "MISSED"):
        assert words in text
    assert as_data(FOUND)["costs"]["web_cpu_ms_per_request"] == 20


def test_the_file_of_the_crowd_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stats.csv"
    path.write_text(
        "Type,Name,Request Count,Failure Count,50%,95%,99%\n"
        "GET,queue,3,1,10,20,30\n,Aggregated,3,1,N/A,N/A,N/A\n"
    )
    assert read_answers(path) == [Answers("queue", 3, 1, 10, 20, 30), Answers("Aggregated", 3, 1, 0, 0, 0)]
