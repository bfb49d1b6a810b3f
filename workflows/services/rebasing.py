"""A draft that was begun under an earlier version of its service, brought to the current one.

What is safe and what is asked for stands in `forms_library.rebasing`. A safe change is applied when its
person comes back; anything else waits until they have seen what changed. The correction of a sent application
stays with the version of its case.
"""

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.models import User
from forms_library.rebasing import Rebased, rebase
from forms_library.visibility import Moment
from workflows.clock import calendar_of
from workflows.models import Draft
from workflows.selectors.versions import Version, version_of
from workflows.services.drafts import BEFORE, SAVED_AT, own_draft
from workflows.services.refusals import DraftMoved


def is_outdated(draft: Draft) -> bool:
    """Whether its service has published another version since."""
    service = draft.service_version.service
    return (
        draft.work_item_id is None
        and draft.submitted_case_id is None
        and service.archived_at is None
        and service.current_id not in (None, draft.service_version_id)
    )


def rebased(draft: Draft, language: str) -> Rebased:
    """What the draft would hold under the current version; nothing is changed."""
    return rebased_to(version_of(draft.service_version.service.current_id or 0), draft, language)


def rebased_to(version: Version, draft: Draft, language: str) -> Rebased:
    """What the draft would hold under a version, also one that is not published yet; nothing is changed."""
    old, new = version_of(draft.service_version_id).start_form, version.start_form
    calendar = calendar_of(draft.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    typed = {key: page for key, page in draft.raw.items() if key in old.pages}
    done = [key for key in draft.raw.get(SAVED_AT, {}) if key not in typed]
    return rebase(old, new, draft.answers, typed, done, moment=Moment(today, calendar), language=language)


def rebase_draft(draft: Draft, *, by: User, revision: int, language: str) -> Draft:
    """Bring the draft to the current version, as its person was shown it; raises DraftMoved if it changed."""
    with transaction.atomic():
        mine: Draft = own_draft(draft.pk, by)
        if not is_outdated(mine):
            return mine
        if mine.revision != revision:
            raise DraftMoved(mine.revision)
        found = rebased(mine, language)
        before = version_of(mine.service_version_id).number
        mine.service_version_id = version_of(mine.service_version.service.current_id or 0).id
        mine.revision += 1
        mine.answers = found.answers
        mine.raw = _raw(mine, found)
        mine.save(update_fields=["service_version", "revision", "answers", "raw", "updated_at"])
        _record(mine, by, found, before)
    return mine


def _raw(draft: Draft, found: Rebased) -> dict[str, object]:
    """What was typed, the pages that are finished, and what was answered before on pages that ask again."""
    before: dict[str, list[dict[str, str]]] = {}
    for left in found.left:
        if left.page:
            before.setdefault(left.page, []).append({"label": left.label, "text": left.masked})
    raw: dict[str, object] = {**found.raw, SAVED_AT: dict.fromkeys(found.done, draft.revision)}
    return {**raw, BEFORE: before} if before else raw


def _record(draft: Draft, by: User, found: Rebased, before: int) -> None:
    audit.record(
        "draft.rebased",
        chain=audit.department_chain(draft.department.key),
        actor=by,
        department_id=draft.department_id,
        subject=f"draft:{draft.pk}",
        details={
            "from": before,
            "to": version_of(draft.service_version_id).number,
            "left": [left.key for left in found.left],
        },
    )
