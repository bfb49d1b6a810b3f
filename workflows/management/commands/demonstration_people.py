"""Print who can sign in to the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.demonstration import files


class Command(BaseCommand):
    """Prints the people of the demonstration as a table."""

    help = "Print the people of the demonstration: role, department, e-mail address, password."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line for each person."""
        titles = {key: columns["title"]["en"] for key, columns in files.departments().items()}
        lines = [("Role", "Department", "Name", "E-mail address")]
        lines += [
            (", ".join(person.roles).capitalize(), titles[person.department], person.name, person.email)
            for person in files.staff()
        ]
        lines += [("Citizen", "", person.name, person.email) for person in files.citizens()]
        widths = [max(len(line[column]) for line in lines) for column in range(4)]
        for line in lines:
            texts = (text.ljust(width) for text, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(texts).rstrip())
        self.stdout.write(f"\nEverybody's password: {files.password()}")
