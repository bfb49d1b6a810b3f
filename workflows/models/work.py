"""What a person or the system must do on a case, and by when."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from viewflow.workflow.models import AbstractTask
from viewflow.workflow.status import STATUS

from workflows.unit import Buffered, LazyPrevious, open_item


class WorkKind(models.TextChoices):
    """Who is to act: a clerk, the applicant, somebody outside, the system, time; or what is after the end."""

    PERSON = "person"
    APPLICANT = "applicant"
    OUTSIDE = "outside"
    SYSTEM = "system"
    EVENT = "event"
    AFTER = "after"


OPEN_PERSON = models.Q(kind=WorkKind.PERSON, status__in=[STATUS.NEW, STATUS.ASSIGNED])
UNCLAIMED = models.Q(kind=WorkKind.PERSON, status=STATUS.NEW)
SHARED = UNCLAIMED & ~models.Q(other_roles=[])
WAITING = models.Q(kind=WorkKind.APPLICANT, status__in=[STATUS.NEW, STATUS.ASSIGNED])


class WorkItem(Buffered, AbstractTask):  # type: ignore[misc]  # viewflow has no types
    """One thing to do on a case; a Viewflow task."""

    process = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="task_set")
    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    service = models.ForeignKey("Service", on_delete=models.PROTECT, related_name="+", db_index=False)
    node_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=WorkKind.choices)
    role = models.CharField(max_length=60, blank=True, default="")
    # a step that several roles may do is found by the first, and by these
    other_roles: Any = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    wake_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    outcome = models.CharField(max_length=80, blank=True, default="")
    # raised by an escalation; what is raised is offered first
    priority = models.PositiveSmallIntegerField(default=0, db_default=0)

    # Viewflow's own columns again, without indexes that no query of ours uses and without loss by cascade
    status = models.CharField(choices=STATUS.choices, default=STATUS.NEW, max_length=50)
    created = models.DateTimeField(default=timezone.now)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
        db_index=False,
    )

    # a NULL here would mean "public" to Viewflow's own queues; ours go by department
    owner_permission = None
    owner_permission_content_type = None
    owner_permission_obj_pk = None
    external_task_id = None
    scheduled = None
    seed = None
    artifact = None

    objects: ClassVar[models.Manager[WorkItem]] = models.Manager()
    _default_manager: ClassVar[models.Manager[WorkItem]]
    leading: Any  # the other end of Viewflow's `previous`

    class Meta:
        indexes = [
            models.Index(
                fields=["department", "due_at", "id"], name="work_open_person", condition=OPEN_PERSON
            ),
            models.Index(fields=["owner", "due_at", "id"], name="work_open_of_owner", condition=OPEN_PERSON),
            models.Index(
                fields=["department", "role", "due_at", "id"], name="work_unclaimed", condition=UNCLAIMED
            ),
            models.Index(fields=["department", "due_at", "id"], name="work_shared", condition=SHARED),
            models.Index(fields=["department", "due_at", "id"], name="work_waiting", condition=WAITING),
            models.Index(
                fields=["wake_at"],
                name="work_to_wake",
                condition=models.Q(status=STATUS.SCHEDULED, wake_at__isnull=False),
            ),
            models.Index(
                fields=["lease_until"],
                name="work_leased",
                condition=models.Q(status=STATUS.STARTED, lease_until__isnull=False),
            ),
            models.Index(fields=["department"], name="work_failed", condition=models.Q(status=STATUS.ERROR)),
            models.Index(
                fields=["department", "role", "due_at", "id"],
                name="work_raised",
                condition=UNCLAIMED & models.Q(priority__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_key} of {self.process_id}"

    @property
    def case(self) -> Any:
        """The case that this item belongs to."""
        return self.process

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of staff who may do it; empty where nobody of staff can."""
        return (self.role, *self.other_roles) if self.role else ()

    def activation(self) -> AbstractContextManager[Any]:
        """Lock the case and this item, and give Viewflow's activation."""
        return open_item(self.pk, into=self)


WorkItem.previous = LazyPrevious(WorkItem.previous)
# Django inherits a generic key even where its columns are left out
WorkItem._meta.private_fields = [f for f in WorkItem._meta.private_fields if f.name != "owner_permission_obj"]
WorkItem.owner_permission_obj = None
