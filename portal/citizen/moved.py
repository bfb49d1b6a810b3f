"""Two windows on one draft: what another window saved is shown, what was typed here is kept on the page."""

from dataclasses import dataclass
from datetime import datetime

from forms_library.review import ReviewRow, review
from portal.citizen.page_form import PageForm
from portal.citizen.storage import DraftStorage
from workflows.services import DraftMoved


@dataclass(frozen=True)
class Moved:
    """What the other window saved, and when."""

    at: datetime
    rows: list[ReviewRow]


def save_or_say_moved(storage: DraftStorage, form: PageForm) -> Moved | None:
    """Save the page, unless another window saved other answers for it since it was drawn here."""
    walk = storage.walk
    try:
        storage.set_step_data(form.key, form)
    except DraftMoved:
        storage.read_again()
        sections = review(walk.form, walk.draft.answers, walk.language, walk.today, calendar=walk.calendar)
        rows = [row for section in sections if section.page_key == form.key for row in section.rows]
        return Moved(walk.draft.updated_at, rows)
    return None
