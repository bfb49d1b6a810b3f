"""Import a workflow of another system as the working copy of a service, and print what was not as it was."""

from engine.departments.models import Department, User
from workflows.management.foreign_import import ForeignImportCommand
from workflows.services.foreign import ForeignImport
from workflows.services.foreign_workflows import import_foreign_workflow


class Command(ForeignImportCommand):
    """``manage.py import_workflow FILE --department KEY [--by EMAIL]``."""

    help = "Import a workflow of eGov DIGIT into a department."
    refused = "This workflow cannot become a service"

    def take(self, content: bytes, department: Department, by: User) -> ForeignImport:
        """States, actions and roles."""
        return import_foreign_workflow(content=content, department=department, by=by)
