"""First answers that a register knows, found by an earlier answer or by the profile of the person.

A register is asked when a page was saved, outside of any transaction, for it may be slow. When it is away
nothing is offered and the person types the answer; the next page that is saved asks it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from engine.departments.models import User
from engine.lookups.client import LookupAway
from engine.lookups.registers import look_up
from forms_library.bound import CompiledField, CompiledForm
from forms_library.definition import Prefill
from forms_library.field_type import Reading
from forms_library.moment import Moment
from forms_library.registers import value_at
from forms_library.visibility import shown
from workflows.clock import calendar_of
from workflows.models import Draft
from workflows.selectors.versions import version_of
from workflows.services.drafts import SAVED_AT, own_draft
from workflows.services.prefilling import ANSWER, AT, PROFILE, SOURCE, parsed

ASKED_BY = (
    "by"  # in an entry: by what the register was asked, as a keyed hash, for it may be somebody's number
)
LONGEST_KEY = 200
AS_TEXT = ("text", "decimal")  # kinds whose answers are stored as text, also where they are numbers

_Where = tuple[str, str]


@dataclass(frozen=True)
class _Wanted:
    """A question that a register may answer, and by what it is asked now; empty while that is not known."""

    asked: CompiledField
    prefill: Prefill
    key: str

    @property
    def where(self) -> _Where:
        """The register and the key."""
        return (self.prefill.ask.address if self.prefill.ask else ""), self.key

    @property
    def mark(self) -> str:
        """By what the register is asked, so that it can be compared and not be read."""
        return salted_hmac("workflows.register_answers", self.key).hexdigest() if self.key else ""


def ask_registers(draft: Draft, *, by: User) -> Draft:
    """Offer what the registers know by now; the draft with it, or as it was."""
    form = version_of(draft.service_version_id).start_form
    if draft.work_item_id is not None or not any(_asks(asked) for asked in form.questions()):
        return draft
    stale = [one for one in _wanted(draft, form) if not _is_known(draft, one)]
    said = _said(stale)
    found = {one.asked.key: _entry(draft, one, said) for one in stale if not one.key or one.where in said}
    return _keep(draft, stale, found, by) if found else draft


def _asks(asked: CompiledField) -> bool:
    return asked.field.prefill is not None and asked.field.prefill.ask is not None


def _wanted(draft: Draft, form: CompiledForm) -> list[_Wanted]:
    calendar = calendar_of(draft.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    answers = shown(form, draft.answers, Moment(today, calendar)).answers
    return [
        _Wanted(asked, prefill, _key(form, prefill.ask.key, answers, draft.owner))
        for asked in form.questions()
        if (prefill := asked.field.prefill) is not None and prefill.ask is not None
    ]


def _key(form: CompiledForm, source: str, answers: Mapping[str, Any], owner: User) -> str:
    """By what a register is asked: a text of the profile, or an answer or a part of one, as it is stored."""
    if source in PROFILE:
        return str(getattr(owner, PROFILE[source]))[:LONGEST_KEY]
    value = value_at(answers, source.partition(".")[2])
    known = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value)[:LONGEST_KEY] if known else ""


def _is_known(draft: Draft, one: _Wanted) -> bool:
    entry = draft.prefilled.get(one.asked.key)
    return constant_time_compare(entry.get(ASKED_BY, "") if entry else "", one.mark)


def _said(wanted: Iterable[_Wanted]) -> dict[_Where, Any]:
    """What the registers say, each asked once by each key; nothing of one that is away."""
    found = {}
    for where in dict.fromkeys(one.where for one in wanted if one.key):
        try:
            found[where] = look_up(*where).data
        except LookupAway:
            continue
    return found


def _entry(draft: Draft, one: _Wanted, said: Mapping[_Where, Any]) -> dict[str, Any]:
    """What is kept of it: the answer where there is one, its source, and by what it was asked."""
    if not one.key:
        return {}
    calendar = calendar_of(draft.department_id)
    reading = Reading(timezone.now().astimezone(calendar.zone).date(), draft.language, calendar)
    entry = {SOURCE: one.prefill.source, ASKED_BY: one.mark, AT: timezone.now().isoformat(timespec="seconds")}
    value = value_at(said[one.where], one.prefill.place)
    if isinstance(value, int | float) and not isinstance(value, bool) and one.asked.question.kind in AS_TEXT:
        value = str(value)
    answer = parsed(one.asked, value, reading)
    return entry if answer is None else {**entry, ANSWER: answer}


def _keep(draft: Draft, stale: list[_Wanted], found: Mapping[str, dict[str, Any]], by: User) -> Draft:
    """Write what was found. An answer that came from the register under another number is asked for again."""
    with transaction.atomic():
        mine: Draft = own_draft(draft.pk, by)
        prefilled, answers = dict(mine.prefilled), dict(mine.answers)
        saved_at = dict(mine.raw.get(SAVED_AT, {}))
        for one in stale:
            key = one.asked.key
            if key not in found:
                continue
            before = prefilled.pop(key, {})
            if found[key]:
                prefilled[key] = found[key]
            offered, now = before.get(ANSWER), found[key].get(ANSWER)
            if offered is not None and offered != now and answers.get(key) == offered:
                del answers[key]
                saved_at.pop(one.asked.page_key, None)
        mine.prefilled, mine.answers, mine.raw = prefilled, answers, {**mine.raw, SAVED_AT: saved_at}
        mine.save(update_fields=["prefilled", "answers", "raw", "updated_at"])
    return mine
