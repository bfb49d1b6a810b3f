"""Deadlines, the ledger of every clock, and calendars that were changed, with what is worked out again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from workflows.models.work import WorkItem


class DeadlineKind(models.TextChoices):
    """What happens then: a watched step is late, a wait ends, somebody is warned before, a hold ends."""

    DEADLINE = "deadline"
    WAIT = "wait"
    WARNING = "warning"
    HOLD = "hold"


class Deadline(models.Model):
    """A moment at which something happens unless the work is done before; without an item, of the case."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="deadlines")
    work_item = models.ForeignKey(
        WorkItem, null=True, blank=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    node_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=DeadlineKind.choices)
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=0, db_default=0)  # which of the warnings of its step
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    fired_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="deadline_due",
                condition=models.Q(fired_at=None, cancelled_at=None, paused_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.node_key} of case {self.case_id}"


class ClockVerb(models.TextChoices):
    """What happened to a clock."""

    STARTED = "started"
    CHANGED = "changed"  # a person gave another length of time
    MOVED = "moved"  # another version of the service gives another length of time, or none
    STOPPED = "stopped"
    RUNNING = "running"
    RECALCULATED = "recalculated"  # the calendar was changed
    WARNED = "warned"
    FIRED = "fired"


class StopReason(models.TextChoices):
    """Why the clocks of a case stand still."""

    APPLICANT = "applicant"  # all but those of the applicant
    HOLD = "hold"  # all


class ClockEntry(models.Model):
    """One line of the ledger of clocks; the database refuses to change it.

    A clock is named by its item and step: no item is the case, an item with its own step is the time for that
    step, an item with another step is the deadline of that other step. Stops belong to the case.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="clock_entries", db_index=False)
    work_item = models.ForeignKey(
        WorkItem, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    node_key = models.CharField(max_length=80, blank=True, default="")
    verb = models.CharField(max_length=12, choices=ClockVerb.choices)
    reason = models.CharField(max_length=10, choices=StopReason.choices, blank=True, default="")
    number = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    span: models.JSONField[dict[str, int] | None, dict[str, int] | None] = models.JSONField(null=True)
    due_at = models.DateTimeField(null=True)
    # of a clock that another version gave another length of time: from when it counts all the same
    counts_from = models.DateTimeField(null=True)
    calendar = models.CharField(max_length=12)  # the mark of the working calendar that was used
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    note = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="clock_entry_of_case")]

    def __str__(self) -> str:
        return f"{self.verb} {self.node_key or 'case'} {self.case_id}"

    @property
    def start(self) -> Any:
        """From when the clock counts."""
        return self.counts_from or self.at

    @property
    def clock(self) -> tuple[Any, str]:
        """Which clock of the case the line is about."""
        return self.work_item_id, self.node_key


class CalendarChange(models.Model):
    """A changed working calendar, and how far the open cases have been worked out again."""

    department = models.ForeignKey("departments.Department", on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)  # the second is for what was begun with the old one
    reached = models.BigIntegerField(default=0)  # the key of the last case that is done
    cases = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="calendar_change_open", condition=models.Q(finished_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.mark}"
