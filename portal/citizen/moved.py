"""Two windows on one draft: what another window saved is shown, what was typed here is kept on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from engine.core.voice import marking
from forms_library.answers import PageResult
from forms_library.markup import Raw, escape
from forms_library.rebasing import words_of
from forms_library.review import review
from portal.citizen.page_form import PageForm
from portal.citizen.storage import DraftStorage
from portal.citizen.walk import Walk
from workflows.services import DraftMoved


@dataclass(frozen=True)
class MovedRow:
    """One question with what the other window holds."""

    label: str
    value_html: SafeString


@dataclass(frozen=True)
class Moved:
    """What the other window saved, and when."""

    at: datetime
    rows: list[MovedRow]


def save_or_say_moved(storage: DraftStorage, form: PageForm) -> Moved | None:
    """Save the page, unless another window saved other answers for it since it was drawn here."""
    walk, result = storage.walk, form.result
    try:
        storage.set_step_data(form.key, form)
    except DraftMoved:
        storage.read_again()
        return Moved(walk.draft.updated_at, _rows(walk, form.key, result))
    return None


@marking()
def _rows(walk: Walk, key: str, here: PageResult) -> list[MovedRow]:
    """What is saved of this page; instead of it what is typed there and not saved yet."""
    typed: Mapping[str, Raw] = walk.draft.raw.get(key) or {}
    sections = review(walk.form, walk.draft.answers, walk.language, walk.today, calendar=walk.calendar)
    saved = {row.field_key: row.value_html for section in sections for row in section.rows}
    rows = []
    for asked in walk.form.pages[key].fields:
        words = (
            words_of(asked.question.by_hand(typed.get(asked.key, "")))
            if typed.get(asked.key) != here.raw.get(asked.key)
            else ""
        )
        if words or asked.key in saved:
            shown = mark_safe(f"<bdi>{escape(words)}</bdi>") if words else saved[asked.key]  # noqa: S308  escaped
            rows.append(MovedRow(asked.field.label.in_(walk.language), shown))
    return rows
