"""The capacity model: what a load needs, from costs that a load test measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt

FILE = Path(__file__).with_name("model.yaml")
KB_PER_GB = 1024 * 1024


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measured(_Part):
    """What one request and one application cost, and where that was measured."""

    machine: str
    date: str
    web_cpu_ms_per_request: PositiveFloat
    database_cpu_ms_per_request: PositiveFloat
    redis_cpu_ms_per_request: PositiveFloat
    background_cpu_ms_per_application: PositiveFloat
    requests_per_person_and_second: PositiveFloat
    requests_per_application: PositiveFloat
    database_kb_per_application: PositiveFloat
    document_kb_per_application: PositiveFloat


class Assumed(_Part):
    """What nobody can measure before it happens."""

    people_at_once: PositiveInt
    peak_factor: PositiveFloat = Field(description="the busiest minute against the mean of people at once")
    busy_share: PositiveFloat = Field(
        le=1, description="how much of its CPU a pod may use, so that one may fail"
    )
    applications_a_year: PositiveInt
    growth_a_year: float = Field(ge=0)
    years: PositiveInt
    document_copies: PositiveInt
    fewest_pods: PositiveInt = Field(description="one in each zone")


class Size(_Part):
    """A pod or a server."""

    vcpu: PositiveFloat
    count: PositiveInt = 1


class Plan(_Part):
    """What was planned before anything was measured."""

    web: Size
    background: Size
    database: Size


class Model(_Part):
    """The whole file."""

    measured: Measured
    assumed: Assumed
    planned: Plan


@dataclass(frozen=True)
class Year:
    """What one year needs; sizes at its end."""

    number: int
    requests_a_second: float
    web_pods: int
    background_pods: int
    database_vcpu: float
    database_gb: float
    document_gb: float


def read_model(path: Path = FILE) -> Model:
    """The model of a file; raises pydantic's ValidationError naming what is wrong."""
    return Model.model_validate(yaml.safe_load(path.read_text()))


def years(model: Model) -> list[Year]:
    """Year by year, the load growing and what is kept adding up."""
    found: list[Year] = []
    kept = 0.0
    for number in range(1, model.assumed.years + 1):
        growth = (1 + model.assumed.growth_a_year) ** (number - 1)
        kept += model.assumed.applications_a_year * growth
        found.append(_year(model, number, growth, kept))
    return found


def _year(model: Model, number: int, growth: float, kept: float) -> Year:
    measured, assumed, planned = model.measured, model.assumed, model.planned
    people = assumed.people_at_once * assumed.peak_factor * growth
    requests = people * measured.requests_per_person_and_second
    applications = requests / measured.requests_per_application
    web = requests * measured.web_cpu_ms_per_request / 1000
    background = applications * measured.background_cpu_ms_per_application / 1000
    database = requests * measured.database_cpu_ms_per_request / 1000
    return Year(
        number=number,
        requests_a_second=requests,
        web_pods=_pods(web, planned.web, assumed),
        background_pods=_pods(background, planned.background, assumed),
        database_vcpu=database / assumed.busy_share,
        database_gb=kept * measured.database_kb_per_application / KB_PER_GB,
        document_gb=kept * measured.document_kb_per_application * assumed.document_copies / KB_PER_GB,
    )


def _pods(vcpu: float, size: Size, assumed: Assumed) -> int:
    return max(assumed.fewest_pods, ceil(vcpu / (size.vcpu * assumed.busy_share)))


def compared(model: Model, found: Sequence[Year]) -> Mapping[str, str]:
    """What was planned against what the last year needs."""
    last, planned = found[-1], model.planned
    return {
        "web pods": _against(planned.web.count, last.web_pods),
        "back-end pods": _against(planned.background.count, last.background_pods),
        "database vCPU": _against(planned.database.vcpu, last.database_vcpu),
    }


def _against(planned: float, needed: float) -> str:
    word = "enough" if planned >= needed else "TOO LITTLE"
    return f"planned {planned:g}, needed {needed:.3g}: {word}"
