"""What the commands that import foreign documents share: for whom, the report, refusals as sentences."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.core.problems import DefinitionRefused
from engine.departments.access import AccessRefused, departments_with
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from forms_library.importing.limits import MOST_BYTES
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from workflows.services.foreign import ForeignImport

KINDS = {"defect": "Defects of the source", "lost": "Not carried", "changed": "Carried in another way"}
LISTED = 5


class ForeignImportCommand(BaseCommand):
    """``FILE --department KEY [--by EMAIL]``: tells the format by itself."""

    file_help = "a JSON file"
    refused = "This cannot become a service"

    def take(self, content: bytes, department: Department, by: User) -> ForeignImport:
        """Import it; raises Refused or DefinitionRefused when nothing comes of it."""
        raise NotImplementedError

    def add_arguments(self, parser: Any) -> None:
        """Which file, where to, and for whom."""
        parser.add_argument("file", help=self.file_help)
        parser.add_argument("--department", required=True, metavar="KEY", help="where the service belongs")
        parser.add_argument("--by", metavar="EMAIL", help="who does this, and may design services there")
        parser.add_argument("--all", action="store_true", help="name every place, not only the first ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it; a refusal is a sentence."""
        department = Department.objects.filter(key=options["department"]).first()
        if department is None:
            raise CommandError(f'There is no department "{options["department"]}".')
        done = self._taken(Path(options["file"]), department, _designer(department, options["by"]))
        self._print(done.report, None if options["all"] else LISTED)
        for problem in done.problems:
            self.stdout.write(f"To look at: {problem.where}: {problem.sentence}")
        for service in done.services:
            self.stdout.write(f"{done.format}: the working copy of {department.key}/{service.key} is there.")

    def _taken(self, path: Path, department: Department, by: User) -> ForeignImport:
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
            return self.take(content, department, by)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        except DefinitionRefused as refused:
            raise CommandError(f"{self.refused}: {refused}") from None
        except (AccessRefused, OSError) as error:
            raise CommandError(str(error)) from None

    def _print(self, report: Report, most: int | None) -> None:
        for kind, sentences in report.grouped().items():
            if sentences:
                self.stdout.write(f"{KINDS[kind]}:")
            for sentence, notes in sentences.items():
                places = ", ".join(note.where or "the document" for note in notes[:most])
                more = f" and {len(notes) - most} more" if most is not None and len(notes) > most else ""
                self.stdout.write(f"  {sentence} [{places}{more}]")


def _designer(department: Department, email: str | None) -> User:
    """Who is named; or the first who may design services in the department."""
    if email:
        found = User.objects.filter(email=email).first()
        if found is None:
            raise CommandError("There is nobody with this address.")
        return found
    for user in User.objects.filter(is_active=True).order_by("pk"):
        if department.pk in departments_with(user, Permission.DESIGN_SERVICE):
            return user
    raise CommandError("Nobody may design services in this department: name somebody by --by EMAIL.")
