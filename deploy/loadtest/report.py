"""What a load test found, as tables: answers by page, CPU by program, costs of one application."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

TOTAL = "Aggregated"
TARGET_P95_MS = 500


@dataclass(frozen=True)
class Answers:
    """How one kind of page answered."""

    name: str
    requests: int
    failures: int
    p50_ms: float
    p95_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Found:
    """Everything that was measured; CPU in seconds, over `seconds` of time."""

    people: int
    think_s: float
    seconds: float
    cores: int
    answers: Sequence[Answers]
    cpu_s: Mapping[str, float]
    memory_mb: Mapping[str, float]
    applications: int
    decisions: int
    certificates: int
    database_bytes: int
    document_bytes: int
    waiting_messages: int
    errors: Sequence[str] = field(default_factory=tuple)

    @property
    def total(self) -> Answers:
        """All pages together."""
        return next(each for each in self.answers if each.name == TOTAL)

    @property
    def target_met(self) -> bool:
        """No error, and 95 of 100 answers within half a second."""
        without_error = self.total.requests > 0 and not self.total.failures and not self.errors
        return without_error and self.total.p95_ms < TARGET_P95_MS

    @property
    def limit(self) -> str:
        """What stands in the way of more: the program that used most CPU, where CPU was used up."""
        used = sum(self.cpu_s.values()) / (self.seconds * self.cores)
        name, seconds = max(self.cpu_s.items(), key=lambda item: item[1])
        share = seconds / (self.seconds * self.cores)
        if used < 0.9:
            return f"nothing was used up: {used:.0%} of the CPU"
        return f"CPU ({used:.0%} of {self.cores} cores), most of it {name} ({share:.0%})"


def read_answers(path: Path) -> list[Answers]:
    """The rows of the file that locust writes."""
    with path.open(newline="") as file:
        return [_row(row) for row in csv.DictReader(file)]


def _row(row: Mapping[str, str]) -> Answers:
    return Answers(
        row["Name"],
        int(row["Request Count"]),
        int(row["Failure Count"]),
        *(float(row[name] if row[name] != "N/A" else 0) for name in ("50%", "95%", "99%")),
    )


def costs(found: Found) -> dict[str, float]:
    """What the capacity model reckons with: CPU of a request and of an application, bytes that stay."""
    applications = max(found.applications, 1)
    background = sum(found.cpu_s.get(name, 0.0) for name in ("worker", "relay", "scheduler"))
    requests = max(found.total.requests, 1)
    return {
        "web_cpu_ms_per_request": 1000 * found.cpu_s.get("web", 0.0) / requests,
        "database_cpu_ms_per_request": 1000 * found.cpu_s.get("PostgreSQL", 0.0) / requests,
        "redis_cpu_ms_per_request": 1000 * found.cpu_s.get("Redis", 0.0) / requests,
        "background_cpu_ms_per_application": 1000 * background / applications,
        "requests_per_person_and_second": requests / found.people / found.seconds,
        "requests_per_application": requests / applications,
        "database_kb_per_application": found.database_bytes / applications / 1024,
        "document_kb_per_application": found.document_bytes / applications / 1024,
    }


def as_text(found: Found) -> str:
    """The report as a person reads it."""
    parts = [
        f"{found.people} people, {found.think_s:g} s before each press, "
        f"{found.seconds:.0f} s, {found.cores} cores",
        _table(("Page", "Requests", "Errors", "p50 ms", "p95 ms", "p99 ms"), map(_cells, found.answers)),
        _table(("Program", "CPU s", "Share of all cores", "Memory MB"), _programs(found)),
        _table(("Cost", ""), ((name, f"{value:.2f}") for name, value in costs(found).items())),
        f"{found.applications} applications, {found.decisions} decisions, {found.certificates} certificates; "
        f"{found.waiting_messages} messages not sent yet at the end",
        f"Limit: {found.limit}",
        f"P11 (no error, p95 < {TARGET_P95_MS} ms): {'met' if found.target_met else 'MISSED'}",
        *(f"Error: {error}" for error in found.errors),
    ]
    return "\n\n".join(parts)


def as_data(found: Found) -> dict[str, Any]:
    """The report as JSON."""
    return {**asdict(found), "costs": costs(found), "target_met": found.target_met, "limit": found.limit}


def _cells(row: Answers) -> tuple[str, ...]:
    times = (f"{value:.0f}" for value in (row.p50_ms, row.p95_ms, row.p99_ms))
    return (row.name, str(row.requests), str(row.failures), *times)


def _programs(found: Found) -> Iterable[tuple[str, ...]]:
    for name, seconds in sorted(found.cpu_s.items(), key=lambda item: -item[1]):
        share = seconds / (found.seconds * found.cores)
        yield (name, f"{seconds:.1f}", f"{share:.0%}", f"{found.memory_mb.get(name, 0):.0f}")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    padded = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([f"| {padded[0]} |", f"|{rule}|", *(f"| {line} |" for line in padded[1:])])
