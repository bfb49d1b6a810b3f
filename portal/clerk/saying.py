"""What staff read when a verb is refused, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.shell import dates
from workflows.course_refusals import CourseRefused
from workflows.services.refusals import (
    AlreadyDecided,
    AlreadyTaken,
    AlreadyVoted,
    CannotBeSkipped,
    FieldsMissing,
    GivenByName,
    HandedBack,
    HandedTooOften,
    HeldTooLong,
    NotFailed,
    NotHeld,
    NothingWritten,
    NotOpen,
    NotYours,
    OnHold,
    ReasonMissing,
    SamePerson,
    TooManyFlags,
    UnknownFlag,
    UnknownOutcome,
    WorkRefused,
)


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
        case AlreadyVoted():
            return _("You have a vote in this approval already.")
        case GivenByName():
            return _("This vote was given to you by name. Hand it to a colleague instead.")
        case HandedBack():
            words = _("%(name)s has had this work already. Hand it to somebody else, or give it back.")
            return words % {"name": refused.name}
        case HandedTooOften():
            return _("This was handed on three times already. Do it, or give it back to the queue.")
        case ReasonMissing():
            return _("Enter a reason")
        case FieldsMissing():
            return _("Select the answers to correct, and say what is wrong.")
        case NotYours():
            return _("A colleague has this work now.")
        case NotOpen():
            return _("This is not open any more.")
        case CourseRefused():
            return _course(refused)
        case NotFailed():
            return _("This step does not wait for a repair any more.")
        case CannotBeSkipped():
            return _("The case cannot go on without this step. Try it again, or move the case.")
        case NothingWritten():
            return _("Write something first.")
        case UnknownFlag():
            return _("This flag is not offered any more.")
        case TooManyFlags():
            return _("There are 30 flags already. Offer one of them no more, then name another.")
        case OnHold():
            return _("This case is on hold. Let it go on first.")
        case NotHeld():
            return _("This case is not on hold any more.")
        case HeldTooLong():
            return _("Enter a day after today, within five years")
        case UnknownOutcome():
            return _("This step does not offer that decision.")
        case _:
            return refused.sentence


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
        "reason": _("Enter a reason"),
    }[refused.code]


def _decided(refused: AlreadyDecided, zone: str, *, by_myself: bool) -> str:
    name = refused.by_name or _("Somebody else")
    if refused.at is None:
        return _("%(name)s has done this already.") % {"name": name}
    time = dates.clock(refused.at, zone or None)
    if by_myself:
        return _("You decided this case already, at %(time)s.") % {"time": time}
    return _("%(name)s decided this case at %(time)s.") % {"name": name, "time": time}
