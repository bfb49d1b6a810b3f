"""Applications that were filled in before a drill begins."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.departments.models import User
from forms_library.answers import PageResult
from workflows import services
from workflows.models import Draft, Service

EXTRACT: dict[str, dict[str, Any]] = {
    "about_you": {
        "applicant_name": "Leila Haddad",
        "applicant_birth_date": date(1988, 2, 2).isoformat(),
        "applicant_national_id": "880202114471",
    },
    "residence": {
        "residence": {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213"},
        "living_since": "2019-09-01",
    },
    "purpose": {"purpose": "bank", "declared": True},
}
LICENCE: dict[str, dict[str, Any]] = {
    "about_you": EXTRACT["about_you"],
    "your_business": {"business_name": "Green Basket", "legal_form": "sole_trader", "people_working": 3},
    "premises": {
        "premises": EXTRACT["residence"]["residence"],
        "tenure": "rent",
        "first_day": date(2099, 1, 14).isoformat(),
    },
    "what_you_sell": {"trade": "goods", "goods_sold": "Fruit and flowers"},
}


def filled_extract(owner: User) -> Draft:
    """An application for an extract, filled in and not sent."""
    return _filled(owner, "residence-extract", EXTRACT)


def filled_licence(owner: User) -> Draft:
    """An application for a trade licence, filled in up to its documents."""
    return _filled(owner, "trade-licence", LICENCE)


def _filled(owner: User, service: str, pages: dict[str, dict[str, Any]]) -> Draft:
    draft = services.start_draft(owner, Service.objects.get(key=service), "en")
    for page, answers in pages.items():
        draft = services.save_page(
            draft, page, PageResult(answers, {}, []), revision=draft.revision, by=owner
        )
    return draft


def applied_for_extracts(town: dict[str, User], times: int) -> list[str]:
    """Send so many applications, one after another; gives their references."""
    drafts = (filled_extract(town["leila.haddad@example.org"]) for _ in range(times))
    return [services.submit(draft, by=draft.owner, revision=draft.revision).reference for draft in drafts]
