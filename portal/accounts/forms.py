"""allauth's forms with our words and without placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmEmailVerificationCodeForm,
    LoginForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EMAIL_EMPTY = _("Enter your e-mail address")
EMAIL_WRONG = _("Enter an e-mail address in the correct format, like name@example.org")
PASSWORD_EMPTY = _("Enter your password")
PASSWORD_HINT = _("At least 12 characters. Three words that do not belong together work well")


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
        self.fields["password1"].help_text = PASSWORD_HINT

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


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The password that one has, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old, new, again = (self.fields[name] for name in ("oldpassword", "password1", "password2"))
        old.label, new.label, again.label = _("Your password"), _("New password"), _("New password once more")
        old.help_text, new.help_text = "", PASSWORD_HINT
        old.error_messages["required"] = PASSWORD_EMPTY
        new.error_messages["required"] = again.error_messages["required"] = _("Enter a new password")


def _code(field: forms.Field) -> None:
    field.label = _("Code")
    field.error_messages["required"] = _("Enter the code")
    field.widget.attrs.update(inputmode="numeric", autocomplete="one-time-code", dir="ltr")


class EnterCode(AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or a recovery code, while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])
        del self.fields["code"].widget.attrs["inputmode"]  # recovery codes have letters


class EnterCodeAgain(ReauthenticateForm):  # type: ignore[misc]
    """The same before something about signing in is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])
        del self.fields["code"].widget.attrs["inputmode"]


class SetUpApp(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])
