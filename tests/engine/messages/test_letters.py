"""Letters: one e-mail for each key, readable everywhere, with nothing in it that could be misused."""

from email.utils import parseaddr

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from engine.departments.models import Department, User
from engine.messages.delivery import deliver_all
from engine.messages.letters import send_letter
from engine.messages.models import Letter, OutboxMessage
from engine.messages.writing import Bullets, Quote

CORRECTION = {
    "kind": "correction",
    "subject": "Please correct 2 answers by 4 December",
    "body_paragraphs": [
        "We have checked your application for a street trading licence. Two answers need a correction:",
        Bullets(("Plan of the stall", "Place")),
        Quote(
            "The plan does not show the gas bottle.\nPlease choose pitch 5.",
            "Noor A., Licensing",
        ),
    ],
    "action_label": "Sign in to correct your answers",
    "action_path": "/applications/STL-2026-004817/",
    "after_paragraphs": ["Your other answers stay as they are."],
    "case_reference": "STL-2026-004817",
}


def send(
    recipient: User, department: Department | None, key: str = "k", **columns: object
) -> EmailMultiAlternatives:
    send_letter(recipient=recipient, department=department, key=key, **{**CORRECTION, **columns})
    deliver_all()
    email = mail.outbox[-1]
    assert isinstance(email, EmailMultiAlternatives)
    return email


def html_of(email: EmailMultiAlternatives) -> str:
    return str(email.alternatives[0][0])


def test_a_letter_goes_out_once_whatever_is_repeated(citizen: User, licensing: Department) -> None:
    for _ in range(3):
        send(citizen, licensing)
    OutboxMessage.objects.update(state="pending", leased_until=None)
    deliver_all()
    assert len(mail.outbox) == Letter.objects.count() == OutboxMessage.objects.count() == 1
    assert Letter.objects.get().sent_at is not None


def test_the_message_carries_ids_only(citizen: User, licensing: Department) -> None:
    send(citizen, licensing)
    message = OutboxMessage.objects.get()
    assert message.payload == {"letter": str(Letter.objects.get().pk)}
    assert message.department == licensing


def test_the_plain_text_says_everything(citizen: User, licensing: Department) -> None:
    assert (
        send(citizen, licensing).body
        == """\
Please correct 2 answers by 4 December

Dear Leila Haddad,

We have checked your application for a street trading licence. Two
answers need a correction:

  * Plan of the stall
  * Place

Noor A., Licensing writes:

  The plan does not show the gas bottle.
  Please choose pitch 5.

Sign in to correct your answers:
http://127.0.0.1:8000/applications/STL-2026-004817/

Your other answers stay as they are.

Reference: STL-2026-004817

--\x20
We never ask for a password or a payment by e-mail.
Licensing Department, 4 Harbour Street, telephone 555 0100
"""
    )


def test_the_html_is_in_the_colours_of_the_department_and_loads_nothing(
    citizen: User, licensing: Department
) -> None:
    html = html_of(send(citizen, licensing))
    assert '<html lang="en" dir="ltr">' in html
    assert "background:#17405c" in html
    assert 'href="http://127.0.0.1:8000/applications/STL-2026-004817/"' in html
    for loaded in ("<img", "<script", "<link", "url(", "src="):
        assert loaded not in html


def test_the_envelope(citizen: User, licensing: Department) -> None:
    email = send(citizen, licensing)
    assert email.to == ["leila.haddad@example.org"]
    assert parseaddr(email.from_email) == ("Licensing Department", "no-reply@example.org")
    headers = email.message()
    letter = Letter.objects.get()
    assert headers["Message-ID"] == letter.message_id == f"<{letter.pk}@127.0.0.1>"
    assert (headers["Auto-Submitted"], headers["Content-Language"]) == ("auto-generated", "en")


def test_an_arabic_letter_reads_from_right_to_left(person, licensing: Department) -> None:
    recipient = person("Layla", language="ar")
    html = html_of(send(recipient, licensing))
    assert '<html lang="ar" dir="rtl">' in html
    assert "مرحبًا Layla،" in html
    assert "text-align:right" in html
    assert '<bdi dir="ltr">STL-2026-004817</bdi>' in html


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: all@example.org",
        "<script>alert(1)</script>",
        "Go to http://evil.example/ now",
        "\x00\ud800",
        "x" * 500,
    ],
)
def test_a_hostile_name_does_nothing(person, licensing: Department, name: str) -> None:
    recipient = person("Eve")
    recipient.name = name
    email = send(recipient, licensing, subject=f"Hello {name}", body_paragraphs=[f"Dear {name}"])
    email.message()
    assert "\n" not in email.subject and len(email.subject) <= 180
    html = html_of(email)
    assert "<script" not in html
    assert 'href="http://evil' not in html


def test_only_our_own_addresses_become_links(citizen: User, licensing: Department) -> None:
    ours = "http://127.0.0.1:8000/help/?a=1&b=2"
    html = html_of(send(citizen, licensing, body_paragraphs=[f"See {ours} or http://127.0.0.1:80000/x"]))
    assert '<a href="http://127.0.0.1:8000/help/?a=1&amp;b=2"' in html
    assert html.count("<a ") == 2


@pytest.mark.parametrize(
    "path", ["applications/", "//evil.example/", "/x?token=1", "https://x/", "/x#y", "/a\\b"]
)
def test_the_button_leads_to_a_plain_path_of_ours(citizen: User, licensing: Department, path: str) -> None:
    with pytest.raises(ValueError, match="plain path"):
        send(citizen, licensing, action_path=path)
    assert not Letter.objects.exists()


def test_a_letter_about_an_account_is_not_kept(citizen: User) -> None:
    link = "http://127.0.0.1:8000/accounts/confirm-email/Mg:1k/"
    email = send(citizen, None, body_paragraphs=[f"Confirm here:\n{link}"], address="new@example.org")
    assert email.to == ["new@example.org"]
    assert link in str(email.body) and f'href="{link}"' in html_of(email)
    letter = Letter.objects.get()
    assert (letter.text, letter.html) == ("", "")


def test_when_the_mail_server_is_away_the_letter_goes_out_later_and_once(
    citizen: User, licensing: Department, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_letter(recipient=citizen, department=licensing, key="k", **CORRECTION)
    assert deliver_all() == 0
    assert OutboxMessage.objects.get().last_error == "ConnectionRefusedError (111)"
    assert Letter.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutboxMessage.objects.update(due_at=Letter.objects.get().created)
    assert deliver_all() == 1
    assert len(mail.outbox) == 1


def test_a_letter_of_a_transaction_that_failed_is_never_sent(citizen: User, licensing: Department) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send_letter(recipient=citizen, department=licensing, key="k", **CORRECTION)
        raise ZeroDivisionError
    deliver_all()
    assert mail.outbox == [] and not Letter.objects.exists()
