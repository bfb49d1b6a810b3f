"""Walks are saved with what they came to, and played again whenever the service is to be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.core.problems import Problems
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.definition import ServicePackage
from workflows.dry_run.coverage import Coverage, coverage_of
from workflows.dry_run.playing import replay, require_reader
from workflows.dry_run.refusing import ActRefused
from workflows.dry_run.report import Report, Stopped
from workflows.dry_run.script import Script, read_script
from workflows.dry_run.stage import Stage
from workflows.dry_run.telling import told
from workflows.models import Scenario, Service
from workflows.services.packages import proofs

MOST_SAVED = 100
LONGEST_NAME = 80
READ_IN = "en"


@dataclass(frozen=True)
class Replayed:
    """A saved walk that was played again; without a sentence it passes."""

    scenario: Scenario
    report: Report
    sentence: str

    @property
    def passes(self) -> bool:
        """Whether it came to the same."""
        return not self.sentence


def save_scenario(
    *, service: Service, name: str, script: Script, package: ServicePackage, by: User
) -> Scenario:
    """Keep a walk under a name, with what it comes to now; a walk that stops cannot be saved.

    The same name again replaces the walk.
    """
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    report = _played(package, script, service.department)
    if report.stopped is not None:
        raise ActRefused(report.stopped.code)
    with transaction.atomic():
        locked = Service.objects.select_for_update().get(pk=service.pk)
        known = Scenario.objects.filter(service=locked)
        if known.exclude(name=name).count() >= MOST_SAVED:
            raise ActRefused("too_many")
        scenario, _ = Scenario.objects.update_or_create(
            service=locked,
            name=name.strip()[:LONGEST_NAME],
            defaults={
                "script": script.written(),
                "expected": summary_of(report),
                "saved_by": by,
                "saved_at": timezone.now(),
            },
        )
        _record("scenario.saved", service, by, scenario.pk)
    return scenario


def remove_scenario(*, service: Service, name: str, by: User) -> None:
    """Give up a saved walk; one that is not there is given up already."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    with transaction.atomic():
        scenario = Scenario.objects.select_for_update().filter(service=service, name=name).first()
        if scenario is not None:
            _record("scenario.removed", service, by, scenario.pk)
            scenario.delete()


def replay_all(*, service: Service, package: ServicePackage, by: User) -> tuple[list[Replayed], Coverage]:
    """Play every saved walk of a service through this package, and count the ways they go."""
    require_reader(by, service.department)
    played = [_again(scenario, package) for scenario in _saved(service)]
    return played, coverage_of(package, [one.report for one in played])


def summary_of(report: Report) -> dict[str, Any]:
    """What has to be the same the next time: the way and the end, not the words."""
    return {
        "ended": report.ended,
        "outcome": report.outcome,
        "state": report.state,
        "steps": [moment.step for moment in report.moments],
        "open": sorted(work.step for work in report.open),
        "letters": len(report.letters),
        "certificates": len(report.certificates),
    }


def prove(package: ServicePackage, service: Service, problems: Problems) -> None:
    """Note every saved walk that does not come to the same in this package."""
    for scenario in _saved(service):
        sentence = _again(scenario, package).sentence
        if sentence:
            problems.at("scenarios", scenario.name).mend(
                "walk_fails", f'The saved walk "{scenario.name}": {sentence}'
            )


def _saved(service: Service) -> list[Scenario]:
    return list(
        Scenario.objects.filter(service=service).select_related("service__department").order_by("name")
    )


def _again(scenario: Scenario, package: ServicePackage) -> Replayed:
    script = read_script(scenario.script, Problems()) or Script()
    report = _played(package, script, scenario.service.department)
    return Replayed(scenario, report, _difference(scenario.expected, report))


def _played(package: ServicePackage, script: Script, department: Department) -> Report:
    def look(stage: Stage, stopped: Stopped | None) -> Report:
        return told(stage, READ_IN, stopped)

    return replay(package, script, department, look)


def _difference(expected: dict[str, Any], report: Report) -> str:
    """The first thing that is not as it was; empty when all is."""
    if report.stopped is not None:
        return f"it stops at act {report.stopped.number}. {report.stopped.sentence}"
    found = summary_of(report)
    before, now = expected.get("steps", []), found["steps"]
    for number, (old, new) in enumerate(zip(before, now, strict=False), start=1):
        if old != new:
            return f'its step {number} is "{new}" now and was "{old}".'
    if len(before) != len(now):
        return f"it comes to {len(now)} steps now and came to {len(before)}."
    names = {
        "outcome": "outcome",
        "state": "state",
        "letters": "number of letters",
        "certificates": "certificates",
    }
    for key, name in names.items():
        if expected.get(key) != found[key]:
            return f'its {name} is "{found[key]}" now and was "{expected.get(key)}".'
    return "" if expected == found else "it rests at other steps than before."


def _record(verb: str, service: Service, by: User, scenario: int) -> None:
    audit.record(
        verb,
        chain=audit.department_chain(service.department.key),
        actor=by,
        department_id=service.department_id,
        subject=f"service:{service.key}",
        details={"scenario": scenario},
    )


if prove not in proofs:
    proofs.append(prove)
