"""Letters about what is to be published: to those who may publish it, and to who asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.text import Text
from engine.departments.access import people_with
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.messages.letters import send_letter
from engine.messages.writing import Quote
from workflows.definition import fingerprint
from workflows.letters import filled
from workflows.models import PublicationVote, Service, ServiceVersion

LOOK = Text({"en": "Open the service", "fr": "Ouvrir le service", "ar": "فتح الخدمة"})
LETTERS: Mapping[str, tuple[Text, Text]] = {
    "waits": (
        Text({
            "en": "{name} asks to publish “{service}”",
            "fr": "{name} demande la publication de « {service} »",
            "ar": "{name} يطلب نشر «{service}»",
        }),
        Text({
            "en": "{name} asks to publish “{service}”. Please look under Versions at what changes and "
            "at what it means for open cases, and publish it if it is right.",
            "fr": "{name} demande la publication de « {service} ». Merci de regarder sous Versions ce qui "
            "change et ce que cela signifie pour les dossiers ouverts, et de publier si tout est juste.",
            "ar": "{name} يطلب نشر «{service}». يرجى النظر في «الإصدارات» إلى ما يتغير وما يعنيه ذلك "
            "للمعاملات المفتوحة، والنشر إن كان كل شيء صحيحًا.",
        }),
    ),
    "waits_for_approval": (
        Text({
            "en": "Please approve or refuse: “{service}”",
            "fr": "Merci d’approuver ou de refuser : « {service} »",
            "ar": "يرجى الموافقة أو الرفض: «{service}»",
        }),
        Text({
            "en": "{name} asks to publish “{service}”. Your department wants colleagues to look at it first. "
            "Please look under Versions at what changes and at what it means for open cases, and approve or "
            "refuse it.",
            "fr": "{name} demande la publication de « {service} ». Votre administration veut que des "
            "collègues regardent d’abord. Merci de regarder sous Versions ce qui change et ce que cela "
            "signifie pour les dossiers ouverts, puis d’approuver ou de refuser.",
            "ar": "{name} يطلب نشر «{service}». تريد إدارتك أن ينظر فيها زملاء أولًا. يرجى النظر في "
            "«الإصدارات» إلى ما يتغير وما يعنيه ذلك للمعاملات المفتوحة، ثم الموافقة أو الرفض.",
        }),
    ),
    "approved": (
        Text({
            "en": "“{service}” is approved",
            "fr": "« {service} » est approuvé",
            "ar": "تمت الموافقة على «{service}»",
        }),
        Text({
            "en": "You asked to publish “{service}”. All approvals that it needs are given now, so it can be "
            "published. A change would make them void.",
            "fr": "Vous avez demandé la publication de « {service} ». Toutes les approbations requises sont "
            "données, la publication est donc possible. Une modification les annulerait.",
            "ar": "طلبت نشر «{service}». أُعطيت الآن كل الموافقات اللازمة، فيمكن نشرها. أي تعديل يبطلها.",
        }),
    ),
    "refused": (
        Text({
            "en": "“{service}” was not approved",
            "fr": "« {service} » n’a pas été approuvé",
            "ar": "لم تتم الموافقة على «{service}»",
        }),
        Text({
            "en": "You asked to publish “{service}”. {name} refused it for this reason:",
            "fr": "Vous avez demandé la publication de « {service} ». {name} l’a refusée pour cette raison :",
            "ar": "طلبت نشر «{service}». رفض {name} ذلك لهذا السبب:",
        }),
    ),
    "published": (
        Text({
            "en": "“{service}” is published",
            "fr": "« {service} » est publié",
            "ar": "نُشرت «{service}»",
        }),
        Text({
            "en": "You asked to publish “{service}”. {name} published it as version {number}.",
            "fr": "Vous avez demandé la publication de « {service} ». {name} l’a publié : c’est la version "
            "{number}.",
            "ar": "طلبت نشر «{service}». نشرها {name} بوصفها الإصدار {number}.",
        }),
    ),
}  # fmt: skip


def tell_publishers(service: Service, by: User) -> None:
    """Write to who may publish it, but not to who asks; asking again for the same writes nothing new."""
    what = "waits_for_approval" if service.department.publication_approvals else "waits"
    said = PublicationVote.objects.filter(service=service).count()
    cause = f"{fingerprint(service.working or {})[:32]}:{said}"
    for person in people_with(Permission.PUBLISH_SERVICE, service.department):
        if person.pk != by.pk:
            _write(person, service, by, what, cause)


def tell_of_vote(vote: PublicationVote, *, enough: bool) -> None:
    """Write to who asked that somebody refuses, with the reason, or that nothing is missing any more."""
    if not vote.approved:
        _write(vote.asked_by, vote.service, vote.by, "refused", str(vote.pk), reason=vote.reason)
    elif enough:
        _write(vote.asked_by, vote.service, vote.by, "approved", str(vote.pk))


def tell_published(version: ServiceVersion, asked_by: User) -> None:
    """Write to who asked, unless they published it themselves."""
    by = version.published_by
    if asked_by.pk != by.pk:
        _write(asked_by, version.service, by, "published", str(version.pk), number=str(version.number))


def _write(
    person: User, service: Service, by: User, what: str, cause: str, *, reason: str = "", number: str = ""
) -> None:
    subject, body = LETTERS[what]
    language = person.language or "en"
    values = {"name": by.get_full_name(), "service": service.name(language), "number": number}
    send_letter(
        recipient=person,
        department=service.department,
        kind=f"publication.{what}",
        subject=filled(subject.in_(language), values),
        body_paragraphs=[
            filled(body.in_(language), values),
            *([Quote(reason, by.get_full_name())] if reason else []),
        ],
        action_label=LOOK.in_(language),
        action_path=f"/manage/{service.department.key}/{service.key}/design/",
        language=language,
        key=f"publication:{what}:{service.pk}:{cause}:{person.pk}",
    )
