"""Registers this room with Django."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    """Applying, and following an application."""

    name = "portal.citizen"
    label = "citizen"
