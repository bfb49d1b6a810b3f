"""A certificate is taken back, by the workflow that the department published."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from engine.core.hints import ui
from engine.core.problems import Problems
from engine.core.rules import Schema
from engine.core.text import Text
from engine.documents.certificates.revoking import NotInForce, revoke
from engine.documents.models import Certificate
from workflows.facts import facts_of
from workflows.hints import CertificateKey, StepKey
from workflows.job_step import Job, JobStep, Reply
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import RuleText


class NoCertificate(Exception):
    """The department has no certificate with this number, or the number is not known."""

    code, again = "no_certificate", False


class RevokeStep(JobStep):
    """Revokes what is in force; what is revoked already stays as it is, so a second attempt does no harm."""

    task_type = "REVOKE"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema: Schema = blueprint.schema
        rule = self.options.number
        self.rule = blueprint.compile_rule(rule, "text") if rule else None

    def work(self, job: Job) -> dict[str, Any]:
        """Revoke them, each in a transaction with its audit row."""
        found, reason = self.certificates(job), self.options.reason.in_(job.case.language)
        for certificate in found:
            try:
                revoke(certificate, by=None, reason=reason)
            except NotInForce:
                continue
        return {"certificates": [certificate.number for certificate in found]}

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """Nothing is revoked: the certificates of a trial were never issued."""
        return {"certificates": list(job.case.data.get("certificates", []))}

    def certificates(self, job: Job) -> list[Certificate]:
        """Those of the case, or the one of the department that the rule names; raises NoCertificate."""
        case = job.case
        issued = Certificate.objects.filter(department_id=case.department_id)
        issued = issued.exclude(state=Certificate.State.PREPARING)
        if self.rule is None:
            kind = f"{case.service.key}:{self.options.certificate}"
            return list(issued.filter(case_reference=case.reference, kind=kind).order_by("pk"))
        outcome = self.rule.run(facts_of(case, self.schema, job))
        found = list(issued.filter(number=str(outcome.value).strip())) if outcome.known else []
        if not found:
            raise NoCertificate
        return found


@node_types.register
class RevokeCertificate(NodeType):
    """A certificate is taken back."""

    key = "revoke_certificate"
    label = Text({"en": "Revoke certificate", "fr": "Révoquer le certificat", "ar": "إلغاء الشهادة"})
    family = "system"
    icon = "shield-x"
    bpmn_element = "serviceTask"
    waits = True
    fails = True
    accepts = [
        {
            "key": "take_back",
            "type": "revoke_certificate",
            "certificate": "licence",
            "reason": "The conditions were not kept.",
            "next": "done",
        },
        {
            "key": "take_back",
            "type": "revoke_certificate",
            "number": "answers.number",
            "reason": {
                "en": "Given back by its holder.",
                "fr": "Rendu par son titulaire.",
                "ar": "أعادها حاملها.",
            },
            "next": "done",
        },
    ]
    rejects = [
        {"key": "take_back", "type": "revoke_certificate", "certificate": "licence", "next": "done"},
        {"key": "take_back", "type": "revoke_certificate", "reason": "It is over.", "next": "done"},
        {
            "key": "take_back",
            "type": "revoke_certificate",
            "certificate": "licence",
            "number": "answers.number",
            "reason": "It is over.",
            "next": "done",
        },
    ]

    class Options(NodeOptions):
        """Which certificates, and why; everybody who checks one reads the reason."""

        type: Literal["revoke_certificate"]
        certificate: CertificateKey | None = Field(
            default=None, description="The kind of certificate: all of it that were issued for the case."
        )
        number: RuleText | None = Field(
            default=None,
            description="Instead: a rule that gives the number of one of the department.",
            json_schema_extra=ui("rule", gives="text"),
        )
        reason: Text = Field(description="Everybody who checks the certificate reads it.")
        next: StepKey

        @model_validator(mode="after")
        def _one_way_to_name_it(self) -> Self:
            if (self.certificate is None) is (self.number is None):
                raise ValueError("Say which: a certificate of the package, or a rule that gives its number.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> RevokeStep:
        return RevokeStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.certificate is not None and options.certificate not in around.certificates:
            sentence = f'There is no certificate "{options.certificate}" in this package.'
            problems.at("certificate").mend("unknown_certificate", sentence)
        if options.number is not None:
            around.check_rule(options.number, problems.at("number"), "text")
        if not options.reason:
            problems.at("reason").mend("no_text", "Say why: everybody who checks the certificate reads it.")
