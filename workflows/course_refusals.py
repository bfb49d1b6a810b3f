"""Why the course of a case is not changed, each with what to tell the person."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.refusals import WorkRefused

SENTENCES: Mapping[str, str] = {
    "ended": "The case has ended. Reopen it first.",
    "open": "The case has not ended.",
    "nothing_done": "Nobody has done a step yet that could be undone.",
    "other_version": "The last step was done before the case was moved to another version.",
    "vote": "A vote cannot be undone.",
    "went_on": "“{step}” was done since and cannot be taken back. Move the case to another step instead.",
    "running": "“{step}” is being done at this moment. Try again in a few minutes.",
    "not_there": "A case cannot be moved to this step.",
    "certificate": "A certificate of this case is in force. Revoke it first.",
    "withdrawn": "The applicant took the application back, so only the applicant can apply again.",
    "archived": "The case is archived. Take it out of the archive first.",
    "kept_ended": "The case that goes on for this one has ended.",
    "other_service": "Only two cases of the same service are merged.",
    "issued": "A certificate was issued already, so the cases are not merged.",
    "awaited": "Another case waits for this one, so it cannot be merged.",
    "paid": "Money was paid for this case, so it cannot be merged.",
    "reason": "Enter a reason",
}


class CourseRefused(WorkRefused):
    """The course of the case cannot be changed so; `code` says why, `step` names the step that is meant."""

    def __init__(self, code: str, step: str = "") -> None:
        self.code, self.step = code, step
        self.sentence = SENTENCES[code].replace("{step}", step)
