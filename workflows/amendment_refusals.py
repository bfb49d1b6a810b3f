"""Why a mistake on a certificate is not put right so, each with what to tell the person."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.refusals import WorkRefused

SENTENCES: Mapping[str, str] = {
    "not_in_force": "This certificate is not in force any more.",
    "waiting": "A correction of this certificate waits for a decision already.",
    "own_request": "You asked for this correction, so somebody else must decide on it.",
    "own_application": "This is your own application, so somebody else must do this.",
    "settled": "This correction was decided on already.",
    "other_version": "The service does not issue this certificate any more.",
}


class AmendmentRefused(WorkRefused):
    """A certificate is not put right so; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code, self.sentence = code, SENTENCES[code]
