"""Registers this room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Sign-in."""

    name = "portal.accounts"
    label = "accounts"
