"""Makes the pages that an installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.pages.first_pages import publish_first_pages


class Command(BaseCommand):
    """Publishes home, help and a page for each department where they are missing."""

    help = "Publish the home page, help pages and a page for each department, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Report what was made."""
        made = publish_first_pages()
        self.stdout.write(
            f"{len(made)} pages published: {', '.join(made)}" if made else "All pages are there."
        )
