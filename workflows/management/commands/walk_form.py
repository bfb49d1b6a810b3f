"""Walk a form by chance, along all its paths and wrongly on purpose, and print what was found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engine.core.problems import DefinitionRefused
from forms_library.compiled import CompiledForm, compile_form
from forms_library.definition import Form
from forms_library.importing.limits import read_document
from forms_library.importing.port import Refused
from forms_library.importing.reading import read_forms
from forms_library.walking import invalid_values, random_walk, walk_paths
from workflows.models import Service
from workflows.selectors.versions import version_of
from workflows.services.package_text import read_package

LISTED = 20


class Command(BaseCommand):
    """Fills forms as people do; anything that goes wrong makes it fail."""

    help = "Walk a published service, or a file with a package, a form, or a form of another system."

    def add_arguments(self, parser: Any) -> None:
        """What is walked, and how."""
        parser.add_argument("form", help="the key of a service, or a file")
        parser.add_argument("--seeds", type=int, default=20, help="so many walks by chance (20)")
        parser.add_argument("--paths", action="store_true", help="walk every path of pages")
        parser.add_argument("--invalid", action="store_true", help="try wrong values in every question")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk all forms that are named, and fail when something is wrong."""
        wrong, today = 0, timezone.localdate()
        for name, compiled in _forms(options["form"]):
            self.stdout.write(f"{name}: {len(compiled.pages)} pages, {len(compiled.fields)} fields")
            wrong += self._by_chance(compiled, options["seeds"], today)
            if options["paths"]:
                wrong += self._along_paths(compiled, today)
            if options["invalid"]:
                wrong += self._wrongly(compiled, today)
        if wrong:
            raise CommandError(f"{wrong} findings")

    def _by_chance(self, compiled: CompiledForm, seeds: int, today: date) -> int:
        walks = [random_walk(compiled, seed, today) for seed in range(seeds)]
        complete = sum(walk.complete and not walk.changed for walk in walks)
        self.stdout.write(f"  walks by chance: {complete} of {seeds} could be sent")
        for walk in walks:
            if not walk.complete or walk.changed:
                reason = walk.errors or walk.changed or (f"ends at the exit page {walk.exit_page}",)
                self.stdout.write(f"    seed {walk.seed}: {'; '.join(reason)}")
        return seeds - complete

    def _along_paths(self, compiled: CompiledForm, today: date) -> int:
        report = walk_paths(compiled, today)
        others = f"{len(report.contradictory)} contradict themselves, {len(report.not_found)} not found"
        self.stdout.write(f"  paths: {len(report.walked)} of {report.total} walked; {others}")
        for path in report.contradictory[:LISTED]:
            self.stdout.write(f"    contradicts itself: {' > '.join(path)}")
        for path in report.not_found[:LISTED]:
            self.stdout.write(f"    not found: {' > '.join(path)}")
        for problem in report.problems[:LISTED]:
            self.stdout.write(f"    {problem}")
        return len(report.not_found)

    def _wrongly(self, compiled: CompiledForm, today: date) -> int:
        findings = invalid_values(compiled, today)
        faults = [finding for finding in findings if finding.fault]
        self.stdout.write(
            f"  wrong values: {len(findings) - len(faults)} of {len(findings)} refused as they should be"
        )
        for finding in faults[:LISTED]:
            self.stdout.write(f"    {finding.page}.{finding.field}: {finding.fault}")
        return len(faults)


def _forms(name: str) -> Iterator[tuple[str, CompiledForm]]:
    path = Path(name)
    try:
        if path.is_file():
            yield from ((found, compile_form(form)) for found, form in _in_file(path))
            return
    except (DefinitionRefused, Refused) as refused:
        raise CommandError(str(refused)) from None
    service = Service.objects.filter(key=name, current__isnull=False).first()
    if service is None or service.current_id is None:
        raise CommandError(f'There is no published service and no file "{name}".')
    version = version_of(service.current_id)
    for key, form in version.package.forms.items():
        yield f"{name}.{key}", compile_form(form)


def _in_file(path: Path) -> Iterator[tuple[str, Form]]:
    content = path.read_bytes()
    if path.suffix in (".yaml", ".yml"):
        document = read_package(content)
        for key, form in (document.get("forms") or {path.stem: document}).items():
            yield key, Form.model_validate(form)
    else:
        for found in read_forms(read_document(content)).forms:
            yield found.name, found.form
