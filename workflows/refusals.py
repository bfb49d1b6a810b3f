"""What the engine refuses to do with a case, each with what to tell the person."""

from __future__ import annotations

from datetime import datetime


class WorkRefused(Exception):
    """A step cannot be done in this way; `sentence` says why."""

    sentence: str = "This cannot be done now."

    def __str__(self) -> str:
        return self.sentence


class AlreadyDecided(WorkRefused):
    """Somebody else was first."""

    def __init__(self, by_name: str, at: datetime | None) -> None:
        self.by_name, self.at = by_name, at
        self.sentence = f"{by_name or 'Somebody else'} has done this already."


class NotYours(WorkRefused):
    """Another person has taken this work."""

    sentence = "This work is with another person."


class OnHold(WorkRefused):
    """The case stands still until somebody lets it go on."""

    sentence = "This case is on hold. Let it go on first."


class ReasonMissing(WorkRefused):
    """The outcome asks for a reason and none was given."""

    sentence = "Enter a reason."


class Barred(WorkRefused):
    """Everybody else of the role may do this, but not this person."""


class AlreadyVoted(Barred):
    """Nobody has two votes in one approval."""

    sentence = "You have a vote in this approval already."


class SamePerson(Barred):
    """Who did an earlier step may not do this one."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.sentence = f'You did "{step}" in this case, so somebody else must do this step.'


class OwnApplication(Barred):
    """Nobody decides on their own application."""

    sentence = "This is your own application, so somebody else must do this."


class ChangedAnswers(Barred):
    """Nobody approves answers that they have put right themselves."""

    sentence = "You changed answers of this case, so somebody else must do this."


class UnknownOutcome(WorkRefused):
    """The step does not offer this outcome."""

    sentence = "This step does not offer that decision."


class NotAsked(WorkRefused):
    """The applicant changes answers that were not asked to be corrected."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        self.sentence = "Some of these answers were not asked to be changed."
