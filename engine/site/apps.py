"""Registers this room with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What this site may do now."""

    name = "engine.site"
    label = "site"
