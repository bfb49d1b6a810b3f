"""The audit record: append-only and chained by hash, both kept by the database itself."""

from django.db import models

from engine.departments.models import Department, User


class AuditChain(models.Model):
    """How many entries a chain has and the hash of the last; written by the database only."""

    chain = models.CharField(max_length=120, primary_key=True)
    position = models.BigIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_chain"

    def __str__(self) -> str:
        return f"{self.chain} ({self.position})"


class AuditEntry(models.Model):
    """One thing that somebody did or read."""

    chain = models.CharField(max_length=120)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    # People and departments that appear here stay: a person is switched off, never deleted.
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_note = models.CharField(max_length=120, blank=True, default="")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=160, blank=True, default="")
    details = models.TextField(default="{}")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        verbose_name = "audit entry"
        verbose_name_plural = "audit record"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_one_entry_per_place")
        ]
        indexes = [models.Index(fields=["department", "-id"], name="audit_department")]

    def __str__(self) -> str:
        return f"{self.chain} {self.position}: {self.verb}"
