"""What colleagues say of a package before it is published."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class PublicationVote(models.Model):
    """One person's word on a package as it was then; void as soon as the package changes."""

    service = models.ForeignKey("Service", on_delete=models.CASCADE, related_name="publication_votes")
    sha256 = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    approved = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True, default="")
    void_at = models.DateTimeField(null=True, blank=True)
    # the version that came of it
    version = models.ForeignKey(
        "ServiceVersion", null=True, blank=True, on_delete=models.CASCADE, related_name="votes"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "by"],
                condition=Q(void_at=None, version=None),
                name="one_open_publication_vote_each",
            ),
            models.CheckConstraint(
                condition=~Q(by=models.F("asked_by")), name="nobody_approves_what_they_asked_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{'approval' if self.approved else 'refusal'} of {self.sha256[:12]}"
