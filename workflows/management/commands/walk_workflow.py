"""Walk a workflow by chance or along every way, and print the ways, the ends and the problems."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.core.problems import DefinitionRefused
from engine.departments.models import Department
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.selectors.versions import version_of
from workflows.services.package_text import read_package
from workflows.walking import Findings, walk

LISTED = 20


class Command(BaseCommand):
    """Plays every role on the real engine, with a clock of its own; nothing of it stays or leaves."""

    help = "Walk a published service, or a file with a package, and fail where a case cannot go on."

    def add_arguments(self, parser: Any) -> None:
        """What is walked, and how."""
        parser.add_argument("workflow", help="the key of a service, or a file with a package")
        parser.add_argument("--number", type=int, help="this version of the service, not the live one")
        parser.add_argument("--seeds", type=int, default=20, help="so many walks by chance (20)")
        parser.add_argument("--exhaustive", action="store_true", help="look for every way instead")
        parser.add_argument("--most", type=int, default=2_000, help="moves of an exhaustive walk (2000)")
        parser.add_argument("--json", action="store_true", help="the last line is one JSON object")
        parser.add_argument("--all", action="store_true", help="name all ways, ends and problems")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, print, and fail when something is wrong."""
        package, department = _found(options["workflow"], options["number"])
        begun = time.monotonic()
        findings = walk(
            package,
            department,
            seeds=options["seeds"],
            exhaustive=options["exhaustive"],
            most=options["most"],
        )
        self._print(findings, None if options["all"] else LISTED, time.monotonic() - begun)
        if options["json"]:
            self.stdout.write(json.dumps(findings.written(), ensure_ascii=False))
        if findings.problems:
            raise CommandError(f"{len(findings.problems)} findings")

    def _print(self, findings: Findings, most: int | None, seconds: float) -> None:
        coverage = findings.coverage
        every = len(coverage.gone) + len(coverage.missing)
        how = "" if findings.complete else ", stopped before all was seen (--most)"
        self.stdout.write(
            f"{findings.package.key}: {findings.walks} walks, {findings.acts} moves in {seconds:.0f} s{how}"
        )
        self.stdout.write(f"  ways: {len(coverage.gone)} of {every} gone")
        self._list([f"not gone: {before} > {after}" for before, after in coverage.missing], most)
        self.stdout.write(f"  ends: {len(findings.ends)} reached")
        self._list([f"{end}: {times} times" for end, times in sorted(findings.ends.items())], most)
        self._list([f"not reached: {end}" for end in findings.ends_missed], most)
        self.stdout.write(f"  problems: {len(findings.problems)}")
        for problem in list(findings.problems)[:most]:
            self.stdout.write(f"    {problem.kind} at {problem.step or 'the beginning'}: {problem.sentence}")
            self.stdout.write(f"      after: {' > '.join(problem.moves) or 'nothing'}")

    def _list(self, lines: list[str], most: int | None) -> None:
        for line in lines[:most]:
            self.stdout.write(f"    {line}")
        if most is not None and len(lines) > most:
            self.stdout.write(f"    and {len(lines) - most} more (--all)")


def _found(name: str, number: int | None) -> tuple[ServicePackage, Department]:
    """The package of a file, or of a version, with the department that it is walked for."""
    path = Path(name)
    if path.is_file():
        try:
            return ServicePackage.model_validate(read_package(path.read_bytes())), _nobodys()
        except (DefinitionRefused, ValueError) as refused:
            raise CommandError(str(refused)) from None
    services = Service.objects.filter(key=name, current__isnull=False).select_related("department", "current")
    service = services.order_by("pk").first()
    if service is None or service.current is None:
        raise CommandError(f'There is no published service and no file "{name}".')
    version = service.current if number is None else service.versions.filter(number=number).first()
    if version is None:
        raise CommandError(f'The service "{name}" has no version {number}.')
    return version_of(version.pk).package, service.department


def _nobodys() -> Department:
    """A department that is there for a walk alone."""
    return Department(key="walk", title={"en": "Walk"}, languages=["en"], time_zone="UTC", icon="store")
