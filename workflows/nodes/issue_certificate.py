"""A numbered, signed certificate, made by a worker."""

from typing import Any, Literal

from django.utils.timezone import now

from engine.core.problems import Problems
from engine.core.rehearsal import rehearsal
from engine.core.text import Text
from engine.documents.certificates.issuing import issue
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from forms_library.compiled import CompiledForm
from forms_library.review import field_text
from workflows.clock import calendar_of
from workflows.hints import CertificateKey, StepKey
from workflows.job_step import Job, JobStep, Reply
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import CertificateDefinition


class CertificateStep(JobStep):
    """Issues the certificate of the package once, however often a worker tries."""

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.certificate: CertificateDefinition = blueprint.certificates[self.options.certificate]
        self.form: CompiledForm = blueprint.compiled_form(blueprint.start_form)

    def work(self, job: Job) -> dict[str, Any]:
        """Issue it; the same key gives the same certificate."""
        request = certificate_request(self, job.case, job.idempotency_key)
        certificate = issue(request)
        return {"certificate": certificate.number}

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """No number is taken: the page is drawn as a sample for whoever asks for it."""
        request = certificate_request(self, job.case, job.idempotency_key)
        if running := rehearsal():
            running.note("certificate", request)
        return {"certificate": f"{request.prefix}-{request.valid_from.year}-000000"}

    def keep(self, case: Any, result: dict[str, Any]) -> None:
        """The case knows its certificates by number."""
        numbers = case.data.setdefault("certificates", [])
        if result["certificate"] not in numbers:
            numbers.append(result["certificate"])
        case.save(update_fields=["data"])


def certificate_request(step: CertificateStep, case: Any, key: str) -> CertificateRequest:
    """What is to be printed for this case."""
    definition, calendar = step.certificate, calendar_of(case.department_id)
    today = now().astimezone(calendar.zone)
    until = calendar.add(today, definition.valid_for).date() if definition.valid_for else None
    return CertificateRequest(
        department=case.department,
        kind=f"{case.service.key}:{step.options.certificate}",
        prefix=definition.prefix,
        idempotency_key=key,
        case_reference=case.reference,
        title=definition.title,
        statement=definition.statement,
        rows=tuple(_row(step, case, row.field, row.label) for row in definition.rows),
        languages=tuple(definition.languages),
        holder_name=field_text(step.form, definition.holder, case.answers, definition.languages[0]),
        valid_from=today.date(),
        valid_until=until,
    )


def _row(step: CertificateStep, case: Any, path: str, label: Text | None) -> CertificateRow:
    values = {
        language: field_text(step.form, path, case.answers, language)
        for language in step.certificate.languages
    }
    return CertificateRow(label or step.form.fields[path.split(".")[0]].field.label, values)


@node_types.register
class IssueCertificate(NodeType):
    """A numbered, signed certificate."""

    key = "issue_certificate"
    label = Text({"en": "Issue certificate", "fr": "Délivrer le certificat", "ar": "إصدار الشهادة"})
    family = "system"
    icon = "badge-check"
    bpmn_element = "serviceTask"
    waits = True
    fails = True
    accepts = [{"key": "licence", "type": "issue_certificate", "certificate": "licence", "next": "done"}]
    rejects = [{"key": "licence", "type": "issue_certificate", "next": "done"}]

    class Options(NodeOptions):
        """Which certificate."""

        type: Literal["issue_certificate"]
        certificate: CertificateKey
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> CertificateStep:
        return CertificateStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.certificate not in around.certificates:
            sentence = f'There is no certificate "{options.certificate}" in this package.'
            problems.at("certificate").mend("unknown_certificate", sentence)
