"""Answers that are not sent yet: begun, saved page by page, given up.

Two windows on one draft do not overwrite each other: a page carries the revision that it was opened with, and
is refused when the same page was saved later with other answers. Other pages do not stand in the way.
"""

import uuid
from collections.abc import Callable, Mapping
from copy import copy
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.departments.models import User
from forms_library.answers import PageResult
from workflows.draft_rows import WRITTEN, write_if_unchanged
from workflows.models import Draft, Service, ServiceVersion
from workflows.reminders import REMINDED
from workflows.selectors.versions import version_of
from workflows.services.prefilling import first_answers, locked
from workflows.services.refusals import DraftMoved, DraftSent, NotOpen, ServiceClosed
from workflows.services.starts import require_start

KEPT_FOR = timedelta(days=30)
MOST_OPEN = 20  # of one service by one person
# In `raw`, which is otherwise by page:
SAVED_AT = "_saved_at"  # the revision at which each page was saved
TYPED_AT = "_typed_at"  # the revision at which each page was kept while somebody typed, and in which window
BEFORE = "_before"  # what was answered under an earlier version of the service, by the page that asks again


def start_draft(user: User, service: Service, language: str, *, start: str = "") -> Draft:
    """Begin an application; an untouched draft of the same service is used again.

    With a start a member of staff opens a case there.
    """
    version = _open_version(service, user, start)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # a double click begins one draft
        mine = Draft.objects.filter(
            owner=user,
            service_version__service=service,
            submitted_case=None,
            work_item=None,
            start=start,
        )
        newest = mine.order_by("-created_at").first()
        if newest is not None and not newest.answers and newest.service_version_id == service.current_id:
            return newest
        if newest is not None and mine.count() >= MOST_OPEN:
            return newest
        return Draft.objects.create(
            owner=user,
            service_version=version,
            department=service.department,
            language=language,
            start=start,
            prefilled=first_answers(user, service, version.pk, language),
            expires_at=timezone.now() + KEPT_FOR,
        )


def _open_version(service: Service, user: User, start: str) -> ServiceVersion:
    if service.current is None or service.archived_at is not None:
        raise ServiceClosed
    require_start(user, service, service.current.pk, start)
    return service.current


def save_page(
    draft: Draft,
    page_key: str,
    result: PageResult,
    *,
    revision: int | None = None,
    window: str = "",
    by: User | None = None,
) -> Draft:
    """Keep what a page brought: its answers, or with errors what was typed and the files that arrived.

    The caller found the draft by its owner; with `by` the owner is checked here as well.
    """

    def put(mine: Draft) -> bool:
        _put_page(mine, page_key, result, revision, window)
        return True

    return _saved(draft, by or draft.owner, put)


def save_typed(
    draft: Draft, page_key: str, typed: Mapping[str, Any], *, revision: int, window: str, by: User
) -> Draft:
    """Keep what somebody is typing, as it is typed: nothing is judged, and saved answers stay as they are.

    The page is not done while something typed is kept for it. With nothing typed, what was kept is dropped:
    the page says what is saved. Another window that was here later is not overwritten.
    """
    return _saved(draft, by, lambda mine: _put_typed(mine, page_key, typed, revision, window))


def _saved(draft: Draft, by: User, put: Callable[[Draft], bool]) -> Draft:
    """Change a draft and write it: at once if it is still as it was read, else as it is now, locked."""
    if draft.seen is not None and draft.owner_id == by.pk and draft.submitted_case_id is None:
        mine = copy(draft)
        if not put(mine) or write_if_unchanged(mine):
            return mine
    with transaction.atomic():
        now: Draft = own_draft(draft.pk, by)
        if put(now):
            now.save(update_fields=WRITTEN)
    return now


def _put_page(draft: Draft, page_key: str, result: PageResult, revision: int | None, window: str) -> None:
    saved_at = dict(draft.raw.get(SAVED_AT, {}))
    if revision is not None:
        saved_later = saved_at.get(page_key, 0) > revision and _differs(draft, page_key, result)
        if saved_later or _typed_elsewhere(draft, page_key, result.raw, revision, window):
            raise DraftMoved(draft.revision)
    draft.revision += 1
    saved_at[page_key] = draft.revision
    raw = {**draft.raw, SAVED_AT: saved_at}
    if result.errors or result.again:
        draft.answers = {**draft.answers, **result.kept}
        raw[page_key] = result.raw
    else:
        fixed = locked(draft, version_of(draft.service_version_id).start_form)
        here = {key: answer for key, answer in fixed.items() if key in result.answers}
        draft.answers = {**draft.answers, **result.answers, **here}
        raw.pop(page_key, None)
        _drop_before(raw, page_key)
    _keep(draft, page_key, raw)


def _put_typed(draft: Draft, page_key: str, typed: Mapping[str, Any], revision: int, window: str) -> bool:
    saved_later = draft.raw.get(SAVED_AT, {}).get(page_key, 0) > revision
    if saved_later or _typed_elsewhere(draft, page_key, typed, revision, window):
        raise DraftMoved(draft.revision)
    if draft.raw.get(page_key) == (typed or None):
        return False
    draft.revision += 1
    typed_at = {**draft.raw.get(TYPED_AT, {}), page_key: [draft.revision, window]}
    raw = {**draft.raw, TYPED_AT: typed_at, page_key: dict(typed)}
    if not typed:
        del raw[page_key]
    _keep(draft, page_key, raw)
    return True


def _keep(draft: Draft, page_key: str, raw: dict[str, Any]) -> None:
    """The draft is kept for longer now, so there will be another reminder."""
    raw.pop(REMINDED, None)
    draft.raw, draft.last_page = raw, page_key
    if draft.work_item_id is None:
        draft.expires_at = timezone.now() + KEPT_FOR


def _drop_before(raw: dict[str, Any], page_key: str) -> None:
    """The page was answered anew: nobody needs to be reminded of what stood there before."""
    if BEFORE in raw:
        raw[BEFORE] = {key: lines for key, lines in raw[BEFORE].items() if key != page_key}


def _typed_elsewhere(
    draft: Draft, page_key: str, typed: Mapping[str, Any], revision: int, window: str
) -> bool:
    """Whether another window kept other words for this page since it was drawn here."""
    kept_at, where = draft.raw.get(TYPED_AT, {}).get(page_key, (0, ""))
    kept = draft.raw.get(page_key)
    return kept_at > revision and where != window and kept is not None and kept != dict(typed)


def _differs(draft: Draft, page_key: str, result: PageResult) -> bool:
    if result.errors or result.again:
        return bool(draft.raw.get(page_key) != result.raw)
    return any(draft.answers.get(key) != answer for key, answer in result.answers.items())


def set_draft_language(draft: Draft, language: str, *, by: User) -> None:
    """The application is written in this language from now on."""
    Draft.objects.filter(pk=draft.pk, owner=by, submitted_case=None).update(language=language)


def discard_draft(draft: Draft, *, by: User) -> None:
    """Give up a draft; a correction that was asked for cannot be given up."""
    with transaction.atomic():
        mine = own_draft(draft.pk, by)
        if mine.work_item_id is not None:
            raise NotOpen
        mine.delete()


def own_draft(draft_id: uuid.UUID, by: User, *, sent: bool = False) -> Any:
    """The person's own draft, locked; another's does not exist, and a sent one is refused unless asked for.

    The case is read after the lock: in a join it would be missing for whoever had to wait for the lock.
    """
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("service_version__service", "department", "owner", "work_item__process")
        .defer("service_version__package", "service_version__service__working")
        .get(pk=draft_id, owner=by)
    )
    if draft.submitted_case is not None and not sent:
        raise DraftSent(draft.submitted_case.reference)
    return draft
