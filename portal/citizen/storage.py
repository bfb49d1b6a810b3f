"""The wizard's storage: our Draft row instead of a session."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formtools.wizard.storage.base import BaseStorage

from engine.departments.models import User
from portal.citizen.page_form import PageForm
from portal.citizen.posted import REVISION, Posted
from portal.citizen.walk import Walk
from workflows.models import Draft
from workflows.services import ask_registers, save_page, save_typed

CHANGED_BY_SAVING = ("answers", "raw", "prefilled", "revision", "updated_at", "expires_at")


class DraftStorage(BaseStorage):  # type: ignore[misc]  # formtools has no types
    """Keeps each page in the draft; the current page is the one that the address names."""

    def __init__(self, walk: Walk, page_key: str, person: User) -> None:
        super().__init__("draft")
        self.walk = walk
        self.person = person
        self.init_data()
        self.current_step = page_key

    def set_step_data(self, step: str, form: PageForm) -> None:
        """Save what was posted, valid or not; raises DraftMoved when another window changed the same page."""
        seen = form.posted.number(REVISION) if form.posted else None
        window = form.posted.window if form.posted else ""
        saved = save_page(self.walk.draft, step, form.result, revision=seen, window=window, by=self.person)
        if form.is_valid():  # what was answered here may be what registers are asked by
            saved = ask_registers(saved, by=self.person)
        self._take(saved)

    def keep_files(self, step: str, form: PageForm) -> None:
        """Save the files that arrived, and what is typed beside them; the page is not done by that."""
        seen, window = (form.posted.number(REVISION), form.posted.window) if form.posted else (None, "")
        shown_again = replace(form.result, again=True)
        self._take(
            save_page(self.walk.draft, step, shown_again, revision=seen, window=window, by=self.person)
        )

    def keep_typed(self, step: str, posted: Posted, typed: Mapping[str, Any]) -> None:
        """Keep what is being typed, not judged; raises DraftMoved when another window was here later."""
        seen, window = posted.number(REVISION), posted.window
        self._take(save_typed(self.walk.draft, step, typed, revision=seen, window=window, by=self.person))

    def _take(self, saved: Draft) -> None:
        self.walk.draft.seen = None
        for name in CHANGED_BY_SAVING:
            setattr(self.walk.draft, name, getattr(saved, name))
        self.walk.forget()

    def set_step_files(self, step: str, files: Any) -> None:
        """Files are documents already; the answers name them."""

    def read_again(self) -> None:
        """Look at what another window saved."""
        self.walk.draft.refresh_from_db(fields=CHANGED_BY_SAVING)
        self.walk.forget()
