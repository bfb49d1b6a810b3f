"""Stored files, and the certificates that were issued."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Document(models.Model):
    """A stored file: what it is, its hash, and where its bytes lie."""

    class State(models.TextChoices):
        """Whether the bytes may be served."""

        STORED = "stored", "stored"
        INFECTED = "infected", "a virus was found"
        DAMAGED = "damaged", "the bytes are not those that were stored"
        MISSING = "missing", "the bytes are gone"

    class ScanState(models.TextChoices):
        """What the virus scanner said."""

        NOT_SCANNED = "not_scanned", "no scanner is configured"
        CLEAN = "clean", "clean"
        INFECTED = "infected", "infected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=160)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    store = models.CharField(max_length=10)
    storage_key = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)
    data_class = models.CharField(max_length=10, default="personal")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"document {self.id}"


class DocumentCopy(models.Model):
    """What the replica has, or is still to get or to forget, of the bytes under one key."""

    class Wish(models.TextChoices):
        """What is asked of the replica."""

        COPY = "copy", "hold the bytes"
        REMOVE = "remove", "forget the bytes"

    class State(models.TextChoices):
        """How far it is."""

        PENDING = "pending", "to be done"
        DONE = "done", "done"
        STUCK = "stuck", "there are no good bytes to copy"

    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    storage_key = models.CharField(max_length=160, unique=True)
    wish = models.CharField(max_length=6, choices=Wish, default=Wish.COPY)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="copy_due", condition=models.Q(state="pending")),
            models.Index(fields=["asked_at"], name="copy_waiting", condition=models.Q(state="pending")),
            models.Index(fields=["department"], name="copy_stuck", condition=models.Q(state="stuck")),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"


class CertificateSeries(models.Model):
    """The last number given out, for one department, prefix and year."""

    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "prefix", "year"], name="one_series_per_prefix_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class Certificate(models.Model):
    """An issued, numbered, signed, publicly verifiable PDF."""

    class State(models.TextChoices):
        """Where a certificate stands; that its time is over is read from its dates."""

        PREPARING = "preparing", "being prepared"
        VALID = "valid", "valid"
        REVOKED = "revoked", "revoked"
        REPLACED = "replaced", "replaced by a newer one"

    department = models.ForeignKey("departments.Department", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    code = models.CharField(max_length=9, unique=True)
    idempotency_key = models.CharField(max_length=200, unique=True)
    case_reference = models.CharField(max_length=40, db_index=True)
    holder_masked = models.CharField(max_length=200)
    title = models.JSONField()
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=500, blank=True, default="")
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "number"], name="certificate_number_once_per_department"
            ),
            models.CheckConstraint(
                condition=models.Q(state="preparing") | models.Q(document__isnull=False),
                name="an_issued_certificate_has_its_document",
            ),
        ]

    def __str__(self) -> str:
        return self.number
