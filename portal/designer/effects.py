"""What publishing does to open cases and to drafts: looked at, counted, and said before anybody publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engine.departments.models import User
from portal.designer.merging import same
from portal.designer.move_words import foretold
from workflows.definition import ServicePackage
from workflows.models import Case, CaseClass, Service
from workflows.services.foreseeing import Outlook, foreseen_cases, foreseen_drafts, open_drafts


@dataclass(frozen=True)
class Why:
    """One reason, and how many it concerns."""

    sentence: str
    count: int


@dataclass(frozen=True)
class Line:
    """What becomes of what is open of one version, and why."""

    sentences: list[str]
    reasons: list[Why]


def effect_of(service: Service) -> dict[str, Any]:
    """How many cases and drafts there are, and in a sentence what becomes of them."""
    open_cases = Case.objects.filter(service=service, finished=None).count()
    drafts = open_drafts(service).count()
    return {"open_cases": open_cases, "drafts": drafts, "sentences": _sentences(open_cases, drafts)}


def outlook_of(
    service: Service, package: ServicePackage, *, by: User, language: str
) -> dict[str, list[Line]]:
    """What would become of the cases and the drafts of each version if this package were published."""
    cases = foreseen_cases(service, package, by=by)
    drafts = foreseen_drafts(service, package, by=by, language=language)
    return {"cases": [_cases(each) for each in cases], "drafts": [_drafts(each) for each in drafts]}


def to_be_published(service: Service, document: Mapping[str, Any]) -> ServicePackage | None:
    """The package that publishing this document would make live; None where it is incomplete or live."""
    if service.working is None or not same(service.working, document):
        return None
    return ServicePackage.model_validate(service.working)


def _sentences(open_cases: int, drafts: int) -> list[str]:
    found = [_("New applications use the new version at once.")]
    if open_cases:
        sentence = ngettext(
            "{count} open case stays on the version that it began with, unless somebody moves it.",
            "{count} open cases stay on the version that they began with, unless somebody moves them.",
            open_cases,
        )
        found.append(sentence.format(count=open_cases))
    if drafts:
        sentence = ngettext(
            "{count} draft goes on with the new questions as soon as somebody opens it again.",
            "{count} drafts go on with the new questions as soon as somebody opens them again.",
            drafts,
        )
        found.append(sentence.format(count=drafts))
    return found


def _cases(found: Outlook) -> Line:
    counted = {kind: found.kinds[kind] for kind in CaseClass.values}
    figures = _("Can be moved as it is: {safe}. Needs an answer first: {needs}. Cannot be moved: {blocked}.")
    many = ngettext(
        "{count} open case of version {version}.", "{count} open cases of version {version}.", found.open
    )
    return _line(found, many, figures.format(**counted))


def _drafts(found: Outlook) -> Line:
    kept = found.kinds[CaseClass.SAFE]
    figures = _("Goes on with every answer: {kept}. Is shown what changed, and asked: {asked}.")
    many = ngettext("{count} draft of version {version}.", "{count} drafts of version {version}.", found.open)
    return _line(found, many, figures.format(kept=kept, asked=found.seen - kept))


def _line(found: Outlook, many: str, figures: str) -> Line:
    sentences = [many.format(count=found.open, version=found.old.number)]
    if found.seen < found.open:
        sentences.append(_("The newest {seen} were looked at.").format(seen=found.seen))
    return Line(
        [*sentences, figures],
        [Why(foretold(words, found.old, found.new), number) for words, number in found.told()],
    )
