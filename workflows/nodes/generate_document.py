"""A letter as a PDF, made from a message of the package and kept with the case."""

from typing import Any, Literal

from django.db import transaction
from django.utils.timezone import now
from pydantic import Field

from engine.audit import log as audit
from engine.core.problems import Problems
from engine.core.rehearsal import rehearsal
from engine.core.text import Text
from engine.documents.letter_pdf import letter_pdf
from engine.documents.storing import store_bytes
from forms_library.compiled import CompiledForm
from forms_library.review import field_text
from workflows.hints import MessageKey, StepKey
from workflows.job_step import Job, JobStep, Reply
from workflows.letters import filled, paragraphs_of, values_about
from workflows.models import CaseDocument
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import CertificateRow, MessageDefinition


class DocumentStep(JobStep):
    """Makes the document once, however often a worker tries."""

    task_type = "DOCUMENT"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.message: MessageDefinition = blueprint.messages[self.options.message]
        self.form: CompiledForm = blueprint.compiled_form(blueprint.start_form)

    def work(self, job: Job) -> dict[str, Any]:
        """Draw it, keep it, and note that the case has it; of two workers the first wins."""
        made = CaseDocument.objects.filter(work_item_id=job.item_id).first()
        return {"document": str((made or self.made(job)).document_id)}

    def made(self, job: Job) -> CaseDocument:
        """The document, drawn and kept."""
        case, title = job.case, self.title(job)
        name = f"{case.reference} {self.node_key}.pdf"
        file = store_bytes(
            self.pdf(job), name=name, content_type="application/pdf", department=case.department
        )
        with transaction.atomic():
            row, is_new = CaseDocument.objects.get_or_create(
                work_item_id=job.item_id,
                defaults={
                    "case": case,
                    "node_key": self.node_key,
                    "document": file,
                    "title": title[:200],
                    "for_applicant": self.options.for_applicant,
                    "made_at": now(),
                },
            )
            if is_new:
                _note("document.made", row, self.node_key)
            else:
                file.delete()
        return row

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """It is drawn as a sample, so that what is wrong with it shows, and kept nowhere."""
        drawn = self.pdf(job, is_sample=True)
        if running := rehearsal():
            running.note("document", {"step": self.node_key, "title": self.title(job), "pdf": drawn})
        return {"document": ""}

    def title(self, job: Job) -> str:
        """The head of the letter."""
        case = job.case
        return filled(self.message.subject.in_(case.language), values_about(case, case.language, case.due_at))

    def pdf(self, job: Job, *, is_sample: bool = False) -> bytes:
        """The letter in the language of the case."""
        case, language = job.case, job.case.language
        body = filled(self.message.body.in_(language), values_about(case, language, case.due_at))
        return letter_pdf(
            department=case.department,
            language=language,
            title=self.title(job),
            paragraphs=paragraphs_of(body),
            rows=[self._row(case, row, language) for row in self.options.rows],
            reference=case.reference,
            made_at=now(),
            is_sample=is_sample,
        )

    def _row(self, case: Any, row: CertificateRow, language: str) -> tuple[str, str]:
        label = row.label or self.form.fields[row.field.split(".")[0]].field.label
        return label.in_(language), field_text(self.form, row.field, case.answers, language)


def _note(verb: str, row: CaseDocument, node: str) -> None:
    audit.record(
        verb,
        chain=row.case.chain,
        department_id=row.case.department_id,
        subject=f"document:{row.document_id}",
        details={"node": node, "sha256": row.document.sha256},
    )


@node_types.register
class GenerateDocument(NodeType):
    """A letter as a PDF, kept with the case."""

    key = "generate_document"
    label = Text({"en": "Letter as PDF", "fr": "Lettre en PDF", "ar": "رسالة بصيغة PDF"})
    family = "system"
    icon = "file-text"
    bpmn_element = "serviceTask"
    waits = True
    fails = True
    makes_document = True
    accepts = [
        {"key": "decision", "type": "generate_document", "message": "received", "next": "done"},
        {
            "key": "decision",
            "type": "generate_document",
            "message": "late",
            "rows": [{"field": "trade", "label": "Trade"}],
            "for_applicant": False,
            "next": "done",
        },
    ]
    rejects = [
        {"key": "decision", "type": "generate_document", "next": "done"},
        {
            "key": "decision",
            "type": "generate_document",
            "message": "late",
            "rows": ["trade"],
            "next": "done",
        },
    ]

    class Options(NodeOptions):
        """Which message is printed, with which answers below it, and who may open it."""

        type: Literal["generate_document"]
        message: MessageKey
        rows: list[CertificateRow] = Field(
            default_factory=list, max_length=40, description="Answers that are printed below the text."
        )
        for_applicant: bool = Field(default=True, description="Whether the applicant may open it.")
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> DocumentStep:
        return DocumentStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if not options.title:
            problems.at("title").mend("missing", "This step needs a title: staff and applicants read it.")
        if options.message not in around.messages:
            sentence = f'There is no message "{options.message}" in this package.'
            problems.at("message").mend("unknown_message", sentence)
        answers = around.schema.roots["answers"].fields
        for number, row in enumerate(options.rows):
            key = row.field.split(".")[0]
            if key not in answers:
                place = problems.at("rows", number, "field")
                place.mend("unknown_field", f'The application has no question "{row.field}".')
