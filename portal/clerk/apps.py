"""Registers this room with Django."""

from django.apps import AppConfig


class ClerkConfig(AppConfig):
    """The workbench of the staff."""

    name = "portal.clerk"
    label = "clerk"
