"""Registers this room with Django."""

from django.apps import AppConfig


class DesignerConfig(AppConfig):
    """Services: import, publish, versions."""

    name = "portal.designer"
    label = "designer"
