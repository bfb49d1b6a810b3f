"""Why a verb was refused, beside what the engine itself refuses; `code` is for the screens."""

from collections.abc import Iterable
from typing import Any

from workflows.refusals import (
    AlreadyDecided,
    AlreadyVoted,
    Barred,
    ChangedAnswers,
    NotAsked,
    NotYours,
    OnHold,
    OwnApplication,
    ReasonMissing,
    SamePerson,
    UnknownOutcome,
    WorkRefused,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyTaken",
    "AlreadyVoted",
    "AnswersRefused",
    "Barred",
    "CannotBeSkipped",
    "ChangedAnswers",
    "DraftMoved",
    "DraftSent",
    "FieldsMissing",
    "GivenByName",
    "GoesOn",
    "HandedBack",
    "HandedTooOften",
    "HeldTooLong",
    "NotApproved",
    "NotAsked",
    "NotFailed",
    "NotHeld",
    "NotOpen",
    "NotYours",
    "NothingChanged",
    "NothingToPublish",
    "NothingWritten",
    "OnHold",
    "OpinionIncomplete",
    "OwnApplication",
    "OwnRequest",
    "PaymentAway",
    "PaymentIncomplete",
    "PaymentLookedAt",
    "ReasonMissing",
    "SamePerson",
    "ServiceClosed",
    "TooManyFlags",
    "UnknownFlag",
    "UnknownOutcome",
    "WorkRefused",
]


class AlreadyTaken(WorkRefused):
    """Somebody else works on the item."""

    def __init__(self, by_name: str) -> None:
        self.by_name = by_name
        self.sentence = f"{by_name} took this before you."


class GoesOn(WorkRefused):
    """Only of a case that cannot go on are answers put right by an administrator."""

    sentence = "This case can go on, so its answers are not changed here."


class GivenByName(WorkRefused):
    """A vote that a certain person has can be handed on, but not left to anybody."""

    sentence = "This vote was given to you by name. Hand it to a colleague instead."


class HandedBack(WorkRefused):
    """Work that is handed on does not come back to who had it before."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sentence = f"{name} has had this work already. Hand it to somebody else, or give it back."


class HandedTooOften(WorkRefused):
    """Work was handed on as often as is allowed."""

    sentence = "This was handed on three times already. Do it, or give it back to the queue."


class NothingChanged(WorkRefused):
    """The answers are what they were before."""

    sentence = "The answers are the same as before. Change at least one."


class NothingWritten(WorkRefused):
    """A note or a flag without words."""

    sentence = "Write something first."


class NotFailed(WorkRefused):
    """The step has not failed, or somebody has repaired it."""

    sentence = "This step does not wait for a repair any more."


class CannotBeSkipped(WorkRefused):
    """The case could not know where to go on without this step."""

    sentence = "The case cannot go on without this step. Try it again, or move the case."


class UnknownFlag(WorkRefused):
    """Neither the service nor the department has named this flag, or it is offered no more."""

    sentence = "This flag is not offered any more."


class TooManyFlags(WorkRefused):
    """The department has named as many flags as can be overlooked."""

    sentence = "There are 30 flags already. Offer one of them no more, then name another."


class AnswersRefused(WorkRefused):
    """Some answers must be mended first; carries what forms_library found, by page."""

    sentence = "Some answers must be mended first."

    def __init__(self, errors: dict[str, list[Any]], raw: dict[str, Any] | None = None) -> None:
        self.errors = errors
        self.raw = raw or {}

    @property
    def first_page(self) -> str:
        """The page to go back to."""
        return next(iter(self.errors), "")

    def all(self) -> list[Any]:
        """Every error, in the order of the pages."""
        return [error for errors in self.errors.values() for error in errors]


class FieldsMissing(WorkRefused):
    """A return for correction names answers of this form and says why."""

    sentence = "Select the answers to correct, and say what is wrong."

    def __init__(self, unknown: Iterable[str] = ()) -> None:
        self.unknown = list(unknown)


class NotOpen(WorkRefused):
    """The case has ended, or waits for something else."""

    sentence = "This is not open any more."


class OpinionIncomplete(WorkRefused):
    """Parts of an opinion, or the address of who is asked, are missing or cannot be used."""

    sentence = "Some answers must be mended first."

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = list(missing)


class PaymentAway(WorkRefused):
    """The payment service cannot be reached, or there is none."""

    sentence = "The payment service cannot be reached now. Nothing was paid."


class PaymentIncomplete(WorkRefused):
    """Parts of what was paid at the desk are missing or cannot be right."""

    sentence = "Some answers must be mended first."

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = list(missing)


class PaymentLookedAt(WorkRefused):
    """Another amount came than was asked for, and somebody has to look first."""

    sentence = "An amount has come that is not what was asked for. The department looks at it."


class NotHeld(WorkRefused):
    """The case goes on already."""

    sentence = "This case is not on hold any more."


class HeldTooLong(WorkRefused):
    """The day until which a case is to be held is over, or too far away."""

    sentence = "Give a day after today, within five years."


class DraftMoved(WorkRefused):
    """The draft was changed in another window since this page was opened."""

    sentence = "These answers were changed in another window."

    def __init__(self, revision: int) -> None:
        self.revision = revision


class DraftSent(WorkRefused):
    """The draft was sent before; carries the reference of its case."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        self.sentence = f"This was sent as {reference}."


class ServiceClosed(WorkRefused):
    """The service takes no applications now."""

    sentence = "This service takes no applications now."


class NotApproved(WorkRefused):
    """The department lets nothing be published before enough colleagues approve."""

    def __init__(self, needed: int, given: int) -> None:
        self.needed, self.given = needed, given
        self.sentence = f"{given} of {needed} approvals are given, or somebody refuses."


class OwnRequest(WorkRefused):
    """Who asked for a publication does not approve it."""

    sentence = "You asked for this publication, so somebody else approves it."


class NothingToPublish(WorkRefused):
    """There is neither a new package nor a published one."""

    sentence = "Import a package first."
