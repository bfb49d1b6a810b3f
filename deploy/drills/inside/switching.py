"""The switch of the site, and the wish to have the replica mended."""

from __future__ import annotations

from django.core.management import call_command


def run(what: str) -> None:
    """Turn the switch, or ask for what the replica lacks."""
    if what == "repair":
        call_command("reconcile_documents", repair=True, verbosity=0)
    else:
        call_command("site_mode", what, verbosity=0)
