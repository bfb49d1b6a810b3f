"""What staff read when a verb is refused, in their language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.shell import dates
from workflows.amendment_refusals import AmendmentRefused
from workflows.course_refusals import CourseRefused
from workflows.services.refusals import (
    AlreadyDecided,
    AlreadyTaken,
    AlreadyVoted,
    CannotBeSkipped,
    ChangedAnswers,
    FieldsMissing,
    GivenByName,
    GoesOn,
    HandedBack,
    HandedTooOften,
    HeldTooLong,
    NotFailed,
    NotHeld,
    NothingChanged,
    NothingWritten,
    NotOpen,
    NotYours,
    OnHold,
    OwnApplication,
    PaymentLookedAt,
    ReasonMissing,
    SamePerson,
    TooManyFlags,
    UnknownFlag,
    UnknownOutcome,
    WorkRefused,
)

SENTENCES: Mapping[type[WorkRefused], str | Promise] = {
    AlreadyVoted: gettext_lazy("You have a vote in this approval already."),
    GivenByName: gettext_lazy("This vote was given to you by name. Hand it to a colleague instead."),
    GoesOn: gettext_lazy("This case can go on, so its answers are not changed here."),
    HandedTooOften: gettext_lazy(
        "This was handed on three times already. Do it, or give it back to the queue."
    ),
    ReasonMissing: gettext_lazy("Enter a reason"),
    FieldsMissing: gettext_lazy("Select the answers to correct, and say what is wrong."),
    NotYours: gettext_lazy("A colleague has this work now."),
    NotOpen: gettext_lazy("This is not open any more."),
    NotFailed: gettext_lazy("This step does not wait for a repair any more."),
    CannotBeSkipped: gettext_lazy("The case cannot go on without this step. Try it again, or move the case."),
    NothingChanged: gettext_lazy("The answers are the same as before. Change at least one."),
    NothingWritten: gettext_lazy("Write something first."),
    UnknownFlag: gettext_lazy("This flag is not offered any more."),
    TooManyFlags: gettext_lazy("There are 30 flags already. Offer one of them no more, then name another."),
    PaymentLookedAt: gettext_lazy("Another amount has come than was asked for. Look at it first."),
    OwnApplication: gettext_lazy("This is your own application, so somebody else must do this."),
    ChangedAnswers: gettext_lazy("You changed answers of this case, so somebody else must do this."),
    OnHold: gettext_lazy("This case is on hold. Let it go on first."),
    NotHeld: gettext_lazy("This case is not on hold any more."),
    HeldTooLong: gettext_lazy("Enter a day after today, within five years"),
    UnknownOutcome: gettext_lazy("This step does not offer that decision."),
}


def said(refused: WorkRefused, zone: str = "", *, by_myself: bool = False) -> str:
    """The sentence for a refusal, with times on the clock of the department."""
    match refused:
        case AlreadyDecided():
            return _decided(refused, zone, by_myself=by_myself)
        case AlreadyTaken():
            return _("%(name)s took this before you.") % {"name": refused.by_name}
        case SamePerson():
            return _("You did “%(step)s” in this case, so somebody else must do this step.") % {
                "step": refused.step
            }
        case HandedBack():
            words = _("%(name)s has had this work already. Hand it to somebody else, or give it back.")
            return words % {"name": refused.name}
        case CourseRefused():
            return _course(refused)
        case AmendmentRefused():
            return _amendment(refused)
        case _:
            return str(SENTENCES.get(type(refused), refused.sentence))


def _course(refused: CourseRefused) -> str:
    """Why the course of a case is not changed."""
    step = {"step": refused.step}
    return {
        "ended": _("The case has ended. Reopen it first."),
        "open": _("The case has not ended."),
        "nothing_done": _("Nobody has done a step yet that could be undone."),
        "other_version": _("The last step was done before the case was moved to another version."),
        "vote": _("A vote cannot be undone."),
        "went_on": _(
            "“%(step)s” was done since and cannot be taken back. Move the case to another step instead."
        )
        % step,
        "running": _("“%(step)s” is being done at this moment. Try again in a few minutes.") % step,
        "not_there": _("A case cannot be moved to this step."),
        "certificate": _("A certificate of this case is in force. Revoke it first."),
        "withdrawn": _("The applicant took the application back, so only the applicant can apply again."),
        "archived": _("The case is archived. Take it out of the archive first."),
        "kept_ended": _("The case that goes on for this one has ended."),
        "other_service": _("Only two cases of the same service are merged."),
        "issued": _("A certificate was issued already, so the cases are not merged."),
        "awaited": _("Another case waits for this one, so it cannot be merged."),
        "paid": _("Money was paid for this case, so it cannot be merged."),
        "reason": _("Enter a reason"),
    }[refused.code]


def _amendment(refused: AmendmentRefused) -> str:
    """Why a mistake on a certificate is not put right so."""
    return {
        "not_in_force": _("This certificate is not in force any more."),
        "waiting": _("A correction of this certificate waits for a decision already."),
        "own_request": _("You asked for this correction, so somebody else must decide on it."),
        "own_application": _("This is your own application, so somebody else must do this."),
        "settled": _("This correction was decided on already."),
        "other_version": _("The service does not issue this certificate any more."),
    }[refused.code]


def _decided(refused: AlreadyDecided, zone: str, *, by_myself: bool) -> str:
    name = refused.by_name or _("Somebody else")
    if refused.at is None:
        return _("%(name)s has done this already.") % {"name": name}
    time = dates.clock(refused.at, zone or None)
    if by_myself:
        return _("You decided this case already, at %(time)s.") % {"time": time}
    return _("%(name)s decided this case at %(time)s.") % {"name": name, "time": time}
