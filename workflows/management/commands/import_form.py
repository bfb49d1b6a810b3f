"""Import a form of another system as the working copy of a service, and print what was not as it was."""

from engine.departments.models import Department, User
from workflows.management.foreign_import import ForeignImportCommand
from workflows.services.foreign import ForeignImport
from workflows.services.foreign_forms import import_foreign_form


class Command(ForeignImportCommand):
    """``manage.py import_form FILE --department KEY [--by EMAIL]``."""

    help = "Import a form of XGov, MOJ Forms, Open Forms or JSON Schema into a department."
    file_help = "a JSON file or a ZIP archive"
    refused = "This form cannot become a service"

    def take(self, content: bytes, department: Department, by: User) -> ForeignImport:
        """A form with one approval."""
        return import_foreign_form(content=content, department=department, by=by)
