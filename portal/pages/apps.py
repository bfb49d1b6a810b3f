"""Registers this room with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Home, departments and the service catalogue."""

    name = "portal.pages"
    label = "pages"
