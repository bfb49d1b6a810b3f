"""Messages that other systems sent: each is taken in once, and kept until somebody has had it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflows.sealed_fields import SealedJSONField


class IncomingMessage(models.Model):
    """One message as it came; what it says is forgotten once it was delivered or is too old."""

    department = models.ForeignKey(
        "departments.Department", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    message_id = models.CharField(max_length=200)  # the sender's, the same when it sends it again
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=200, blank=True, default="")
    said = SealedJSONField(default=dict)  # {"data": ...}, sealed where the installation has a key
    came_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "message_id"], name="incoming_message_once")
        ]
        indexes = [
            models.Index(
                fields=["department", "name", "key"],
                name="incoming_not_taken",
                condition=models.Q(taken_at=None),
            ),
            models.Index(fields=["came_at"], name="incoming_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.department_id}"

    def sealing(self, column: str) -> tuple[str, frozenset[str]]:
        """What the sealed content is bound to: nobody knows yet what in it is sensitive."""
        keys = frozenset({"data"}) if settings.FIELD_KEYS else frozenset[str]()
        return f"message:{self.department_id}:{self.message_id}", keys
