"""What a password must be, in the words of the product."""

from __future__ import annotations

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class LongEnough(rules.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """What to enter instead."""
        return _("Enter a password of at least %(length)s characters") % {"length": self.min_length}


class NotCommon(rules.CommonPasswordValidator):
    """None of the passwords that are tried first."""

    def get_error_message(self) -> str:
        """What to enter instead."""
        return _("Many people use this password. Enter one that is harder to guess")


class NotAboutYou(rules.UserAttributeSimilarityValidator):
    """Not nearly the name or the address of the person."""

    def get_error_message(self) -> str:
        """What to enter instead."""
        return _("This password is too much like your name or e-mail address. Enter another")
