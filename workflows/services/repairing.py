"""Repairing background steps that have failed for good: try again, or go on without them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from viewflow.workflow import STATUS

from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.recording import recorded
from workflows.services.refusals import CannotBeSkipped, NotFailed, ReasonMissing
from workflows.unit import open_item

LONGEST_REASON = 2000
GOES_ON = "next"  # the way out of a step that has done its work


def retry_step(*, item_id: int, by: User) -> None:
    """Begin a failed step anew, with all its attempts; its key for the other side stays the same."""
    with _failed(item_id, by) as activation:
        activation.retry()
        recorded("work.retried", activation.task, by)


def skip_step(*, item_id: int, reason: str, by: User) -> None:
    """Go on without a failed step; the work item keeps why."""
    with _failed(item_id, by) as activation:
        words = reason.strip()[:LONGEST_REASON]
        if not words:
            raise ReasonMissing
        if GOES_ON not in activation.flow_task.routes:
            raise CannotBeSkipped
        activation.skip(words)
        activation.activate_next()
        recorded("work.skipped", activation.task, by)


@contextmanager
def _failed(item_id: int, by: User) -> Iterator[Any]:
    """The activation of a failed step, locked, for who administers its department."""
    with open_item(item_id) as activation:
        require(by, Permission.ADMINISTER_DEPARTMENT, activation.task.department_id)
        if not activation.repairable or activation.task.status != STATUS.ERROR:
            raise NotFailed
        yield activation
