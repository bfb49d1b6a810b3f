"""Cases of an imported workflow, played by its roles on a stage that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from engine.departments.models import Department, User
from workflows.acting import Actor, System
from workflows.definition import ServicePackage
from workflows.dry_run.pretending import made_up
from workflows.dry_run.stage import Stage, staged
from workflows.models import Case, ServiceVersion, WorkItem
from workflows.node_type import node_types
from workflows.refusals import WorkRefused
from workflows.selectors.applications import FINAL
from workflows.services.acting import act
from workflows.services.drafts import start_draft
from workflows.services.submitting import submit
from workflows.starting import Beginning, start_case

AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # a working day, far from any change of the clocks
REFUSALS = (PermissionDenied, WorkRefused)
NOBODY = "nobody"


class NotPlayed(Exception):
    """Something could not be played; says what."""


@dataclass
class Play:
    """One workflow on a stage."""

    stage: Stage
    package: ServicePackage
    stranger: User
    count: int = 0
    _answers: dict[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> Any:
        """The first state."""
        return self.package.nodes[self.package.workflow.start]

    @property
    def states(self) -> list[Any]:
        """The states in which a case can stand."""
        return [options for options in self.package.workflow.nodes if options.type == "state"]

    def actor(self, role: str) -> Actor:
        """Somebody with a role, the applicant, another system, or a person without any part in it."""
        who = self.package.who(role)
        if who == "applicant":
            return self.stage.cast.applicant
        if who == "system":
            return System(role)
        return self.stage.cast.people[f"{role}-1"] if who == "staff" else self.stranger

    def put_into(self, key: str, version: ServiceVersion | None = None) -> Case:
        """A new case that stands in this state."""
        self.count += 1
        reference = f"{self.stage.prefix}-2026-{self.count:06d}"
        chosen, applicant = version or self.stage.version, self.stage.cast.applicant
        return start_case(
            chosen,
            applicant=applicant,
            reference=reference,
            language="en",
            answers=self.answers(),
            beginning=Beginning(start=key),
        )

    def begin(self, action: str, role: str) -> Case:
        """Begin a case as somebody with a role does, by filling in the form."""
        by = self.actor(role)
        if isinstance(by, System):
            raise NotPlayed(f'the system "{role}" has no form to fill in')
        start = "" if by == self.stage.cast.applicant else self.start.key
        draft = start_draft(by, self.stage.service, "en", start=start)
        draft.answers = {**draft.answers, **self.answers()}
        draft.save(update_fields=["answers"])
        return submit(draft, by=by, action=action)

    def answers(self) -> dict[str, Any]:
        """What is filled in, made up once."""
        if not self._answers:
            form = self.stage.parts.start_form
            self._answers = made_up(self.stage, form, 1, "en", owner=self.stage.cast.applicant)
        return self._answers

    def take(self, case: Case, action: str, role: str) -> Case:
        """Take an action; gives the case as it stands then."""
        by = case.applicant if self.package.who(role) == "applicant" else self.actor(role)
        act(item_id=self.item(case).pk, action=action, by=by, reason="Played")
        return Case.objects.get(pk=case.pk)

    def item(self, case: Case) -> WorkItem:
        """The stay of a case: the open one, or the last."""
        found = WorkItem.objects.filter(process=case).order_by("pk")
        return found.filter(finished=None).last() or found.latest("pk")


class Undo(Exception):
    """What was tried is taken back."""


@contextmanager
def tried() -> Iterator[None]:
    """Take back what is done inside."""
    try:
        with transaction.atomic():
            yield
            raise Undo
    except Undo:
        return


@contextmanager
def played(package: ServicePackage) -> Iterator[Play]:
    """A workflow on a stage of a department that is there for it alone."""
    department = Department(
        key="coverage", title={"en": "Coverage"}, languages=["en"], time_zone="UTC", icon="store"
    )
    with staged(package, department, AT) as stage:
        stranger = User.objects.create_user(f"{NOBODY}@{stage.prefix.lower()}.invalid", name="Nobody")
        yield Play(stage, package, stranger)


def is_end(options: Any) -> bool:
    """Whether a case has ended in this state."""
    return bool(node_types[options.type].family_of(options) == "end")


def has_ended(case: Case) -> bool:
    """Whether the case has come to an end."""
    return case.finished is not None and case.state in FINAL
