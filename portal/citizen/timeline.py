"""The way of an application in plain words: what was done, whose turn it is now, what is ahead."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.shell.dates import long_date
from workflows.models import Case
from workflows.selectors.stages import Stage


@dataclass(frozen=True)
class Stop:
    """One stop as the template draws it."""

    css: str
    title: str
    note: str


def stops(case: Case, stages: Iterable[Stage]) -> list[Stop]:
    """The stops of an application, with dates at the department."""
    zone = case.department.time_zone
    return [Stop(_css(stage), stage.title, _note(case, stage, zone)) for stage in stages]


def _css(stage: Stage) -> str:
    if stage.state == "now":
        return "is-now" if stage.family == "applicant" else "is-now is-now--us"
    return f"is-{stage.state}"


def _note(case: Case, stage: Stage, zone: str) -> str:
    if stage.state == "done":
        return long_date(stage.at, zone) if stage.at else stage.note
    if stage.state == "now" and stage.family == "applicant":
        return _("Until %(day)s") % {"day": long_date(stage.until, zone)} if stage.until else ""
    if stage.state == "now" and case.due_at and not case.paused_at:
        return _("We answer by %(day)s") % {"day": long_date(case.due_at, zone)}
    return stage.note
