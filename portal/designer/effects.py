"""What publishing does to open cases and to drafts: counted, and said before anybody publishes."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.models import Case, Draft, Service


def effect_of(service: Service) -> dict[str, Any]:
    """How many cases and drafts there are, by version, and in a sentence what becomes of them."""
    cases = Case.objects.filter(service=service, finished=None).values("version__number")
    drafts = Draft.objects.filter(
        service_version__service=service, submitted_case=None, expires_at__gt=timezone.now()
    )
    by_version = cases.annotate(count=Count("pk")).order_by("version__number")
    figures = drafts.aggregate(all=Count("pk"), old=Count("pk", filter=~Q(service_version=service.current)))
    open_cases = sum(one["count"] for one in by_version)
    return {
        "open_cases": open_cases,
        "drafts": figures["all"],
        "by_version": [{"version": one["version__number"], "cases": one["count"]} for one in by_version],
        "sentences": _sentences(open_cases, figures["all"]),
    }


def _sentences(open_cases: int, drafts: int) -> list[str]:
    found = [_("New applications use the new version at once.")]
    if open_cases:
        sentence = _("{count} open cases go on with the version that they began with.")
        found.append(sentence.format(count=open_cases))
    if drafts:
        sentence = _("{count} drafts are asked to go on with the new questions, and keep their answers.")
        found.append(sentence.format(count=drafts))
    return found
