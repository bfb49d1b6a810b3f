"""Rules of a form that failed while somebody filled it in, reported to the department that wrote them."""

from collections.abc import Mapping

from django.db import transaction

from engine.audit import log as audit
from engine.audit.selectors import history
from engine.core.text import Text
from engine.departments.access import people_with
from engine.departments.permissions import Permission
from engine.messages.letters import send_letter
from engine.messages.writing import Bullets
from workflows.models import Draft, ServiceVersion

SUBJECT = Text({
    "en": "A rule of a form does not work",
    "fr": "Une règle d’un formulaire ne fonctionne pas",
    "ar": "قاعدة في أحد النماذج لا تعمل",
})  # fmt: skip
BODY = Text({
    "en": "Somebody filled in {service}, version {number}, and these rules could not be worked out. "
    "The answers are kept, and nothing can be sent until the rules are mended:",
    "fr": "Quelqu’un a rempli {service}, version {number}, et ces règles n’ont pas pu être calculées. "
    "Les réponses sont conservées et rien ne peut être envoyé avant leur correction :",
    "ar": "ملأ شخص ما {service}، الإصدار {number}، وتعذر حساب هذه القواعد. "
    "الإجابات محفوظة ولا يمكن إرسال شيء قبل تصحيحها:",
})  # fmt: skip
VERB = "rule.failed"
MOST_NAMED = 20


def report_faults(draft: Draft, faults: Mapping[str, str]) -> None:
    """Tell the designers of the department, once for each version and rule; no answer is told."""
    version = draft.service_version
    with transaction.atomic():
        chain = audit.department_chain(draft.department.key)
        reported = history(chain).filter(verb=VERB, subject__startswith=_subject(version, ""))
        known = set(reported.values_list("subject", flat=True))
        news = [place for place in sorted(faults) if _subject(version, place) not in known][:MOST_NAMED]
        for place in news:
            audit.record(
                VERB,
                chain=chain,
                department_id=draft.department_id,
                subject=_subject(version, place),
                details={"version": version.number, "place": place, "rule": faults[place]},
            )
        if news:
            _write(draft, {place: faults[place] for place in news})


def _subject(version: ServiceVersion, place: str) -> str:
    return f"version:{version.pk}:{place}"[:160]


def _write(draft: Draft, faults: Mapping[str, str]) -> None:
    version, department = draft.service_version, draft.department
    for person in people_with(Permission.DESIGN_SERVICE, department):
        language = person.language or "en"
        body = BODY.in_(language).replace("{service}", version.service.name(language))
        send_letter(
            recipient=person,
            department=department,
            kind=VERB,
            subject=SUBJECT.in_(language),
            body_paragraphs=[
                body.replace("{number}", str(version.number)),
                Bullets(tuple(f"{place}: {rule}" for place, rule in faults.items())),
            ],
            language=language,
            key=f"fault:{version.pk}:{'|'.join(faults)}"[:150] + f":{person.pk}",
        )
