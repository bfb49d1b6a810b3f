"""The questions of a form as a PDF, from a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Service
from workflows.services.printing import NoSuchForm, questions_pdf
from workflows.services.refusals import NothingToPublish


class Command(BaseCommand):
    """``manage.py print_questions DEPARTMENT SERVICE FORM FILE --by EMAIL``: writes the PDF."""

    help = "Writes every question of a form as a PDF, with conditions and texts, for lawyers and translators."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What to print, where to, and for whom."""
        parser.add_argument("department", help="key of the department")
        parser.add_argument("service", help="key of the service")
        parser.add_argument("form", help="key of the form in the service")
        parser.add_argument("file", help="the PDF to write")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who does this, and may design it")
        parser.add_argument("--language", default="en", help="the language of the list itself")
        parser.add_argument(
            "--texts", default="", metavar="en,fr", help="languages of the texts, side by side"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it; a refusal is a sentence."""
        service = Service.objects.filter(
            department__key=options["department"], key=options["service"]
        ).first()
        by = User.objects.filter(email=options["by"]).first()
        if service is None or by is None:
            raise CommandError("There is no such service, or nobody with this address.")
        try:
            data = questions_pdf(
                service=service,
                form_key=options["form"],
                by=by,
                reading=options["language"],
                languages=options["texts"].split(","),
            )
            Path(options["file"]).write_bytes(data)
        except (NoSuchForm, NothingToPublish):
            raise CommandError("The service has no such form.") from None
        except (AccessRefused, OSError) as error:
            raise CommandError(str(error)) from None
