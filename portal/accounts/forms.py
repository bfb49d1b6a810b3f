"""allauth's forms with our words and without placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmEmailVerificationCodeForm, LoginForm, ResetPasswordForm, SignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EMAIL_EMPTY = _("Enter your e-mail address")
EMAIL_WRONG = _("Enter an e-mail address in the correct format, like name@example.org")
PASSWORD_EMPTY = _("Enter your password")


def _email(field: forms.Field) -> None:
    field.label = _("E-mail address")
    field.error_messages["required"] = EMAIL_EMPTY
    field.validators = [
        validator for validator in field.validators if validator.__class__.__name__ != "EmailValidator"
    ]
    field.validators.insert(0, forms.EmailField(error_messages={"invalid": EMAIL_WRONG}).clean)
    field.widget.attrs["autocomplete"] = "username"


class SignIn(LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self.fields["login"])
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = PASSWORD_EMPTY
        self.fields.pop("remember", None)


class CreateAccount(SignupForm):  # type: ignore[misc]
    """A citizen's own account."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        error_messages={"required": _("Enter your full name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self.fields["email"])
        self.fields["password1"].error_messages["required"] = _("Enter a password")
        self.fields["password1"].help_text = _(
            "At least 12 characters. Three words that do not belong together work well"
        )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the name and the language in which the person came."""
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "language"])


class ForgotPassword(ResetPasswordForm):  # type: ignore[misc]
    """The address that the code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self.fields["email"])


class ConfirmAddress(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code out of the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].error_messages["required"] = _("Enter the code from the e-mail")
