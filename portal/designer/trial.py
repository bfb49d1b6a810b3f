"""A trial as its pages share it: what was asked for, and the walk played on the real engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.designer.looking import page_of
from portal.designer.rights import person
from workflows.definition import ServicePackage
from workflows.dry_run import Report, Script, play_and_look
from workflows.dry_run.cast import APPLICANT
from workflows.dry_run.stage import Stage
from workflows.models import Service
from workflows.words import role_text

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What the page was asked for; `posted` holds its own words without the answers to a form."""

    request: HttpRequest
    posted: QueryDict
    service: Service
    package: ServicePackage
    walk: dict[str, Any]
    part: str
    language: str


def played(asked: Asked) -> tuple[Report, str]:
    """The report, and the page of the chosen person; of a role, of the first who has it."""

    def look(stage: Stage) -> str:
        part = next(iter(stage.cast.roles.get(asked.part, [])), asked.part)
        return page_of(stage, asked.request, part, asked.language)

    return looked(asked, look)


def looked(asked: Asked, look: Callable[[Stage], T]) -> tuple[Report, T]:
    """The report, and what is seen on the stage when the walk is played to its end."""
    return play_and_look(
        asked.package,
        Script.model_validate(asked.walk),
        look,
        department=asked.service.department,
        by=person(asked.request),
        language=get_language() or "en",
    )


def role_name(asked: Asked, role: str) -> str:
    """What a role is called: one of the product, or one that the package makes."""
    language = get_language() or "en"
    if role == APPLICANT:
        return _("Applicant")
    own = asked.package.roles.get(role)
    return own.title.in_(language) if own else role_text(role, language)
