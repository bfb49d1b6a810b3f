"""A numbered, signed certificate, made by a worker."""

from typing import Any, Literal

from engine.core.problems import Problems
from engine.core.rehearsal import rehearsal
from engine.core.text import Text
from engine.documents.certificates.issuing import issue
from engine.documents.certificates.request import CertificateRequest
from forms_library.compiled import CompiledForm
from workflows.certificate_requests import PrintedAnswers, request_for
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
    return request_for(
        step.certificate,
        PrintedAnswers(step.form, case.answers),
        department=case.department,
        kind=f"{case.service.key}:{step.options.certificate}",
        idempotency_key=key,
        case_reference=case.reference,
    )


@node_types.register
class IssueCertificate(NodeType):
    """A numbered, signed certificate."""

    key = "issue_certificate"
    label = Text({"en": "Issue certificate", "fr": "Délivrer le certificat", "ar": "إصدار الشهادة"})
    family = "system"
    icon = "badge-check"
    common = 2
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
