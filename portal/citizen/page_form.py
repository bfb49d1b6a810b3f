"""One posted page in the shape that the wizard knows as a form."""

from functools import cached_property

from forms_library.answers import FieldError, PageResult
from portal.citizen.posted import Posted
from portal.citizen.uploads import keeper
from portal.citizen.walk import Walk


class PageForm:
    """A page of a draft, with what was posted for it or with what is saved."""

    def __init__(self, walk: Walk, key: str, posted: Posted | None = None) -> None:
        self.walk = walk
        self.key = key
        self.posted = posted

    @cached_property
    def result(self) -> PageResult:
        """What was posted, judged; with nothing posted, what was typed here before and not accepted."""
        if self.posted is None:
            return PageResult(
                answers={}, raw=self.walk.draft.raw.get(self.key) or {}, errors=self._errors_of_saved()
            )
        return self.walk.read(self.key, self.posted, keeper(self.walk.draft, self.walk.page(self.key)))

    def _errors_of_saved(self) -> list[FieldError]:
        """Saved answers may have become wrong since: a day passed, or an earlier answer changed."""
        if self.key in self.walk.draft.raw or not self.walk.was_answered(self.key):
            return []
        return self.walk.whole.errors.get(self.key, [])

    @cached_property
    def errors(self) -> list[FieldError]:
        """What to show as wrong: not that a question is unanswered which the person has not seen yet."""
        return [error for error in self.result.errors if not self._is_new(error)]

    @cached_property
    def new_questions(self) -> list[FieldError]:
        """Questions that the answers just given have brought up, each with the place to go to."""
        return [error for error in self.result.errors if self._is_new(error)]

    def _is_new(self, error: FieldError) -> bool:
        return (
            error.code == "required"
            and self.posted is not None
            and not self.posted.was_asked(error.field_key)
        )

    @cached_property
    def asked(self) -> list[str]:
        """The questions that the page shows now."""
        return self.walk.asked(self.key, self.result.answers)

    def is_valid(self) -> bool:
        """Whether the page may be left behind; adding or removing a row shows it again."""
        return not self.result.errors and not self.result.again
