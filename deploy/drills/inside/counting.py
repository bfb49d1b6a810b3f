"""Comparing what applicants were told with what there is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.core.management import call_command

from workflows.models import Submission


def run(book: str) -> dict[str, int]:
    """Acknowledged, lost and doubled applications; the record must be whole."""
    call_command("verify_audit", verbosity=0)
    told = dict(line.split()[1:] for line in Path(book).read_text().splitlines() if line.count(" ") == 2)
    rows = Submission.objects.filter(number=1).select_related("case").order_by("pk")
    kept = [(row.answers["applicant_name"], row.case.reference) for row in rows]
    times = Counter(mark for mark, _ in kept)
    there = dict(kept)
    return {
        "acknowledged": len(told),
        "lost": sum(there.get(mark) != reference for mark, reference in told.items()),
        "doubled": sum(number - 1 for number in times.values()),
    }
