"""Letters: e-mail to one person, written in the caller's transaction and sent through the outbox."""

from collections.abc import Mapping, Sequence
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from engine.core.rehearsal import keep_inside
from engine.departments.models import Department, User
from engine.messages import outbox
from engine.messages.cleaning import LONGEST_SUBJECT, clean, one_line
from engine.messages.models import Letter, OutboxMessage
from engine.messages.writing import Block, Bullets, Quote, Written, as_html, as_text

TOPIC = "letter"
ONCE = "once:"  # a kind that begins so carries a link that works once


@transaction.atomic
def send_letter(
    *,
    recipient: User | None,
    department: Department | None,
    kind: str,
    subject: str,
    body_paragraphs: Sequence[Block],
    key: str,
    after_paragraphs: Sequence[Block] = (),
    action_label: str = "",
    action_path: str = "",
    action_key: str = "",
    case_reference: str = "",
    language: str = "",
    address: str = "",
) -> None:
    """Write a letter and ask for it to be sent; the same key writes one letter, however often it is asked.

    Nobody reads letters to a department itself, so none is written. Without a recipient it goes to somebody
    without an account, at `address`. `action_key` is what opens the page to whoever has the letter.
    """
    if recipient is not None and recipient.is_department:
        return
    if recipient is None and not address:
        raise ValueError("A letter needs a recipient or an address.")
    written = write(
        name=recipient.name if recipient is not None else "",
        language=language or (recipient.language if recipient is not None else "") or "en",
        department=department,
        subject=subject,
        body_paragraphs=body_paragraphs,
        after_paragraphs=after_paragraphs,
        action_label=action_label,
        action_path=action_path,
        action_key=action_key,
        case_reference=case_reference,
    )
    letter = _letter(written, recipient=recipient, kind=kind, key=key, address=address)
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    if Letter.objects.filter(pk=letter.pk).exists():
        outbox.put(TOPIC, {"letter": str(letter.pk)}, key=f"letter:{key}", department_id=_key(department))


def write(
    *,
    name: str,
    language: str,
    department: Department | None,
    subject: str,
    body_paragraphs: Sequence[Block],
    after_paragraphs: Sequence[Block] = (),
    action_label: str = "",
    action_path: str = "",
    action_key: str = "",
    case_reference: str = "",
) -> Written:
    """What a letter says, cleaned of what no letter may hold; nothing is stored or sent."""
    return Written(
        subject=one_line(subject, LONGEST_SUBJECT),
        name=one_line(name, 80),
        language=language,
        department=department,
        body=_clean(body_paragraphs),
        after=_clean(after_paragraphs),
        action_label=one_line(action_label, 80),
        action_address=_address_of(action_path, action_key),
        case_reference=case_reference,
    )


def _letter(written: Written, *, recipient: User | None, kind: str, key: str, address: str) -> Letter:
    letter = Letter(
        key=key,
        department=written.department,
        recipient=recipient,
        address=address,
        kind=kind,
        subject=written.subject,
        text=as_text(written),
        html=as_html(written),
        language=written.language,
        case_reference=written.case_reference,
    )
    letter.message_id = f"<{letter.pk}@{urlsplit(settings.PUBLIC_ADDRESS).hostname or 'localhost'}>"
    return letter


def _key(department: Department | None) -> int | None:
    return department.pk if department else None


def _clean(blocks: Sequence[Block]) -> tuple[Block, ...]:
    cleaned: list[Block] = []
    for block in blocks:
        match block:
            case Bullets():
                cleaned.append(Bullets(tuple(one_line(item, 300) for item in block.items)))
            case Quote():
                cleaned.append(Quote(clean(block.text), one_line(block.signed, 160)))
            case _:
                cleaned.append(clean(block))
    return tuple(cleaned)


def _address_of(path: str, key: str = "") -> str:
    """The button leads to a path of ours without secrets; a key stands behind the ?, which logs leave out."""
    if not path:
        return ""
    if not path.startswith("/") or path.startswith("//") or not set(path).isdisjoint("?#\\ \n"):
        raise ValueError("A letter leads to a plain path of this product.")
    return f"{settings.PUBLIC_ADDRESS}{path}{f'?key={quote(key)}' if key else ''}"


def send_written(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Send a letter once: it is locked, and one that was sent is left alone."""
    keep_inside("a mailbox")
    letter = Letter.objects.select_for_update(of=("self",)).filter(pk=payload["letter"]).first()
    if letter is None or letter.sent_at is not None:
        return
    _email(letter).send()
    letter.sent_at = timezone.now()
    if letter.department_id is None or letter.kind.startswith(ONCE):
        # It carries a one-time link, as letters about accounts do: nobody needs it after it has left.
        letter.text = letter.html = ""
    letter.save(update_fields=["sent_at", "text", "html"])


def _email(letter: Letter) -> EmailMultiAlternatives:
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if letter.department:
        name = one_line(letter.department.name(letter.language), 120)
    email = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=formataddr((name, sender)),
        to=[letter.address or (letter.recipient.email if letter.recipient is not None else "")],
        headers={
            "Message-ID": letter.message_id,  # the same at every attempt, so a mail program can see a double
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    email.attach_alternative(letter.html, "text/html")
    return email
