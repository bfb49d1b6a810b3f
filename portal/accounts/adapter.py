"""What allauth asks the product: where people go, how its letters leave, what staff may switch off."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from engine.departments.models import User
from engine.messages.letters import send_letter
from portal.accounts.refusals import REFUSALS, SECOND_FACTOR_REFUSALS


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in as the product wants it."""

    error_messages = {**DefaultAccountAdapter.error_messages, **REFUSALS}

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to their queue, everybody else to their applications."""
        user = request.user
        return "/work/" if user.is_authenticated and user.is_staff else "/applications/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """A new account has no applications yet: show what can be applied for."""
        return reverse("services")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write allauth's message as a letter for the outbox; unknown addresses get none."""
        recipient = context.get("user") or User.objects.filter(email__iexact=email).first()
        if recipient is None:
            return
        with translation.override(recipient.language or "en"):
            message = self.render_mail(template_prefix, email, {"email": email, **context})
        send_letter(
            recipient=recipient,
            department=None,
            kind=f"account:{template_prefix.rpartition('/')[2]}",
            subject=str(message.subject),
            body_paragraphs=[part.strip() for part in str(message.body).split("\n\n") if part.strip()],
            key=f"account:{recipient.pk}:{secrets.token_hex(8)}",
        )

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: no site name in brackets."""
        return subject


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: its secret is never stored as it is, and staff can not go without."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SECOND_FACTOR_REFUSALS}

    def get_totp_issuer(self) -> str:
        """The name that the authenticator app shows."""
        return str(settings.WAGTAIL_SITE_NAME)

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the authenticator knows it."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep a second factor as long as the installation asks for one."""
        if not settings.STAFF_SECOND_FACTOR or not authenticator.user.is_staff:
            return True
        return bool(Authenticator.objects.filter(user=authenticator.user, type="totp").count() > 1)

    def renewed(self, encrypted_text: str) -> str:
        """The same secret under the key that counts now."""
        return self._box().rotate(encrypted_text.encode()).decode()

    @staticmethod
    def _box() -> MultiFernet:
        return MultiFernet([_box_of(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _box_of(signing_key: str) -> Fernet:
    key = hashlib.sha256(b"second factor:" + signing_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
