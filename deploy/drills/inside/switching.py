"""The switch of the site, the wish to have the replica mended, and whether the other site has everything."""

from __future__ import annotations

from django.core.management import call_command

STANDBY_WITHIN_S = 60.0


def run(what: str) -> None:
    """Turn the switch, ask for what the replica lacks, or wait until the standby has everything."""
    if what == "repair":
        call_command("reconcile_documents", repair=True, verbosity=0)
    elif what == "standbys":
        call_command("standbys", wait=STANDBY_WITHIN_S)
    else:
        call_command("site_mode", what, verbosity=0)
