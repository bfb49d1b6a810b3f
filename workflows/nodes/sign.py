"""The seal of the department is put on a letter, in the name of who decided."""

from typing import Any, Literal

from django.db import transaction
from django.utils.timezone import now
from pydantic import Field
from viewflow.workflow import STATUS

from engine.audit import log as audit
from engine.core.problems import Problems
from engine.core.rehearsal import rehearsal
from engine.core.text import Text
from engine.documents.models import Document
from engine.documents.reading import read_verified
from engine.documents.signing import held_key
from engine.documents.storing import store_bytes
from workflows.hints import EarlierStep, StepKey
from workflows.job_step import Job, JobStep, Reply
from workflows.models import CaseDocument, WorkItem
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types


class NoDocument(Exception):
    """The case has no letter of that step."""

    code, again = "no_document", False


class SignStep(JobStep):
    """Signs the last letter of a step once (PAdES), in the name of who decided at another step."""

    task_type = "SIGN"

    def work(self, job: Job) -> dict[str, Any]:
        """Sign without a lock, then put the signed file in its place; of two workers the first wins."""
        row = self.letter(job)
        if row.signed_at is None:
            signer = self.signer(job)
            self._put(row, self._signed(row, signer), signer)
            row.refresh_from_db(fields=["document"])
        return {"document": str(row.document_id)}

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """Nothing is signed: no letter of a trial is kept; in whose name it would have been is noted."""
        if running := rehearsal():
            running.note("signature", {"step": self.options.document, "signer": self.signer(job)})
        return {"document": ""}

    def letter(self, job: Job) -> CaseDocument:
        """The last letter that the step made for this case; raises NoDocument."""
        made = CaseDocument.objects.filter(case=job.case, node_key=self.options.document)
        row = made.select_related("case", "document__department").order_by("-pk").first()
        if row is None:
            raise NoDocument
        return row

    def signer(self, job: Job) -> str:
        """Who decided at the step that gives the reason; without one the signer of the department."""
        department = str(job.case.department.signer_name)
        if self.options.by is None:
            return department
        items = WorkItem.objects.filter(process=job.case, node_key=self.options.by, status=STATUS.DONE)
        item = items.exclude(owner=None).select_related("owner").order_by("-finished").first()
        return item.owner.get_full_name() if item is not None and item.owner is not None else department

    def _signed(self, row: CaseDocument, signer: str) -> Document:
        with read_verified(row.document) as file:
            data = held_key().sign(file.read(), signer=signer)
        return store_bytes(
            data,
            name=row.document.name,
            content_type="application/pdf",
            department=row.document.department,
        )

    def _put(self, row: CaseDocument, signed: Document, signer: str) -> None:
        with transaction.atomic():
            mine = CaseDocument.objects.select_for_update().get(pk=row.pk)
            if mine.signed_at is not None:
                signed.delete()
                return
            mine.unsigned_id, mine.document = mine.document_id, signed
            mine.signed_at, mine.signer = now(), signer[:200]
            mine.save(update_fields=["unsigned", "document", "signed_at", "signer"])
            audit.record(
                "document.signed",
                chain=row.case.chain,
                department_id=row.case.department_id,
                subject=f"document:{signed.pk}",
                details={"node": self.node_key, "sha256": signed.sha256},
            )


@node_types.register
class Sign(NodeType):
    """The seal of the department is put on a letter."""

    key = "sign"
    label = Text({"en": "Sign letter", "fr": "Signer la lettre", "ar": "توقيع الرسالة"})
    family = "system"
    icon = "signature"
    bpmn_element = "serviceTask"
    waits = True
    fails = True
    accepts = [
        {"key": "seal", "type": "sign", "document": "decision", "next": "done"},
        {"key": "seal", "type": "sign", "document": "decision", "by": "approve", "next": "done"},
    ]
    rejects = [{"key": "seal", "type": "sign", "next": "done"}]

    class Options(NodeOptions):
        """Which letter, and in whose name."""

        type: Literal["sign"]
        document: EarlierStep = Field(description="The step that makes the letter.")
        by: EarlierStep | None = Field(
            default=None, description="The step of the person in whose name it is signed."
        )
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SignStep:
        return SignStep(options, cls)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        made = around.nodes.get(options.document)
        if made is None:
            problems.at("document").mend("unknown_step", f'There is no step "{options.document}".')
        elif not around.type_of(options.document).makes_document:
            sentence = f'The step "{options.document}" makes no letter, so there is nothing to sign.'
            problems.at("document").mend("no_document", sentence)
        if options.by is not None and options.by not in around.nodes:
            problems.at("by").mend("unknown_step", f'There is no step "{options.by}".')
        elif options.by is not None and around.type_of(options.by).family != "person":
            sentence = f'Nobody in person does the step "{options.by}", so nobody signs in their name.'
            problems.at("by").mend("not_a_person", sentence)
