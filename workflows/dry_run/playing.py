"""Playing a walk from its first act to its last."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from engine.departments.access import may, require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from engine.documents.certificates.issuing import sample
from workflows.definition import ServicePackage
from workflows.dry_run.acting import do
from workflows.dry_run.refusing import code_of, sentence_of
from workflows.dry_run.report import Report, Stopped
from workflows.dry_run.script import Script
from workflows.dry_run.stage import Stage, staged
from workflows.dry_run.telling import certificates, documents, told
from workflows.services.refusals import AnswersRefused

logger = logging.getLogger(__name__)
T = TypeVar("T")


def require_reader(by: User, department: Department) -> None:
    """Refuse who neither makes the services of a department nor judges them before they are published."""
    if not may(by, Permission.PUBLISH_SERVICE, department.pk):
        require(by, Permission.DESIGN_SERVICE, department.pk)


def play(
    package: ServicePackage, script: Script, *, department: Department, by: User, language: str = "en"
) -> Report:
    """Play a walk and say what it came to; nothing of it stays. The package must be free of problems to mend.

    An act that cannot be done ends the walk there, and the report says why.
    """
    report, _ = play_and_look(
        package, script, lambda stage: None, department=department, by=by, language=language
    )
    return report


def play_and_look(
    package: ServicePackage,
    script: Script,
    look: Callable[[Stage], T],
    *,
    department: Department,
    by: User,
    language: str = "en",
) -> tuple[Report, T]:
    """Play a walk, and look at the stage at its end for something that the report does not say."""
    require_reader(by, department)

    def both(stage: Stage, stopped: Stopped | None) -> tuple[Report, T]:
        return told(stage, language, stopped), look(stage)

    return replay(package, script, department, both)


def sample_certificate(
    package: ServicePackage, script: Script, number: int, *, department: Department, by: User
) -> bytes | None:
    """The PDF of what a walk would have issued as its first, second ... certificate; None if it does not."""
    require_reader(by, department)

    def drawn(stage: Stage, stopped: Stopped | None) -> bytes | None:
        issued = certificates(stage)
        return sample(issued[number]) if 0 <= number < len(issued) else None

    return replay(package, script, department, drawn)


def sample_document(
    package: ServicePackage, script: Script, number: int, *, department: Department, by: User
) -> bytes | None:
    """The PDF of the first, second ... letter that a walk would have made; None if it does not."""
    require_reader(by, department)

    def drawn(stage: Stage, stopped: Stopped | None) -> bytes | None:
        made = documents(stage)
        return bytes(made[number]["pdf"]) if 0 <= number < len(made) else None

    return replay(package, script, department, drawn)


def replay(
    package: ServicePackage,
    script: Script,
    department: Department,
    look: Callable[[Stage, Stopped | None], T],
) -> T:
    """Play every act, then look at the stage before it is taken down."""
    with staged(package, department, script.begins_at or timezone.now()) as stage:
        return look(stage, _played(stage, script))


def _played(stage: Stage, script: Script) -> Stopped | None:
    for number, act in enumerate(script.acts, start=1):
        try:
            with transaction.atomic():  # an act that fails leaves the stage as it was before it
                do(stage, act, script.language)
        except Exception as error:  # whatever a walk meets belongs to its report
            logger.warning("a walk stopped: %s", type(error).__name__)
            return _stopped(number, error)
    return None


def _stopped(number: int, error: Exception) -> Stopped:
    pages: tuple[Any, ...] = tuple(error.errors) if isinstance(error, AnswersRefused) else ()
    return Stopped(number, code_of(error), sentence_of(error), pages)
