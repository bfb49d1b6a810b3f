"""What is known already on a page of questions, and where it is from, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from engine.core.voice import capitalised
from forms_library.definition import PROFILE, REGISTER, Field
from forms_library.registers import host_of
from portal.citizen.walk import Walk
from portal.shell.dates import long_date
from workflows.services.prefilling import AT


@dataclass(frozen=True)
class Offered:
    """One question that was filled in and may be changed."""

    label: str
    source: str


def offered_on(walk: Walk, page_key: str) -> list[Offered]:
    """The questions of a page that hold what is known, and may be changed."""
    keys = walk.offered.keys() - walk.locked.keys()
    return [
        Offered(asked.field.label.in_(walk.language), source_of(walk, asked.field))
        for asked in walk.page(page_key).fields
        if asked.key in keys
    ]


def locked_on(walk: Walk, page_key: str) -> Mapping[str, str]:
    """The questions of a page that are only read, each with the sentence that says why and what to do."""
    return {
        asked.key: said_of(walk, asked.field)
        for asked in walk.page(page_key).fields
        if asked.key in walk.locked
    }


def source_of(walk: Walk, field: Field) -> str:
    """Where a first answer is from: your profile, a register by its name."""
    prefill = field.prefill
    if prefill is None:
        return ""
    if prefill.source.startswith(PROFILE):
        return _("from your profile")
    if prefill.source.startswith(REGISTER) and prefill.ask is not None:
        name = prefill.ask.name.in_(walk.language) if prefill.ask.name else ""
        return _("from %(register)s") % {"register": name or host_of(prefill.ask.address)}
    return _("from your earlier application")


def said_of(walk: Walk, field: Field) -> str:
    """Where an answer that cannot be changed is from, and who can mend it."""
    source = source_of(walk, field)
    entry: Any = walk.draft.prefilled.get(field.key, {})
    if AT in entry:
        day = long_date(datetime.fromisoformat(entry[AT]), walk.draft.department.time_zone)
        values = {"source": upper(source), "day": day}
        return _("%(source)s, %(day)s. If it is wrong, have it corrected there first.") % values
    return _(
        "%(source)s. It cannot be changed here. If it is wrong, tell us before you send the application."
    ) % {"source": upper(source)}


def upper(text: str) -> str:
    """The first letter large."""
    return capitalised(text)
