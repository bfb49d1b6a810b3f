"""What no event wakes up: due deadlines, lost background steps, drafts whose time ends, cases that are stuck.

Every sweep looks in the database, takes a few at a time, and is safe to run twice and by several workers:
what it calls locks the case and looks again.
"""

import logging
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from workflows.amending import issue_again, lost_amendments
from workflows.calendar_changes import go_on, lost_changes
from workflows.called_cases import settle, unsettled
from workflows.firing import fire_due, stuck_deadlines
from workflows.health import unresolvable_cases
from workflows.incoming import deliver, forget_old_messages, lost_messages
from workflows.jobs import lost_jobs, run_job
from workflows.models import Draft, WorkItem
from workflows.moving import batch
from workflows.opening import due_openings, open_by_calendar
from workflows.reminders import REMINDED, remind_of_draft
from workflows.unit import Conflict, Unresolvable

logger = logging.getLogger(__name__)
AT_ONCE = 200
REMIND_BEFORE = timedelta(days=7)


def sweep_deadlines() -> int:
    """Fire the deadlines and end the waits that are due; gives how many."""
    return fire_due()


def sweep_calendars() -> int:
    """Go on with changed calendars that nobody works on; gives how many are finished."""
    keys = list(lost_changes().values_list("pk", flat=True)[:AT_ONCE])
    return sum(_one("calendar", key, partial(go_on, key)) for key in keys)


def sweep_moves() -> int:
    """Go on with moving cases to another version where no worker does; gives how many are finished."""
    keys = list(batch.lost_moves().values_list("pk", flat=True)[:AT_ONCE])
    return sum(_one("version move", key, partial(batch.go_on, key)) for key in keys)


def sweep_openings() -> int:
    """Open the cases whose day in the calendar has come; gives how many."""
    keys = list(due_openings().values_list("pk", flat=True)[:AT_ONCE])
    return sum(_one("opening", key, lambda key=key: open_by_calendar(key) is not None) for key in keys)


def sweep_called_cases() -> int:
    """Let cases go on that wait for one that has ended, and were not told; gives how many."""
    keys = list(unsettled().values_list("awaited_by_id", flat=True)[:AT_ONCE])
    return sum(_one("called case", key, partial(settle, key)) for key in keys if key is not None)


def sweep_jobs() -> int:
    """Do the background work that was committed and never reached a worker, or whose worker died."""
    keys = list(lost_jobs().values_list("pk", flat=True)[:AT_ONCE])
    done = sum(_one("job", key, lambda key=key: run_job(key) == "done") for key in keys)
    return done + sum(_one("amendment", key, partial(issue_again, key)) for key in lost_amendments())


def sweep_messages() -> int:
    """Deliver messages of other systems that cases wait for and never got; forget old ones."""
    forget_old_messages()
    return sum(_one("message", key, partial(deliver, key)) for key in lost_messages()[:AT_ONCE])


def sweep_drafts() -> int:
    """Remind of drafts that end within a week, and remove those that have ended; gives how many ended."""
    now = timezone.now()
    open_drafts = Draft.objects.filter(submitted_case=None, work_item=None)
    soon = open_drafts.filter(expires_at__gt=now, expires_at__lte=now + REMIND_BEFORE)
    for key in soon.exclude(raw__has_key=REMINDED).values_list("pk", flat=True)[:AT_ONCE]:
        _one("draft", key, partial(remind_of_draft, key))
    ended = list(open_drafts.filter(expires_at__lte=now).values_list("pk", flat=True)[:AT_ONCE])
    return sum(_one("draft", key, partial(_remove, key)) for key in ended)


def _remove(draft_id: Any) -> bool:
    with transaction.atomic():
        ended = Draft.objects.select_for_update().filter(
            pk=draft_id, submitted_case=None, work_item=None, expires_at__lte=timezone.now()
        )
        removed, _ = ended.delete() if ended else (0, {})
    return removed > 0


def check_cases() -> list[str]:
    """What an operator must look at: cases whose workflow cannot be found, steps that failed for good."""
    found = [f"unresolvable: {reference}" for reference in unresolvable_cases()]
    failed = WorkItem.objects.filter(status="ERROR").select_related("process").order_by("pk")[:AT_ONCE]
    found += [f"failed: {item.process.reference} at {item.node_key}" for item in failed]
    found += stuck_deadlines(AT_ONCE)
    for line in found:
        logger.error("case needs a look: %s", line)
    return found


def _one(kind: str, key: Any, act: Any) -> bool:
    """One that fails must not keep the others waiting."""
    try:
        return bool(act())
    except (Conflict, Unresolvable, WorkItem.DoesNotExist, DatabaseError) as error:
        logger.warning("sweep of %s %s failed: %s", kind, key, type(error).__name__)
        return False
