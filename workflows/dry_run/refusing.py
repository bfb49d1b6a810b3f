"""Why an act of a walk could not be done, and the sentence for it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from engine.core.rehearsal import LeavesRehearsal
from workflows.services.refusals import AnswersRefused, WorkRefused

SENTENCES = {
    "not_open": "The case does not wait at this step now.",
    "nobody_may": "Nobody of those who play may do this.",
    "no_case": "There is no open case for this.",
    "nothing_due": "No deadline is running, so time alone brings nothing.",
    "not_permitted": "This person may not do that.",
    "answers": "Some answers must be mended first.",
    "no_answers": "No answers could be made up that this form takes. Fill it in yourself.",
    "too_many": "So many walks are saved already; remove one first.",
    "leaves": "This step would have reached outside, which a trial must not.",
    "call_back_late": "The step does not wait for a call back now.",
    "call_back_wrong": "What was called back does not fit what the step keeps.",
    "call_back_twice": "The step was called back before.",
}


class ActRefused(Exception):
    """An act that cannot be done on this stage now."""

    def __init__(self, code: str, step: str = "") -> None:
        super().__init__(code)
        self.code, self.step = code, step

    @property
    def sentence(self) -> str:
        """Why, in English; screens translate it."""
        return SENTENCES.get(self.code, "This could not be done.")


class NobodyMay(ActRefused):
    """Nobody of those who play may do it."""

    def __init__(self) -> None:
        super().__init__("nobody_may")


def code_of(error: Exception) -> str:
    """A word for what went wrong."""
    match error:
        case ActRefused():
            return error.code
        case AnswersRefused():
            return "answers"
        case LeavesRehearsal():
            return "leaves"
        case PermissionDenied():
            return "not_permitted"
    return type(error).__name__


def sentence_of(error: Exception) -> str:
    """What went wrong, in English; screens translate it."""
    code = code_of(error)
    if code in SENTENCES:
        return SENTENCES[code]
    if isinstance(error, WorkRefused):
        return str(getattr(error, "sentence", error))
    return "This could not be done."
