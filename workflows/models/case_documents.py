"""Documents that a workflow makes for a case: letters, decisions."""

from __future__ import annotations

from django.db import models


class CaseDocument(models.Model):
    """One document that a step made; once it is signed, the file with the signature stands in its place."""

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="made_documents")
    work_item = models.OneToOneField("WorkItem", on_delete=models.CASCADE, related_name="made_document")
    node_key = models.CharField(max_length=80)
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    unsigned = models.OneToOneField(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=200)
    for_applicant = models.BooleanField()
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.title} of case {self.case_id}"
