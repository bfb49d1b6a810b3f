"""Links in letters that lead back to a draft, once."""

from __future__ import annotations

from django.db import models


class ResumeLink(models.Model):
    """One link; the database knows only the hash of what stands in the letter."""

    draft = models.ForeignKey("Draft", on_delete=models.CASCADE, related_name="resume_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link {self.pk}"
