"""What allauth says when it does not let somebody on, in the words of the product."""

from django.utils.translation import gettext_lazy as _

_CODE = _("This code is not right, or it is too old. Check it, or ask for a new one")
_WAIT = _("There were too many attempts. Wait a few minutes and try again")

REFUSALS = {
    # the same whether there is such an account or not
    "email_password_mismatch": _(
        "This e-mail address and this password do not belong together. Check both and try again"
    ),
    "incorrect_code": _CODE,
    "incorrect_password": _("This is not your password. Enter it again"),
    "enter_current_password": _("This is not your password. Enter it again"),
    "too_many_login_attempts": _WAIT,
    "rate_limited": _WAIT,
    "same_as_current": _("This is what you have already. Enter another"),
}
SECOND_FACTOR_REFUSALS = {
    "incorrect_code": _("This code is not right, or it is too old. Enter the one that your app shows now"),
    "cannot_delete_authenticator": _("Staff cannot sign in without a second factor"),
    "cannot_generate_recovery_codes": _("Set up an authenticator app first"),
    "unverified_email": _("Confirm your e-mail address first"),
}
