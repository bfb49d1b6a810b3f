"""Translations of a service, from a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused
from engine.departments.models import User
from forms_library.translations.rows import NotReadable
from workflows.models import Service
from workflows.services.refusals import NothingToPublish
from workflows.services.translating import KINDS, export_translations, import_translations, survey


class Command(BaseCommand):
    """``manage.py translations DEPARTMENT SERVICE --by EMAIL``: how complete each language is."""

    help = "Prints how complete each language of a service is; exports its texts, or takes translations back."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The service, who asks, and what to do."""
        parser.add_argument("department", help="key of the department")
        parser.add_argument("service", help="key of the service")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who does this, and may design it")
        parser.add_argument("--export", metavar="FILE", help="write the texts for a translator")
        parser.add_argument("--language", help="into which language the export is to be translated")
        parser.add_argument("--format", choices=sorted(KINDS), default="csv", help="of the export")
        parser.add_argument("--open", action="store_true", help="export only what is missing or stale")
        parser.add_argument("--import", dest="taken", metavar="FILE", help="take translations from this file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; a refusal is a sentence."""
        service, by = self._service(options), self._person(options["by"])
        try:
            if options["taken"]:
                self._take(service, by, Path(options["taken"]))
            elif options["export"]:
                self._export(service, by, options)
            else:
                self._print(service, by)
        except (NotReadable, DefinitionRefused, AccessRefused, OSError) as error:
            raise CommandError(str(error)) from None
        except NothingToPublish:
            raise CommandError("This service has no package yet.") from None

    def _service(self, options: dict[str, Any]) -> Service:
        service = Service.objects.filter(
            department__key=options["department"], key=options["service"]
        ).first()
        if service is None:
            raise CommandError(f'There is no service "{options["department"]}/{options["service"]}".')
        return service

    def _person(self, email: str) -> User:
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError(f'There is nobody with the address "{email}".')
        return person

    def _print(self, service: Service, by: User) -> None:
        for figures in survey(service=service, by=by).figures:
            counts = ", ".join(f"{number} {state}" for state, number in sorted(figures.counts.items()))
            instead = ", ".join(f"{tag} ({number})" for tag, number in figures.fallbacks.items())
            shown = f"; shown instead: {instead}" if instead else ""
            self.stdout.write(f"{figures.language}: {figures.percent} % of {figures.total}: {counts}{shown}")

    def _export(self, service: Service, by: User, options: dict[str, Any]) -> None:
        languages = survey(service=service, by=by).languages[1:]
        if options["language"] not in languages:
            raise CommandError(f"Say --language: one of {', '.join(languages) or 'none: there is only one'}.")
        data = export_translations(
            service=service,
            by=by,
            kind=options["format"],
            language=options["language"],
            only_open=options["open"],
        )
        Path(options["export"]).write_bytes(data)

    def _take(self, service: Service, by: User, file: Path) -> None:
        done = import_translations(service=service, by=by, data=file.read_bytes())
        for row in done.left:
            note = "taken, marked as stale" if row.taken else "not taken"
            self.stderr.write(f"{row.path} ({row.language}): {row.why.replace('_', ' ')}, {note}")
        self.stdout.write(f"{done.taken} taken, {done.confirmed} confirmed, {done.unchanged} unchanged.")
