"""One posted page in the shape that the wizard knows as a form."""

from functools import cached_property

from forms_library.answers import FieldError, PageResult
from forms_library.drawn import MARK
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

    def _is_new(self, error: FieldError) -> bool:
        if error.code != "required" or self.posted is None:
            return False
        name = f"{error.field_key}-{error.part.partition(':')[0]}-"
        return not self.posted.was_asked(error.field_key) or any(
            name.startswith(f"{one}-") for one in self.unseen
        )

    @cached_property
    def asked(self) -> list[str]:
        """The names of what the page shows now."""
        return self.walk.names(self.key, self.result)

    @cached_property
    def unseen(self) -> list[str]:
        """The names of what the answers just given have brought up, which was not there to be seen."""
        if self.posted is None or self.result.again:
            return []
        return [name for name in self.asked if not self.posted.was_asked(name)]

    def waits(self) -> bool:
        """Whether the page is shown once more before it is left: it shows something that nobody has seen yet.

        A value that is worked out is seen at once where a script runs, which may be later than Continue.
        """
        has_script = bool(self.posted and self.posted.window)
        return any(self._is_worth(name) and not (has_script and name.endswith(MARK)) for name in self.unseen)

    def _is_worth(self, name: str) -> bool:
        """Whether a name stands for more than the place of a value that is not known yet."""
        asked = self.walk.form.fields.get(name)
        return asked is None or not (asked.question.computed or asked.question.unseen)

    def is_valid(self) -> bool:
        """Whether the page may be left behind; adding or removing a row shows it again."""
        return not self.result.errors and not self.result.again
